// Minimum and maximum.
//
// Statement (minimum_eq).  min(x, y) = x - R(x - y) and max(x, y) = x + R(y - x), for all reals.
// Statement (minimum_error_le).  x and y off by at most eps from integers m, n; eps < 1/4: the smooth error is at most
//     3 eps + gelu_error_bound(κ, 1 - 2 eps)                           if m != n,
//     eps + 2 eps                                                      if m = n (|GeLU(κz)/κ| <= |z| for all z).
// Shapes.    1 hidden unit, 1 result; x is a linear form.
// Source.    §3.6.
#pragma once

#include <algorithm>

#include "constructions/gadgets/relu.hpp"

namespace wrought {

inline ReluSum minimum(const Form& x, const Form& y) {
  const Range range{std::min(x.range().lo, y.range().lo), std::min(x.range().hi, y.range().hi)};
  return instance_of("minimum", {x, y}, {}, {x, {relu(x - y, -1)}, range});
}

inline ReluSum maximum(const Form& x, const Form& y) {
  const Range range{std::max(x.range().lo, y.range().lo), std::max(x.range().hi, y.range().hi)};
  return instance_of("maximum", {x, y}, {}, {x, {relu(y - x)}, range});
}

inline Rational minimum_error_bound(const Rational& kappa, const Rational& eps) {
  return 3 * eps + gelu_error_bound(kappa, 1 - 2 * eps);
}

}  // namespace wrought
