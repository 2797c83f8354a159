// GeLU, exp and elu + 1 in every arithmetic that has them, against 800-bit values.
#include <doctest/doctest.h>
#include <mpfi.h>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/numbers/reference.hpp"
#include "verifier/numbers/binary_float.hpp"
#include "verifier/numbers/interval.hpp"
#include "verifier/numbers/machine_double.hpp"

using namespace wrought;
using reference::Direction;
using reference::power_of_two;
using reference::round_to_bits;

namespace {

struct Function {
  std::string name;
  Enclosure (*evaluate)(const Rational&);
  Interval (IntervalArithmetic::*interval)(const Interval&) const;
  BinaryFloat (Bits::*bits)(const BinaryFloat&) const;
  double (Double::*machine)(double) const;

  // Remembers, since the same points are asked for at every precision.
  const Enclosure& exact(const Rational& x) const {
    static std::map<std::pair<std::string, Rational>, Enclosure> known;
    const auto [entry, is_new] = known.try_emplace({name, x});
    if (is_new) entry->second = evaluate(x);
    return entry->second;
  }
};

const std::vector<Function>& functions() {
  static const std::vector<Function> all = {
      {"gelu", reference::gelu, &IntervalArithmetic::gelu, &Bits::gelu, &Double::gelu},
      {"exp", reference::exp, &IntervalArithmetic::exp, &Bits::exp, &Double::exp},
      {"elu_plus_one", reference::elu_plus_one, &IntervalArithmetic::elu_plus_one, &Bits::elu_plus_one,
       &Double::elu_plus_one}};
  return all;
}

const std::vector<unsigned>& interval_precisions() {
  static const std::vector<unsigned> all = {2, 3, 8, 24, 53, 64, 128, 256};
  return all;
}

// The minimum of GeLU is between these two (gelu_minimum_in).
const Rational kMinimumAfter(-12318, 16384);
const Rational kMinimumBefore(-12317, 16384);

// Dyadic numbers of at most 24 bits: around zero, around the minimum of GeLU, on both sides of the change to
// tail bounds at the precisions tested, and far out.
std::vector<Rational> points() {
  std::vector<Rational> all = {0,   kMinimumAfter, kMinimumBefore, 50,
                               -50, 1000,          -1000,          Rational(-12031, 16000)};
  for (int i = -48; i <= 48; ++i) all.push_back(Rational(i, 4));
  for (int i = -8; i <= 8; ++i) all.push_back(Rational(-12317 * 64 - 32 + 8 * i, 16384 * 64));
  for (int i = 13; i <= 45; ++i) {
    all.push_back(i);
    all.push_back(-i);
  }
  for (long exponent : {-300L, -60L, -20L, -8L}) {
    all.push_back(power_of_two(exponent));
    all.push_back(-power_of_two(exponent));
  }
  for (std::int64_t i : {65, 66, 91, 133, 134, 355, 356, 710, 711}) all.push_back(Rational(-i));
  return all;
}

bool encloses(const Enclosure& outer, const Enclosure& inner) {
  return outer.lower <= inner.lower && inner.upper <= outer.upper;
}

Enclosure read(const IntervalArithmetic& a, const Interval& x) {
  const std::optional<Enclosure> bounds = a.enclosure(x);
  REQUIRE(bounds.has_value());
  return *bounds;
}

Interval between(const IntervalArithmetic& a, const Rational& lower, const Rational& upper) {
  Interval result;
  mpfi_interv_q(result.writable(a.bits()), lower.backend().data(), upper.backend().data());
  return result;
}

Rational size(const Rational& x) {
  return x < 0 ? Rational(-x) : x;
}

// One unit in the last of p places of a number of about the size of x.
Rational ulp(const Rational& x, unsigned p) {
  const Rational down = round_to_bits(size(x), p, Direction::kDown);
  const Rational up = round_to_bits(down + down * power_of_two(-2L * p), p, Direction::kUp);
  return up - down;
}

}  // namespace

TEST_CASE("the reference knows published digits") {
  const auto near = [](const Enclosure& value, const char* digits) {
    return size(value.lower - reference::read_decimal(digits)) < power_of_two(-95);
  };
  CHECK(near(reference::gelu(1), "0.841344746068542948585232545632"));  // Phi(1)
  CHECK(near(reference::exp(1), "2.718281828459045235360287471353"));
}

TEST_CASE("the numerical facts of the lemmas") {
  // gelu_minimum_in. Central differences of the reference show the sign of the derivative.
  const Rational step = power_of_two(-40);
  CHECK(reference::gelu(kMinimumAfter + step).upper < reference::gelu(kMinimumAfter - step).lower);
  CHECK(reference::gelu(kMinimumBefore + step).lower > reference::gelu(kMinimumBefore - step).upper);
  // sqrt(2 pi) > 2.5066 bounds densities from above.
  const auto density = [](const Rational& x) -> Rational {
    return reference::exp(-x * x / 2).upper / Rational(25066, 10000);
  };
  CHECK(Rational(25066, 10000) * Rational(25066, 10000) < 2 * Rational(314159, 100000));
  const Rational r = -kMinimumAfter;
  CHECK(r * r * density(r) < Rational(16999, 100000));        // gelu_ge
  CHECK(density(Rational(1, 2)) * Rational(7, 4) < 1);        // gelu_ge_near_x0
  CHECK(reference::exp(1 / Rational(144, 100)).lower > 2);    // 1.44 < 1/ln 2
  CHECK(reference::exp(1 / Rational(1443, 1000)).upper < 2);  // 1/ln 2 < 1.443
}

TEST_CASE("gelu_tail: the bound holds, and a greater constant would not") {
  const auto bound = [](const Rational& t, const Rational& constant) {
    const long k = wrought::floor(constant * t * t).convert_to<long>();
    return Rational(t / 2 * power_of_two(-k));
  };
  for (int i = 0; i <= 100; ++i) {
    const Rational t(i, 2);
    CHECK(-reference::gelu(-t).lower <= bound(t, Rational(72, 100)));
    CHECK(reference::gelu(t).lower >= t - bound(t, Rational(72, 100)) - power_of_two(-700));
  }
  CHECK(-reference::gelu(-50).upper > bound(50, Rational(73, 100)));
}

TEST_CASE("intervals hold the function at every point") {
  for (const Function& f : functions()) {
    for (unsigned p : interval_precisions()) {
      const IntervalArithmetic a(p);
      for (const Rational& x : points()) {
        INFO(f.name << " at " << to_string(x) << ", " << p << " bits");
        const Enclosure image = read(a, (a.*f.interval)(a.from(x)));
        const Enclosure exact = f.exact(x);
        CHECK(image.lower <= exact.upper);
        CHECK(image.upper >= exact.lower);
        // Sharper, where the margin of the reference is below the last bit; ends may be equal otherwise.
        if (p < 256 && size(x) < 30 && x != 0 && f.evaluate != reference::elu_plus_one) {
          CHECK(encloses(image, exact));
        }
      }
    }
  }
}

TEST_CASE("gelu: the bounds hold at many points") {
  // A bound a little too tight shows only where the exact value is very close to it: hence many points.
  constexpr std::uint64_t seed = 12;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  for (int round = 0; round < 600; ++round) {
    const Rational x = Rational(random.bits(24)) * power_of_two(-19) - 16;
    const Enclosure exact = reference::gelu(x);
    for (unsigned p : {24U, 53U, 100U}) {
      INFO("gelu at " << to_string(x) << ", " << p << " bits");
      const IntervalArithmetic a(p);
      CHECK(encloses(read(a, a.gelu(a.from(x))), exact));
    }
  }
}

TEST_CASE("intervals are not needlessly wide") {
  for (const Function& f : functions()) {
    for (unsigned p : {24U, 53U, 64U, 128U, 256U}) {
      const IntervalArithmetic a(p);
      for (const Rational& x : points()) {
        if (x != round_to_bits(x, p, Direction::kNearest)) continue;
        INFO(f.name << " at " << to_string(x) << ", " << p << " bits");
        const Enclosure image = read(a, (a.*f.interval)(a.from(x)));
        const Enclosure exact = f.exact(x);
        CHECK(image.upper - image.lower <=
              4 * power_of_two(-static_cast<long>(p)) * size(exact.upper) + power_of_two(-4L * p + 16));
      }
    }
  }
}

TEST_CASE("wide intervals hold the images of their points") {
  constexpr std::uint64_t seed = 11;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  const auto random_point = [&](std::int64_t range) {
    return Rational(Integer(random.below(static_cast<std::uint64_t>(range) * 2048)) - range * 1024, 1024);
  };
  std::vector<Enclosure> intervals = {{-1, 1},
                                      {-50, 50},
                                      {-1000, 1000},
                                      {-50, -1},
                                      {-1, 50},
                                      {kMinimumAfter, kMinimumBefore},
                                      {-1000, 0},
                                      {0, 1000},
                                      {Rational(-3, 4), Rational(-1, 2)},
                                      {-30, Rational(-3, 4)},
                                      {Rational(-1001, 1000), Rational(-1, 4)}};
  for (int round = 0; round < 60; ++round) {
    const Rational x = random_point(round % 3 == 0 ? 1 : 30), y = random_point(round % 3 == 0 ? 1 : 30);
    intervals.push_back({std::min(x, y), std::max(x, y)});
  }
  for (int round = 0; round < 30; ++round) {  // narrow ones about the minimum of GeLU
    const Rational middle = kMinimumAfter + random_point(1) * power_of_two(-14);
    const Rational radius = power_of_two(-static_cast<long>(random.below(60)) - 2);
    intervals.push_back({middle - radius, middle + radius});
  }
  for (const Function& f : functions()) {
    for (const Enclosure& x : intervals) {
      std::vector<Enclosure> exact;
      for (int i = 0; i <= 8; ++i) exact.push_back(f.exact(x.lower + (x.upper - x.lower) * i / 8));
      for (unsigned p : {2U, 8U, 53U, 128U}) {
        INFO(f.name << " on [" << to_string(x.lower) << ", " << to_string(x.upper) << "], " << p << " bits");
        const IntervalArithmetic a(p);
        const Enclosure image = read(a, (a.*f.interval)(between(a, x.lower, x.upper)));
        for (const Enclosure& value : exact) {
          CHECK(image.lower <= value.upper);
          CHECK(image.upper >= value.lower);
        }
      }
    }
  }
}

TEST_CASE("gelu of an interval about the minimum is not the hull of its ends") {
  const IntervalArithmetic a(128);
  const Rational lower(-1), upper(-1, 2);
  const Enclosure image = read(a, a.gelu(between(a, lower, upper)));
  const Enclosure inside = reference::gelu(Rational(-3, 4));
  CHECK(inside.upper < reference::gelu(lower).lower);  // the ends alone would miss this
  CHECK(inside.upper < reference::gelu(upper).lower);
  CHECK(image.lower <= inside.lower);
  CHECK(image.lower >= Rational(-18, 100));
  // A narrow interval there stays narrow.
  const Rational width = power_of_two(-80);
  const Enclosure narrow = read(a, a.gelu(between(a, kMinimumAfter + width, kMinimumAfter + 2 * width)));
  CHECK(narrow.upper - narrow.lower < power_of_two(-92));
}

TEST_CASE("far tails: 10^9 and beyond") {
  for (unsigned p : interval_precisions()) {
    const IntervalArithmetic a(p);
    for (const Rational& x : {Rational(1000000000), Rational(std::int64_t{1} << 62), power_of_two(2000),
                              Rational(power_of_two(20000))}) {
      INFO(p << " bits");
      const Interval right = a.from(x);
      const Interval left = a.from(-x);
      // GeLU(x) is a little below x, GeLU(-x) a little below 0; both strictly.
      CHECK(read(a, a.gelu(right)).lower < x);
      CHECK(read(a, a.gelu(right)).upper >= x);
      CHECK(read(a, a.gelu(left)).lower < 0);
      CHECK(read(a, a.gelu(left)).upper >= 0);
      CHECK(read(a, a.gelu(between(a, -x, x))).lower <= Rational(-16997, 100000));
      CHECK(read(a, a.gelu(between(a, -x, x))).upper >= x);
      CHECK(read(a, a.exp(left)).lower <= 0);
      CHECK(read(a, a.exp(left)).upper > 0);
      CHECK(read(a, a.elu_plus_one(left)).lower <= 0);
      CHECK(read(a, a.elu_plus_one(left)).upper > 0);
      CHECK(read(a, a.elu_plus_one(right)).lower <= x + 1);
      CHECK(read(a, a.elu_plus_one(right)).upper >= x + 1);
    }
    CHECK_FALSE(a.enclosure(a.exp(a.from(1000000000))).has_value());  // overflow: no upper bound
  }
}

TEST_CASE("functions of the whole line") {
  const IntervalArithmetic a(64);
  Interval line = a.from(1);
  a.divide(line, Interval{});
  CHECK_FALSE(a.enclosure(a.gelu(line)).has_value());
  CHECK_FALSE(a.enclosure(a.exp(line)).has_value());
  CHECK_FALSE(a.enclosure(a.elu_plus_one(line)).has_value());
}

TEST_CASE("p-bit functions are correctly rounded") {
  for (const Function& f : functions()) {
    for (unsigned p : {2U, 3U, 8U, 24U, 53U, 64U, 200U}) {
      const Bits a(p);
      for (const Rational& point : points()) {
        INFO(f.name << " at " << to_string(point) << ", " << p << " bits");
        const BinaryFloat argument = a.from(point);
        const Rational x = a.enclosure(argument)->lower;
        const Rational result = a.enclosure((a.*f.bits)(argument))->lower;
        const Enclosure exact = f.exact(x);
        const Rational below = round_to_bits(exact.lower, p, Direction::kNearest);
        REQUIRE(below == round_to_bits(exact.upper, p, Direction::kNearest));
        CHECK(result == below);
      }
    }
  }
}

TEST_CASE("p-bit functions far out, infinite, and not a number") {
  const Bits a(24);
  for (const Rational& x : {Rational(1000000000), power_of_two(2000)}) {
    CHECK(a.enclosure(a.gelu(a.from(x)))->lower == round_to_bits(x, 24, Direction::kNearest));
    CHECK(a.is_zero(a.gelu(a.from(-x))));
    CHECK(a.is_zero(a.exp(a.from(-x))));
  }
  BinaryFloat infinity = a.from(1);
  a.divide(infinity, BinaryFloat{});
  CHECK_FALSE(a.enclosure(a.gelu(infinity)).has_value());
  BinaryFloat minus_infinity;
  a.subtract(minus_infinity, infinity);
  CHECK(a.is_zero(a.gelu(minus_infinity)));
  CHECK(a.is_zero(a.elu_plus_one(minus_infinity)));
  BinaryFloat undefined = infinity;
  a.subtract(undefined, infinity);
  CHECK_FALSE(a.enclosure(a.gelu(undefined)).has_value());
  CHECK_FALSE(a.enclosure(a.elu_plus_one(undefined)).has_value());
}

TEST_CASE("doubles are within a few ulp") {
  const Double a;
  for (const Function& f : functions()) {
    for (const Rational& point : points()) {
      const double x = a.from(point);
      if (std::fabs(x) > 700 || (f.evaluate == reference::gelu && x < -37)) continue;  // subnormal results
      INFO(f.name << " at " << x);
      const Rational result = a.enclosure((a.*f.machine)(x))->lower;
      const Rational exact = f.exact(Rational(x)).lower;
      Rational allowed = 4;
      if (f.evaluate == reference::gelu && x < -1) allowed += 2 * Rational(x) * Rational(x);
      CHECK(size(result - exact) <= allowed * ulp(exact, 53));
    }
  }
  CHECK(a.gelu(-1e300) == 0);
  CHECK(a.gelu(-INFINITY) == 0);
  CHECK(a.gelu(INFINITY) == INFINITY);
  CHECK(a.gelu(1e300) == 1e300);
}
