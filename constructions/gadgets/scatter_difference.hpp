// Scatter of a difference: x - y into the slot that β names, 0 into the others.
//
// Statement (scatter_difference_eq).  0 <= x, y <= V, β an integer, M >= V + 1. For every b in 0..B-1,
//     R(x+M(2(β-b)+1)) - R(x+M(2(β-b)-1)) - R(y+M(2(β-b)+1)) + R(y+M(2(β-b)-1)) = (x - y) [β = b].
// Why: it is scatter(x) - scatter(y), whose units without x and y cancel.
// Statement (scatter_difference_error_le).  In slot β at most the errors of x and y, everywhere plus
//     4 gelu_error_bound(κ, M(1 - 2 eps_beta) - V - eps), eps the larger of the two.
// Shapes.    2(B + 1) hidden units, B results.
// Source.    §6.1.
#pragma once

#include <algorithm>
#include <vector>

#include "constructions/gadgets/relu.hpp"

namespace wrought {

// The ranges of x and y must lie in [0, V].
inline std::vector<ReluSum> scatter_difference(const Form& x, const Form& y, const Form& beta, std::size_t B) {
  const Rational V = std::max(x.range().hi, y.range().hi);
  const Rational M = V + 1;
  std::vector<ReluSum> slots;
  for (std::size_t b = 0; b < B; ++b) {
    const Form upper = M * (Rational(2) * (beta - Rational(b)) + 1);
    const Form lower = upper - 2 * M;
    slots.push_back(
        instance_of("scatter_difference", {x, y, beta}, {V, Rational(b)},
                    {Form(), {relu(x + upper), relu(x + lower, -1), relu(y + upper, -1), relu(y + lower)}, {-V, V}}));
  }
  return slots;
}

inline Rational scatter_difference_error_bound(const Rational& kappa, const Rational& V, const Rational& eps,
                                               const Rational& eps_beta) {
  const Rational distance = (V + 1) * (1 - 2 * eps_beta) - V - eps;
  return 2 * eps + 4 * gelu_error_bound(kappa, distance);
}

}  // namespace wrought
