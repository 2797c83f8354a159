// Where a construction and a lower bound agree up to logarithms (§8).
#pragma once

#include <string>

namespace wrought {

// "D = Θ̃(√m), Prop. 5.5" for a task under a construction (C0 … C4) whose D meets the lower bound; empty for the others.
// The proofs of both sides: proofs/bounds/width.md with the task's own page, and docs/theorems.md.
std::string tight_case(const std::string& task, const std::string& construction);

}  // namespace wrought
