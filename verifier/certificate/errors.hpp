// Upper bounds on what sharpness and rounding leave, as rationals (mathematics.md §7).
#pragma once

#include "verifier/certificate/certificate.hpp"

namespace wrought::certificate {

// x >= 0 rounded up to 24 significant bits, so that bounds stay short. 0 stays 0.
Rational round_up(const Rational& x);

// Also 1/2, 1/4, ….
bool is_power_of_two(const Rational& x);

// At least e^{-x}; x may be negative.
Rational exp_minus(const Rational& x);

// At least |GeLU(κx)/κ - max(x, 0)| for all |x| >= distance; with distance <= 0, for all x.
Rational gelu_gap(const Rational& kappa, const Rational& distance);

// What p-bit rounding can do to a number that is the result of n roundings of which every term sees at most all:
// n·u/(1 - n·u) with u = 2^-p, a bound on |(1 + u)^n - 1|. Nothing if n·u >= 1/2.
std::optional<Rational> rounding(unsigned precision, const Integer& n);

// sum_near_multiples: `terms` products, each near a multiple of the power of two `grid`, the multiples at most `size` together in
// absolute value, the products at most `off` together away from them. At most how far the computed sum is off where 0 is meant;
// elsewhere it is exact. Nothing if the lemma's premises do not hold.
std::optional<Rational> sum_near_multiples(unsigned precision, const Rational& grid, const Rational& size, const Rational& off,
                                           const Integer& terms);

}  // namespace wrought::certificate
