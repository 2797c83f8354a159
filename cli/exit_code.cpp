#include "cli/exit_code.hpp"

namespace wrought::cli {

ExitCode exit_code(Verdict verdict) {
  switch (verdict) {
    case Verdict::verified: return ExitCode::verified;
    case Verdict::refuted: return ExitCode::refuted;
    case Verdict::unknown: break;
  }
  return ExitCode::unknown;
}

}  // namespace wrought::cli
