#include "proofs/statements/statement.hpp"

namespace wrought::statements {

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

std::vector<Statement> all_statements() { return paper_lemmas(); }

}  // namespace wrought::statements
