// Running sums of a sequence read backwards: regular (Definition 4.3), L = Θ(n), and every read is far.
#pragma once

#include "constructions/dp/problem.hpp"

namespace wrought {

// dp(i) = dp(i - 1) + s_{n + 1 - i} mod modulus, i = 1..n; symbols are 0..modulus - 1. The chain of thought reveals the
// input, so this is the kind of problem that the lower bounds of Theorem 4.4 speak of.
Problem reversed_sums(std::int64_t modulus);

}  // namespace wrought
