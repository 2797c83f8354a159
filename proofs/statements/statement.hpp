// The paper's numbered statements, each with a check that is made when asked for and gives our verdict and the evidence.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proofs/statements/evidence.hpp"

namespace wrought::statements {

enum class Verdict {
  holds,            // as printed
  holds_corrected,  // after the correction that the evidence names; refuted as printed
  refuted,          // as printed, by a witness
  verified,         // in the instances that the evidence names
  certified,        // a bound, in the instances that the evidence names
  open,             // the evidence did not come out: our own mistake, or too little effort
};

std::string name(Verdict verdict);

struct Judgement {
  Verdict verdict = Verdict::open;
  std::string evidence;
};

// The verdict if what was computed bears it out; else open, and the evidence says what was looked at.
Judgement judged(bool comes_out, Verdict verdict, const std::string& evidence);

// Holds after correction: the printed form fails, and the corrected one does not.
Judgement judged_corrected(bool printed_fails, bool correction_holds, const std::string& evidence);

struct Statement {
  std::string id;       // "A.5"
  std::string claim;    // in one line, as the paper prints it
  std::string command;  // that shows it
  std::function<Judgement(Evidence&)> check;
};

// All of them, in the paper's order: the main part, Table 1, the appendices.
std::vector<Statement> all_statements();

// Those of one file each.
std::vector<Statement> paper_lemmas();           // A.1 to A.9, A.11, A.12
std::vector<Statement> attention_operations();   // AGG, COPY, A.10
std::vector<Statement> assumptions();            // B.1, B.2
std::vector<Statement> general_constructions();  // 4.1, 4.2, B.3, B.4
std::vector<Statement> regularity();             // 4.3
std::vector<Statement> lower_bounds();           // 4.4, B.5, B.6, 5.2, C.1, 5.5, C.4
std::vector<Statement> sparse_arithmetic();      // 5.1
std::vector<Statement> locality();               // 5.3, 5.4, C.2, C.3
std::vector<Statement> table1();

}  // namespace wrought::statements
