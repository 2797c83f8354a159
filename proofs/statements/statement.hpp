// The paper's numbered statements, each with our verdict and the evidence, computed when asked for.
#pragma once

#include <string>
#include <vector>

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

struct Statement {
  std::string id;     // "A.5"
  std::string claim;  // in one line, as the paper prints it
  Verdict verdict = Verdict::open;
  std::string evidence;
  std::string command;  // that shows it
};

// Lemmas A.1 to A.12 with AGG and COPY.
std::vector<Statement> paper_lemmas();

// All that have a verdict so far, in the paper's order.
std::vector<Statement> all_statements();

}  // namespace wrought::statements
