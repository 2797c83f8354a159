#include "verifier/numbers/rational.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/verifier/numbers/reference.hpp"

using namespace wrought;
using reference::power_of_two;

namespace {

bool has_even_significand(double d) {
  if (std::fabs(d) < std::numeric_limits<double>::min()) return std::fmod(std::ldexp(d, 1074), 2) == 0;
  return std::fmod(std::ldexp(d, 52 - std::ilogb(d)), 2) == 0;
}

}  // namespace

TEST_CASE("floor and nearest") {
  CHECK(wrought::floor(Rational(7, 2)) == 3);
  CHECK(wrought::floor(Rational(-7, 2)) == -4);
  CHECK(wrought::floor(Rational(-4)) == -4);
  CHECK(nearest(Rational(5, 2)) == 3);
  CHECK(nearest(Rational(-5, 2)) == -2);
  CHECK(nearest(Rational(-8, 3)) == -3);
  CHECK(nearest(Rational(0)) == 0);
}

TEST_CASE("rationals are read as they are written") {
  for (const char* text : {"0", "7/3", "-2", "-1/1000000000000000000000"}) {
    REQUIRE(parse_rational(text).has_value());
    CHECK(to_string(*parse_rational(text)) == text);
  }
  CHECK(parse_rational("+6/4") == Rational(3, 2));
  CHECK(parse_rational("010/3") == Rational(10, 3));  // decimal, not octal
  for (const char* text :
       {"", "-", "/", "1/", "/2", "1/0", "1/-2", "--1", "1.5", " 1", "1 ", "0x10", "1e3", "nan"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rational(text).has_value());
  }
}

TEST_CASE("nearest_double: no double is nearer") {
  constexpr std::uint64_t seed = 21;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  const auto distance = [](const Rational& x, double d) { return Rational(abs(x - Rational(d))); };
  for (int round = 0; round < 2000; ++round) {
    // Down to subnormal numbers, and a third of the time exactly between two doubles.
    Rational x = Rational(random.bits(round % 2 == 0 ? 54 : 200)) *
                 power_of_two(static_cast<long>(random.below(1500)) - 1130);
    if (round % 5 == 0) x = -x;
    CAPTURE(to_string(x));
    const double d = nearest_double(x);
    if (!std::isfinite(d)) continue;
    const double above = std::nextafter(d, std::numeric_limits<double>::max());
    const double below = std::nextafter(d, std::numeric_limits<double>::lowest());
    CHECK(distance(x, d) <= distance(x, above));
    CHECK(distance(x, d) <= distance(x, below));
    if (distance(x, d) == distance(x, above) || distance(x, d) == distance(x, below)) {
      CHECK(has_even_significand(d));
    }
  }
}

TEST_CASE("nearest_double: the ends of the range") {
  const double infinity = std::numeric_limits<double>::infinity();
  const Rational largest(std::numeric_limits<double>::max());
  CHECK(nearest_double(largest) == std::numeric_limits<double>::max());
  CHECK(nearest_double(largest + power_of_two(969)) == std::numeric_limits<double>::max());
  CHECK(nearest_double(largest + power_of_two(970)) == infinity);
  CHECK(nearest_double(-power_of_two(5000)) == -infinity);
  CHECK(nearest_double(power_of_two(-1074)) == std::numeric_limits<double>::denorm_min());
  CHECK(nearest_double(power_of_two(-1075)) == 0);
  CHECK(nearest_double(power_of_two(-1075) + power_of_two(-3000)) ==
        std::numeric_limits<double>::denorm_min());
  CHECK(nearest_double(-power_of_two(-5000)) == 0);
  CHECK(nearest_double(Rational(1, 3)) == 1.0 / 3.0);
  // Rounding to 53 bits and then to the subnormal grid would round twice, to 2^-1073.
  CHECK(nearest_double(power_of_two(-1074) * (Rational(3, 2) - power_of_two(-70))) ==
        std::numeric_limits<double>::denorm_min());
}
