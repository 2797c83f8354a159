// Rescale: c·y with a small integer factor c.
//
// Statement (rescale_eq).  0 <= y <= V, M >= V + 1, c an integer in 0..C. Then
//     Σ_{k=1..C} ( R(y + M(2(c-k)+1)) - R(M(2(c-k)+1)) ) = c y.
// Why: the c terms with k <= c give y each, the others nothing.
// Statement (rescale_error_le).  y off by eps_y, c by eps_c: at most
//     c eps_y + 2C gelu_error_bound(κ, M(1 - 2 eps_c) - V - eps_y).
// Shapes.    2C hidden units, 1 result.
// Source.    §3.11.
#pragma once

#include "constructions/gadgets/relu.hpp"

namespace wrought {

// y.range() must lie in [0, V]; `product` is the range of c·y, which the caller knows better than V·C.
inline ReluSum rescale(const Form& y, const Form& c, std::size_t C, const Range& product) {
  const Rational M = y.range().hi + 1;
  ReluSum sum{Form(), {}, product};
  for (std::size_t k = 1; k <= C; ++k) {
    const Form step = M * (Rational(2) * (c - Rational(k)) + 1);
    sum.units.push_back(relu(y + step));
    sum.units.push_back(relu(step, -1));
  }
  return instance_of("rescale", {y, c}, {y.range().hi, Rational(C)}, std::move(sum));
}

inline Rational rescale_error_bound(const Rational& kappa, const Rational& V, std::size_t C, const Rational& eps_y,
                                    const Rational& eps_c) {
  const Rational distance = (V + 1) * (1 - 2 * eps_c) - V - eps_y;
  return Rational(C) * eps_y + Rational(2 * C) * gelu_error_bound(kappa, distance);
}

}  // namespace wrought
