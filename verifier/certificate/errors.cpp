#include "verifier/certificate/errors.hpp"

#include <algorithm>

#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

Rational round_up(const Rational& x) {
  if (x <= 0) return 0;
  constexpr int digits = 24;
  const int exponent = static_cast<int>(msb(numerator(x))) - static_cast<int>(msb(denominator(x)));
  const int shift = digits - exponent;  // x·2^shift has 24 or 25 bits before the point
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(shift));
  const Rational scale = shift >= 0 ? Rational(power) : Rational(Integer(1), power);
  return Rational(-floor(-(x * scale))) / scale;
}

bool is_power_of_two(const Rational& x) {
  const auto is_power = [](const Integer& n) { return n > 0 && (n & (n - 1)) == 0; };
  const Integer over = numerator(x), under = denominator(x);
  return (over == 1 && is_power(under)) || (under == 1 && is_power(over));
}

Rational exp_minus(const Rational& x) {
  // 2^-k with k = ⌊1.44 x⌋ for x >= 0, since 1/ln 2 > 1.44; e^{|x|} <= 2^⌈1.45 |x|⌉ for x < 0, since 1/ln 2 < 1.45.
  constexpr int least = 1 << 20;
  if (x < -least) throw Unproved{"a score may be off by more than there are bounds for"};
  if (x < 0) return Rational(Integer(1) << static_cast<unsigned>(-floor(x * 145 / 100)));
  const Integer k = std::min<Integer>(floor(x * 36 / 25), least);
  return Rational(Integer(1), Integer(Integer(1) << static_cast<unsigned>(k)));
}

Rational gelu_gap(const Rational& kappa, const Rational& distance) {
  // |x| Φ(-κ|x|): at most 0.17/κ everywhere, and at most ½ d e^{-κ²d²/2} from d on where κd >= 1.
  const Rational everywhere = Rational(17, 100) / kappa;
  if (distance <= 0 || kappa * distance < 1) return everywhere;
  return std::min<Rational>(everywhere, distance / 2 * exp_minus(kappa * kappa * distance * distance / 2));
}

std::optional<Rational> rounding(unsigned precision, const Integer& n) {
  const Rational total(n, Integer(Integer(1) << precision));
  if (total >= Rational(1, 2)) return {};
  return round_up(total / (1 - total));
}

std::optional<Rational> sum_near_multiples(unsigned precision, const Rational& grid, const Rational& size, const Rational& off,
                                           const Integer& terms) {
  const Rational unit(Integer(1), Integer(Integer(1) << precision)), bound = 2 * off;
  if (size * unit > grid || 2 * bound >= grid * unit) return {};
  // (1 + u)^(2 terms) <= 1/(1 - 2 terms u) <= 2.
  if (!rounding(precision, 2 * terms)) return {};
  return bound;
}

}  // namespace wrought::certificate
