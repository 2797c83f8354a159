// Edit distance of two strings (paper §6; Feng et al. 2023).
#pragma once

#include "constructions/dp/problem.hpp"

namespace wrought {

struct EditCosts {
  std::int64_t insert = 1, erase = 1, substitute = 1;
};

// dp(i, j) is the cheapest way to turn the first i symbols of a into the first j of b; symbols are 1..alphabet.
Problem edit_distance(const EditCosts& cost, std::int64_t alphabet);

}  // namespace wrought
