// What the tests of the number types compare with: random rationals, rounding by integer arithmetic alone,
// and the smooth functions with far more digits than are tested.
#pragma once

#include <mpfr.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "verifier/numbers/arithmetic.hpp"

namespace wrought::reference {

inline Rational power_of_two(long exponent) {
  const Integer power = Integer(1) << static_cast<unsigned long>(exponent < 0 ? -exponent : exponent);
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

enum class Direction { kNearest, kDown, kUp };

// The p-bit binary float next to x in the given direction; ties to even; no limit to the exponent.
inline Rational round_to_bits(const Rational& x, unsigned p, Direction direction) {
  if (x == 0) return x;
  const Rational size = x < 0 ? Rational(-x) : x;
  long exponent = static_cast<long>(msb(numerator(size))) - static_cast<long>(msb(denominator(size))) - 1;
  while (power_of_two(exponent + 1) <= size) ++exponent;  // now 2^exponent <= |x| < 2^(exponent+1)
  const Rational unit = power_of_two(exponent + 1 - static_cast<long>(p));
  const Rational scaled = x / unit;
  const Integer below = wrought::floor(scaled);
  const Rational rest = scaled - Rational(below);
  const Rational half(1, 2);
  bool up = false;
  switch (direction) {
    case Direction::kDown:
      break;
    case Direction::kUp:
      up = rest != 0;
      break;
    case Direction::kNearest:
      up = rest > half || (rest == half && below % 2 != 0);
      break;
  }
  return Rational(up ? Integer(below + 1) : below) * unit;
}

// Zero, small integers, fractions, dyadic numbers, and numbers of hundreds of bits, of either sign.
class RandomRationals {
 public:
  explicit RandomRationals(std::uint64_t seed) : generator_(seed) {}

  std::uint64_t below(std::uint64_t n) { return generator_() % n; }

  Integer bits(unsigned n) {
    Integer value = 0;
    for (unsigned done = 0; done < n; done += 64) value = (value << 64) + generator_();
    return value >> ((n + 63) / 64 * 64 - n);
  }

  Rational next() {
    Rational value;
    switch (below(7)) {
      case 0:
        value = static_cast<std::int64_t>(below(4));
        break;
      case 1:
        value = static_cast<std::int64_t>(below(1000));
        break;
      case 2:
        value = Rational(bits(12), bits(12) + 1);
        break;
      case 3:
        value = Rational(bits(53)) * power_of_two(static_cast<long>(below(120)) - 60);
        break;
      case 4:
        value = Rational(bits(200), bits(10) + 1);
        break;
      case 5:
        value = Rational(bits(10), bits(200) + 1);
        break;
      default:
        value = Rational(bits(300), bits(290) + 1);
        break;
    }
    return below(2) == 0 ? value : Rational(-value);
  }

 private:
  std::mt19937_64 generator_;
};

// --- the smooth functions
// -----------------------------------------------------------------------------------

constexpr mpfr_prec_t kReferencePrecision = 800;

class ReferenceFloat {
 public:
  explicit ReferenceFloat(const Rational& value = 0) {
    mpfr_init2(number_, kReferencePrecision);
    mpfr_set_q(number_, value.backend().data(), MPFR_RNDN);
  }
  ReferenceFloat(const ReferenceFloat&) = delete;
  ReferenceFloat& operator=(const ReferenceFloat&) = delete;
  ~ReferenceFloat() { mpfr_clear(number_); }

  operator mpfr_ptr() { return number_; }

  // Bounds wide enough for the few roundings made here and for their amplification by erfc and exp, a factor
  // below 2^40 for arguments below 2^16.
  Enclosure with_margin() const {
    Rational value;
    mpfr_get_q(value.backend().data(), number_);
    const Rational margin = (value < 0 ? Rational(-value) : value) * power_of_two(60 - kReferencePrecision);
    return Enclosure{value - margin, value + margin};
  }

 private:
  mpfr_t number_;
};

inline Enclosure gelu(const Rational& x) {
  ReferenceFloat argument(x);
  ReferenceFloat z(Rational(1, 2));
  mpfr_sqrt(z, z, MPFR_RNDN);
  mpfr_mul(z, z, argument, MPFR_RNDN);
  mpfr_neg(z, z, MPFR_RNDN);
  mpfr_erfc(z, z, MPFR_RNDN);
  mpfr_div_2ui(z, z, 1, MPFR_RNDN);
  mpfr_mul(z, z, argument, MPFR_RNDN);
  return z.with_margin();
}

inline Enclosure exp(const Rational& x) {
  ReferenceFloat power(x);
  mpfr_exp(power, power, MPFR_RNDN);
  return power.with_margin();
}

inline Enclosure elu_plus_one(const Rational& x) {
  return x < 0 ? exp(x) : Enclosure{x + 1, x + 1};
}

// "-1.25e-7" and the like, exactly.
inline Rational read_decimal(const std::string& text) {
  const std::size_t mark = std::min(text.find('e'), text.size());
  const long exponent = mark == text.size() ? 0 : std::stol(text.substr(mark + 1));
  std::string digits = text.substr(0, mark);
  const std::size_t point = digits.find('.');
  long shift = exponent;
  if (point != std::string::npos) {
    shift -= static_cast<long>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  const Integer power = pow(Integer(10), static_cast<unsigned>(shift < 0 ? -shift : shift));
  const Rational value = *parse_rational(digits);
  return shift < 0 ? Rational(value / Rational(power)) : Rational(value * Rational(power));
}

}  // namespace wrought::reference
