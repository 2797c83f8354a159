#include "proofs/statements/statement.hpp"

#include <algorithm>
#include <stdexcept>

namespace wrought::statements {

namespace {

// As the paper numbers them; AGG, COPY and Assumption A.10 stand where the lemmas need them.
constexpr const char* in_order[] = {"4.1",
                                    "4.2",
                                    "4.3",
                                    "4.4",
                                    "5.1",
                                    "5.2",
                                    "5.3",
                                    "5.4",
                                    "5.5",
                                    "Table1.standard.general",
                                    "Table1.standard.arithmetic",
                                    "Table1.standard.locality",
                                    "Table1.sparse.general",
                                    "Table1.sparse.arithmetic",
                                    "Table1.sparse.locality",
                                    "Table1.linear.general",
                                    "Table1.linear.arithmetic",
                                    "Table1.linear.locality",
                                    "A.1",
                                    "A.2",
                                    "A.3",
                                    "A.4",
                                    "A.5",
                                    "A.6",
                                    "A.7",
                                    "A.8",
                                    "AGG",
                                    "A.9",
                                    "COPY",
                                    "A.10",
                                    "A.11",
                                    "A.12",
                                    "B.1",
                                    "B.2",
                                    "B.3",
                                    "B.4",
                                    "B.5",
                                    "B.6",
                                    "C.1",
                                    "C.2",
                                    "C.3",
                                    "C.4"};

std::vector<Statement> unordered() {
  std::vector<Statement> all;
  for (const auto& group : {general_constructions, regularity, lower_bounds, sparse_arithmetic, locality,
                            table1, paper_lemmas, attention_operations, assumptions})
    for (Statement& statement : group()) all.push_back(std::move(statement));
  return all;
}

}  // namespace

std::string name(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds: return "holds as printed";
    case Verdict::holds_corrected: return "holds after correction";
    case Verdict::refuted: return "refuted as printed";
    case Verdict::verified: return "verified in instances";
    case Verdict::certified: return "bound certified in instances";
    case Verdict::open: break;
  }
  return "open";
}

Judgement judged(bool comes_out, Verdict verdict, const std::string& evidence) {
  if (comes_out) return {verdict, evidence};
  return {Verdict::open, "not borne out, since not all of this comes out: " + evidence};
}

Judgement judged_corrected(bool printed_fails, bool correction_holds, const std::string& evidence) {
  return judged(printed_fails && correction_holds, Verdict::holds_corrected, evidence);
}

std::vector<Statement> all_statements() {
  std::vector<Statement> all = unordered(), result;
  for (const char* id : in_order) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const Statement& s) { return s.id == id; });
    if (found == all.end()) throw std::logic_error(std::string("no check of statement ") + id);
    result.push_back(std::move(*found));
  }
  return result;
}

}  // namespace wrought::statements
