// Gate g·x with g in {0, 1}.
//
// Statement (gate_eq).  lo <= x <= hi, M = hi - lo + 2. For g in {0, 1},
//     R(x - lo + 1 + M(g - 1)) + (lo - 1) g = g x,
// and the argument of the unit keeps at least 1 away from 0.
// Statement (gate_eq_of_le_one).  If lo = 1 there is no linear term, and g may be any integer <= 1: below 1 it counts as 0.
// Statement (gate_error_le).  x off by eps_x, g off by eps_g: the smooth error is at most
//     eps_x + (M + |lo - 1|) eps_g + gelu_error_bound(κ, 1 - eps_x - M eps_g).
// Shapes.    1 hidden unit, 1 result; the term (lo - 1) g is a linear form.
// Source.    §3.3 with V replaced by the range itself; Lemma A.4.
#pragma once

#include "constructions/gadgets/relu.hpp"

namespace wrought {

inline ReluSum gate(const Form& x, const Form& g) {
  const auto [lo, hi] = x.range();
  const Rational M = hi - lo + 2;
  return instance_of("gate", {x, g}, {lo, hi},
                     {(lo - 1) * g, {relu(x - lo + 1 + M * (g - 1))}, hull(x.range(), {0, 0})});
}

inline Rational gate_error_bound(const Rational& kappa, const Range& x, const Rational& eps_x,
                                 const Rational& eps_g) {
  const Rational M = x.hi - x.lo + 2;
  const Rational distance = 1 - eps_x - M * eps_g;
  return eps_x + (M + abs(Rational(x.lo - 1))) * eps_g + gelu_error_bound(kappa, distance > 0 ? distance : Rational(0));
}

}  // namespace wrought
