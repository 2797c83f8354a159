#include <doctest/doctest.h>

#include <map>

#include "proofs/statements/statement.hpp"

using namespace wrought::statements;

TEST_CASE("paper lemmas: the verdicts, each with its witness") {
  Evidence evidence;
  std::map<std::string, Judgement> found;
  for (const Statement& statement : paper_lemmas()) found[statement.id] = statement.check(evidence);
  for (const char* id : {"A.1", "A.2", "A.3", "A.4"}) {
    INFO(id);
    CHECK(found.at(id).verdict == Verdict::holds);
  }
  const std::map<std::string, std::string> witnesses{
      {"A.5", "5/6"},   {"A.6", "5/6"},  {"A.7", "n = 2, i = 1"},       {"A.8", "1/2"},
      {"A.9", "51/50"}, {"A.11", "1/8"}, {"A.12", "gives 0 for v = -1"}};
  for (const auto& [id, witness] : witnesses) {
    INFO(id, ": ", found.at(id).evidence);
    CHECK(found.at(id).verdict == Verdict::holds_corrected);
    CHECK(found.at(id).evidence.find(witness) != std::string::npos);
  }
  CHECK(found.size() == 4 + witnesses.size());
}
