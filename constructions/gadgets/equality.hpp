// Equality gadget [x = c].
//
// Statement (equality_eq).  c an integer. For every x within 1/4 of an integer n,
//     T_c(x) - T_{c+1}(x) = [n = c];       0 <= that <= 1 for every real x.
// Statement (equality_error_le).  x within eps < 1/4 of an integer: smooth error <= 2 · threshold_error_bound(κ, eps).
// Shapes.    4 hidden units, 1 result.
// Source.    §3.2; the one-hot e_i = m_i ⊙ n_i of Lemmas A.5 and A.6.
#pragma once

#include "constructions/gadgets/threshold.hpp"

namespace wrought {

inline ReluSum equals(const Form& x, const Rational& c) {
  return instance_of("equality", {x}, {c}, with_range(at_least(x, c) - at_least(x, c + 1), {0, 1}));
}

inline Rational equality_error_bound(const Rational& kappa, const Rational& eps) {
  return 2 * threshold_error_bound(kappa, eps);
}

}  // namespace wrought
