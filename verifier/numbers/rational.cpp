#include "verifier/numbers/rational.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace wrought {
namespace {

namespace mp = boost::multiprecision;

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

// Boost reads a leading 0 as the mark of an octal number; GMP is told the base.
Integer read_decimal(std::string_view digits) {
  Integer value;
  mpz_set_str(value.backend().data(), std::string(digits).c_str(), 10);
  return value;
}

}  // namespace

Integer floor(const Rational& x) {
  Integer quotient;
  mpz_fdiv_q(quotient.backend().data(), mpq_numref(x.backend().data()), mpq_denref(x.backend().data()));
  return quotient;
}

Integer nearest(const Rational& x) {
  return floor(x + Rational(1, 2));
}

double nearest_double(const Rational& x) {
  const Integer numerator = mp::abs(mp::numerator(x));
  const Integer denominator = mp::denominator(x);
  const double sign = x < 0 ? -1 : 1;
  const Integer exactly_representable = Integer(1) << 53;
  if (numerator <= exactly_representable && denominator <= exactly_representable) {
    return sign * (numerator.convert_to<double>() / denominator.convert_to<double>());
  }

  // 2^(exponent-1) < |x| < 2^(exponent+1).
  const long exponent = static_cast<long>(mp::msb(numerator)) - static_cast<long>(mp::msb(denominator));
  if (exponent > 1024) return sign * std::numeric_limits<double>::infinity();
  if (exponent < -1076) return sign * 0.0;

  // Doubles near x are the multiples of 2^unit, so rounding x means rounding one fraction to an integer.
  const auto scaled_down = [&](long unit) {
    return unit < 0 ? Rational(numerator << static_cast<unsigned long>(-unit), denominator)
                    : Rational(numerator, denominator << static_cast<unsigned long>(unit));
  };
  long unit = std::max(exponent - 53, -1074L);
  if (unit > -1074 && scaled_down(unit) >= Rational(exactly_representable)) ++unit;
  const Rational scaled = scaled_down(unit);
  Integer significand = floor(scaled);
  const Rational rest = scaled - Rational(significand);
  const Rational half(1, 2);
  if (rest > half || (rest == half && mp::bit_test(significand, 0))) ++significand;
  return sign * std::ldexp(significand.convert_to<double>(), static_cast<int>(unit));
}

std::string to_string(const Rational& x) {
  return x.str();
}

std::optional<Rational> parse_rational(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t slash = text.find('/');
  const std::string_view numerator = text.substr(0, slash);
  const std::string_view denominator = slash == text.npos ? "1" : text.substr(slash + 1);
  if (!is_digits(numerator) || !is_digits(denominator)) return std::nullopt;
  const Integer divisor = read_decimal(denominator);
  if (divisor == 0) return std::nullopt;
  const Rational magnitude(read_decimal(numerator), divisor);
  return negative ? Rational(-magnitude) : magnitude;
}

}  // namespace wrought
