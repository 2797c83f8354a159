// Staircase ⌊x/B⌋ and its square.
//
// Statement (staircase_eq).  B >= 1 and A >= 1 integers. For every x within 1/4 of an integer n,
//     Σ_{k=1..A-1} T_{kB}(x) = min(max(⌊n/B⌋, 0), A - 1)   and   Σ_{k=1..A-1} (2k - 1) T_{kB}(x) = its square.
// Statement (staircase_error_le).  x within eps < 1/4 of an integer: smooth error at most (A - 1), respectively
//     (A - 1)², times threshold_error_bound(κ, eps).
// Shapes.    2(A - 1) hidden units, the same ones for both results.
// Source.    §3.8; Lemma A.7 with formula (14) corrected.
#pragma once

#include "constructions/gadgets/threshold.hpp"

namespace wrought {

// ⌊x/B⌋, clipped to 0..A-1.
inline ReluSum staircase(const Form& x, const Integer& B, const Integer& A) {
  ReluSum sum;
  for (Integer k = 1; k < A; ++k) sum += at_least(x, Rational(k * B));
  return instance_of("staircase", {x}, {B, A}, with_range(std::move(sum), {0, A - 1}));
}

// ⌊x/B⌋², clipped to 0..(A-1)².
inline ReluSum staircase_square(const Form& x, const Integer& B, const Integer& A) {
  ReluSum sum;
  for (Integer k = 1; k < A; ++k) sum += Rational(2 * k - 1) * at_least(x, Rational(k * B));
  return instance_of("staircase_square", {x}, {B, A}, with_range(std::move(sum), {0, (A - 1) * (A - 1)}));
}

inline Rational staircase_error_bound(const Integer& A, const Rational& kappa, const Rational& eps) {
  return Rational(A - 1) * threshold_error_bound(kappa, eps);
}

inline Rational staircase_square_error_bound(const Integer& A, const Rational& kappa, const Rational& eps) {
  return Rational((A - 1) * (A - 1)) * threshold_error_bound(kappa, eps);
}

}  // namespace wrought
