// Threshold gadget [x >= c].
//
// Statement (threshold_eq).  c an integer. For every x within 1/4 of an integer n,
//     T_c(x) = R(2(x - c) + 3/2) - R(2(x - c) + 1/2) = [n >= c];       0 <= T_c(x) <= 1 for every real x.
// Statement (threshold_error_le).  x within eps < 1/4 of an integer; in the smooth semantics
//     |T_c(x) - [n >= c]| <= 2 · gelu_error_bound(κ, 1/2 - 2 eps).
// Shapes.    2 hidden units, 1 result.
// Source.    §3.1; Lemma A.5, formula (12), with the tolerance corrected to 1/4.
#pragma once

#include "constructions/gadgets/relu.hpp"

namespace wrought {

inline ReluSum at_least(const Form& x, const Rational& c) {
  const Form twice = Rational(2) * (x - c);
  return instance_of("threshold", {x}, {c},
                     {Form(), {relu(twice + Rational(3, 2)), relu(twice + Rational(1, 2), -1)}, {0, 1}});
}

// [x <= c] = 1 - [x >= c + 1]; no unit more.
inline ReluSum at_most(const Form& x, const Rational& c) {
  return with_range(linear(1) - at_least(x, c + 1), {0, 1});
}

inline Rational threshold_error_bound(const Rational& kappa, const Rational& eps) {
  return 2 * gelu_error_bound(kappa, Rational(1, 2) - 2 * eps);
}

}  // namespace wrought
