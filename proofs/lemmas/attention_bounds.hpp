// Bounds of the attention lemmas, without rounding: how much of a head's weight goes elsewhere than the lemma says, relative to
// the width hi - lo of the values' range. The certificate's rules (verifier/certificate/*head_rules.cpp) add the rounding.
#pragma once

#include "verifier/certificate/errors.hpp"

namespace wrought::lemmas {

using certificate::exp_minus;

// copy_error_le: query position within eps < 1/4 of an integer, scores τ(q² - (q - p_j)²).
inline Rational copy_leak_bound(const Rational& tau, const Rational& eps) {
  const Rational r = exp_minus(tau * (1 - 2 * eps));
  return 2 * r / (1 - r);
}

// block_average_error_le: N visible tokens, those of the own block score 0, the others at most -1.
inline Rational block_leak_bound(const Rational& tau, const Rational& N) { return (N - 1) * exp_minus(tau); }

// best_key_error_le: N visible tokens, one ahead of all others by at least 1 before every score is off by eps < 1/4.
inline Rational best_key_leak_bound(const Rational& tau, const Rational& N, const Rational& eps) {
  return (N - 1) * exp_minus(tau * (1 - 2 * eps));
}

// flagged_average_error_le: N visible tokens, flags off by eps with λ·eps <= 1/8.
inline Rational flagged_leak_bound(const Rational& lambda, const Rational& N, const Rational& eps) {
  return N * exp_minus(lambda * (1 - 2 * eps)) + lambda * eps;
}

// By how much the argument of a one-hot query's feature is off: a by eps_a, its square by eps_s.
inline Rational one_hot_delta(const Rational& lambda, const Rational& A, const Rational& eps_a,
                              const Rational& eps_s) {
  return lambda * (2 * A * eps_a + eps_s);
}

// linear_lookup_error_le: one-hot_delta <= 1/4, N visible tokens, at least one of them in the block.
inline Rational linear_lookup_leak_bound(const Rational& lambda, const Rational& N, const Rational& A) {
  const Rational E = exp_minus(lambda);
  return N * (4 * E + 2 * A * E * E);
}

// anchored_sum_error_le: N visible tokens, the anchor weighs C - n up to eps. What the tokens of other blocks weigh.
inline Rational anchored_leak(const Rational& lambda, const Rational& N, const Rational& A, const Rational& C) {
  const Rational E = exp_minus(lambda);
  return N * (4 * E + 2 * A * E * E + 2 * C * E);
}

// By how much the divisor is off, over C.
inline Rational anchored_off(const Rational& leak, const Rational& C, const Rational& delta,
                             const Rational& eps) {
  return 3 * delta + leak + (2 * eps + leak) / C;
}

// anchored_off <= 1/2; S the sum over the block, |S| <= largest; values at most `size`.
inline Rational anchored_error_bound(const Rational& leak, const Rational& off, const Rational& largest,
                                     const Rational& size) {
  return 2 * off * largest + 2 * leak * size;
}

}  // namespace wrought::lemmas
