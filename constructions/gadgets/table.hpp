// Table: any function on finitely many integers.
//
// Statement (table_eq).  f given on first, …, first + K as f_0, …, f_K. For every x within 1/4 of an integer n there,
//     f_0 + Σ_{k=1..K} (f_k - f_{k-1}) T_{first+k}(x) = f(n);
// below the domain the value is f_0, above it f_K, and between it stays within [min f, max f].
// Statement (table_error_le).  x within eps < 1/4 of an integer: smooth error <=
//     Σ |f_k - f_{k-1}| · threshold_error_bound(κ, eps).
// Shapes.    2 hidden units for every k with f_k != f_{k-1}, 1 result.
// Source.    §3.7; the look-up table lemma C.5 of Feng et al.
#pragma once

#include <algorithm>
#include <vector>

#include "constructions/gadgets/threshold.hpp"

namespace wrought {

// `values` must not be empty.
inline ReluSum table(const Form& x, const Integer& first, const std::vector<Rational>& values) {
  ReluSum sum = linear(values.front());
  for (std::size_t k = 1; k < values.size(); ++k)
    if (values[k] != values[k - 1]) sum += (values[k] - values[k - 1]) * at_least(x, Rational(first + k));
  const auto [lo, hi] = std::minmax_element(values.begin(), values.end());
  std::vector<Rational> numbers{Rational(first)};
  numbers.insert(numbers.end(), values.begin(), values.end());
  return instance_of("table", {x}, std::move(numbers), with_range(std::move(sum), {*lo, *hi}));
}

inline Rational table_error_bound(const std::vector<Rational>& values, const Rational& kappa, const Rational& eps) {
  Rational steps = 0;
  for (std::size_t k = 1; k < values.size(); ++k) steps += abs(Rational(values[k] - values[k - 1]));
  return steps * threshold_error_bound(kappa, eps);
}

}  // namespace wrought
