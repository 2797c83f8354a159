#include "verifier/numbers/mpfr_enclosure.hpp"

#include <doctest/doctest.h>

#include "verifier/numbers/binary_float.hpp"
#include "verifier/numbers/interval.hpp"

using namespace wrought;

namespace {

constexpr long least = -(1L << 20);

Rational power_of_two(long exponent) {
  const Rational power(Integer(1) << static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(1 / power) : power;
}

// a · 2^exponent, by multiplying, since a rational of that size could not be written down.
Bits::Value scaled(const Bits& bits, std::int64_t a, long exponent) {
  Bits::Value value = bits.from(a), half = bits.from(Rational(1, 2));
  for (; exponent < 0 && exponent % 2 != 0; ++exponent) bits.multiply(value, half);
  while (exponent < 0) {
    bits.multiply(half, half);
    exponent /= 2;
    if (exponent % 2 != 0) bits.multiply(value, half), ++exponent;
  }
  return value;
}

}  // namespace

TEST_CASE("bounds of numbers down to 2^-(2^20) are the numbers") {
  const Bits bits(20);
  for (const Rational& x : {Rational(0), Rational(1), Rational(-3, 8), power_of_two(least), Rational(-power_of_two(least)),
                            power_of_two(3000)}) {
    const auto bounds = bits.enclosure(bits.from(x));
    REQUIRE(bounds);
    CHECK((bounds->lower == x));
    CHECK((bounds->upper == x));
  }
}

TEST_CASE("numbers below 2^-(2^20) lie between 0 and that, however small they are") {
  const Bits bits(20);
  const Rational tiny = power_of_two(least);
  for (const long exponent : {least - 1, 2 * least, -1L << 30}) {
    CAPTURE(exponent);
    const auto above = bits.enclosure(scaled(bits, 1, exponent)), below = bits.enclosure(scaled(bits, -1, exponent));
    REQUIRE(above);
    REQUIRE(below);
    CHECK(above->lower == 0);
    CHECK((above->upper == tiny));
    CHECK((below->lower == -tiny));
    CHECK(below->upper == 0);
  }
}
