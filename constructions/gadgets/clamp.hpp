// Clamp: x into [0, top] if g = 1; 0 if g = 0.
//
// Statement (clamp_eq).  top >= 0, x <= X. For g in {0, 1} and M = max(X, 0) + 1,
//     R(x - M(1 - g)) - R(x - top - M(1 - g)) = g · min(max(x, 0), top).
// Statement (clamp_error_le).  x and top off by eps_x and eps_top from integers, g off by eps_g: smooth error at most
//     2 eps_x + eps_top + 2 M eps_g + 2 gelu_error_bound(κ, 1 - eps_x - eps_top - M eps_g).
// Shapes.    2 hidden units, 1 result.
// Source.    Ours: it makes every position that a lookup asks for a position that exists.
#pragma once

#include <algorithm>

#include "constructions/gadgets/relu.hpp"

namespace wrought {

inline ReluSum clamp(const Form& x, const Form& top, const Form& g) {
  const Rational M = std::max<Rational>(x.range().hi, 0) + 1;
  const Form shifted = x - M * (1 - g);
  return instance_of("clamp", {x, top, g}, {x.range().hi},
                     {Form(), {relu(shifted), relu(shifted - top, -1)}, {0, top.range().hi}});
}

inline Rational clamp_error_bound(const Rational& kappa, const Range& x, const Rational& eps_x,
                                  const Rational& eps_top, const Rational& eps_g) {
  const Rational M = std::max<Rational>(x.hi, 0) + 1;
  const Rational distance = 1 - eps_x - eps_top - M * eps_g;
  return 2 * eps_x + eps_top + 2 * M * eps_g +
         2 * gelu_error_bound(kappa, distance > 0 ? distance : Rational(0));
}

}  // namespace wrought
