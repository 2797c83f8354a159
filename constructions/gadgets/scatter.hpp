// Scatter: x into the slot that β names, 0 into the others.
//
// Statement (scatter_eq).  0 <= x <= V, β an integer, M >= V + 1. For every b in 0..B-1,
//     R(x+M(2(β-b)+1)) - R(x+M(2(β-b)-1)) - R(M(2(β-b)+1)) + R(M(2(β-b)-1)) = x [β = b].
// Why: for β > b all four units are active and cancel; for β < b none is; for β = b only the first and third are.
// Statement (scatter_error_le).  x off by eps_x, β by eps_beta: in slot β at most
//     eps_x + 4 gelu_error_bound(κ, M(1 - 2 eps_beta) - V - eps_x), elsewhere the second term alone.
// Shapes.    2(B + 1) hidden units, B results: the units of slot b and slot b + 1 overlap.
// Source.    §3.9; step 3 of Theorem B.3, layer (1) of Lemma A.12.
#pragma once

#include <vector>

#include "constructions/gadgets/relu.hpp"

namespace wrought {

// x.range() must lie in [0, V].
inline std::vector<ReluSum> scatter(const Form& x, const Form& beta, std::size_t B) {
  const Rational M = x.range().hi + 1;
  std::vector<ReluSum> slots;
  for (std::size_t b = 0; b < B; ++b) {
    const Form upper = M * (Rational(2) * (beta - Rational(b)) + 1);
    const Form lower = upper - 2 * M;
    slots.push_back(instance_of("scatter", {x, beta}, {x.range().hi, Rational(b)},
                                {Form(),
                                 {relu(x + upper), relu(x + lower, -1), relu(upper, -1), relu(lower)},
                                 {0, x.range().hi}}));
  }
  return slots;
}

inline Rational scatter_error_bound(const Rational& kappa, const Rational& V, const Rational& eps_x,
                                    const Rational& eps_beta) {
  const Rational distance = (V + 1) * (1 - 2 * eps_beta) - V - eps_x;
  return eps_x + 4 * gelu_error_bound(kappa, distance);
}

}  // namespace wrought
