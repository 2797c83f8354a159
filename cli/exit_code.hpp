// What the program tells the shell (architecture.md, "Outcomes").
#pragma once

#include "verifier/check/check.hpp"

namespace wrought::cli {

enum class ExitCode { verified = 0, refuted = 1, usage = 2, unknown = 3, internal = 4 };

ExitCode exit_code(Verdict verdict);

}  // namespace wrought::cli
