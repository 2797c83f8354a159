// A recurrence with one far term: the plainest m-local problem whose m and L grow independently (Definition 5.3).
#pragma once

#include "constructions/dp/problem.hpp"

namespace wrought {

// x_t = x_{t-1} + x_{t-m} mod modulus for t = 1..steps, from the m symbols x_{1-m}, …, x_0 of the input.
Problem lagged_recurrence(std::int64_t m, std::int64_t steps, std::int64_t modulus);

}  // namespace wrought
