// Length of a longest strictly increasing subsequence (paper §6; states (j, k) as in Feng et al. 2023).
#pragma once

#include "constructions/dp/problem.hpp"

namespace wrought {

// dp(j, k), 0 <= k < j, is the length of a longest increasing subsequence that ends at s_j and whose last but one
// element is among s_1..s_k. A row j = n + 1 behind the sequence takes the maximum over all ends: dp(n + 1, n).
// Symbols are 0..largest.
Problem longest_increasing_subsequence(std::int64_t largest);

}  // namespace wrought
