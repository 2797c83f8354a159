// Where a construction and a lower bound agree up to logarithms (§8).
#pragma once

#include <string>

#include "verifier/network/attention.hpp"

namespace wrought {

// "D = Θ̃(√m), Prop. 5.5" for a task under a construction (C0 … C4), with the block size it chooses, whose D meets the lower
// bound for that attention; empty for the others.
// The proofs of both sides: proofs/bounds/width.md with the task's own page, and docs/theorems.md.
std::string tight_case(const std::string& task, AttentionKind attention, const std::string& construction);

}  // namespace wrought
