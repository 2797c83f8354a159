// One suite for every kind of numbers. An arithmetic differs from the others here only in `rounded`: what it
// must make of an exact result. The operands are read back exactly, the operation is done with rationals, and
// the answer must be the rounded one, to the last bit.
#include "verifier/numbers/arithmetic.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "tests/verifier/numbers/reference.hpp"
#include "verifier/numbers/binary_float.hpp"
#include "verifier/numbers/exact.hpp"
#include "verifier/numbers/interval.hpp"
#include "verifier/numbers/machine_double.hpp"

using namespace wrought;
using reference::Direction;
using reference::round_to_bits;

namespace {

Enclosure rounded(const Exact&, const Enclosure& exact) {
  return exact;
}
Enclosure rounded(const Double&, const Enclosure& exact) {
  return {round_to_bits(exact.lower, 53, Direction::kNearest),
          round_to_bits(exact.upper, 53, Direction::kNearest)};
}
Enclosure rounded(const Bits& a, const Enclosure& exact) {
  return {round_to_bits(exact.lower, a.bits(), Direction::kNearest),
          round_to_bits(exact.upper, a.bits(), Direction::kNearest)};
}
Enclosure rounded(const IntervalArithmetic& a, const Enclosure& exact) {
  return {round_to_bits(exact.lower, a.bits(), Direction::kDown),
          round_to_bits(exact.upper, a.bits(), Direction::kUp)};
}

Enclosure sum(const Enclosure& x, const Enclosure& y) {
  return {x.lower + y.lower, x.upper + y.upper};
}
Enclosure difference(const Enclosure& x, const Enclosure& y) {
  return {x.lower - y.upper, x.upper - y.lower};
}
Enclosure hull(std::vector<Rational> values) {
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  return {*least, *greatest};
}
Enclosure product(const Enclosure& x, const Enclosure& y) {
  return hull({x.lower * y.lower, x.lower * y.upper, x.upper * y.lower, x.upper * y.upper});
}
Enclosure quotient(const Enclosure& x, const Enclosure& y) {
  return hull({x.lower / y.lower, x.lower / y.upper, x.upper / y.lower, x.upper / y.upper});
}

bool encloses(const Enclosure& bounds, const Rational& value) {
  return bounds.lower <= value && value <= bounds.upper;
}

bool same(const Enclosure& x, const Enclosure& y) {
  return x.lower == y.lower && x.upper == y.upper;
}

template <Arithmetic A>
Enclosure read(const A& a, const typename A::Value& x) {
  const std::optional<Enclosure> bounds = a.enclosure(x);
  REQUIRE(bounds.has_value());
  return *bounds;
}

template <class Check>
void for_each_arithmetic(Check check) {
  check(Exact{});
  check(Double{});
  for (unsigned p : {2U, 3U, 5U, 11U, 24U, 53U, 64U, 65U, 200U}) check(Bits(p));
  for (unsigned p : {2U, 3U, 8U, 24U, 53U, 64U, 128U, 256U}) check(IntervalArithmetic(p));
}

template <Arithmetic A>
void check_conversions(const A& a) {
  constexpr std::uint64_t seed = 1;
  INFO(a.name() << ", seed " << seed);
  reference::RandomRationals random(seed);
  for (int round = 0; round < 300; ++round) {
    const Rational value = random.next();
    CAPTURE(to_string(value));
    CHECK(same(read(a, a.from(value)), rounded(a, {value, value})));
  }
  for (std::int64_t integer : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{1} << 53,
                               (std::int64_t{1} << 53) + 1, INT64_MAX, INT64_MIN, INT64_MIN + 1}) {
    CAPTURE(integer);
    CHECK(same(read(a, a.from(integer)), rounded(a, {Rational(integer), Rational(integer)})));
    CHECK(a.is_zero(a.from(integer)) == (integer == 0));
  }
  CHECK(a.is_zero(typename A::Value{}));
  CHECK(a.is_zero(a.from(Rational(0))));
  CHECK_FALSE(a.is_zero(a.from(Rational(1, 3))));
}

template <Arithmetic A>
void check_operations(const A& a) {
  using Value = typename A::Value;
  constexpr std::uint64_t seed = 2;
  INFO(a.name() << ", seed " << seed);
  reference::RandomRationals random(seed);
  for (int round = 0; round < 300; ++round) {
    const Value x = round % 10 == 0 ? Value{} : a.from(random.next());
    const Value y = round % 10 == 1 ? Value{} : a.from(random.next());
    const Value z = round % 10 == 2 ? Value{} : a.from(random.next());
    const Enclosure ex = read(a, x), ey = read(a, y), ez = read(a, z);
    CAPTURE(a.text(x));
    CAPTURE(a.text(y));
    CAPTURE(a.text(z));

    Value acc = x;
    a.add(acc, y);
    CHECK(same(read(a, acc), rounded(a, sum(ex, ey))));
    acc = x;
    a.subtract(acc, y);
    CHECK(same(read(a, acc), rounded(a, difference(ex, ey))));
    acc = x;
    a.multiply(acc, y);
    CHECK(same(read(a, acc), rounded(a, product(ex, ey))));
    if (!encloses(ey, 0)) {
      acc = x;
      a.divide(acc, y);
      CHECK(same(read(a, acc), rounded(a, quotient(ex, ey))));
    }
    acc = z;
    a.add_product(acc, x, y);
    CHECK(same(read(a, acc), rounded(a, sum(ez, rounded(a, product(ex, ey))))));
    CHECK(same(read(a, x), ex));  // operands are left alone
    CHECK(same(read(a, y), ey));
  }
}

template <Arithmetic A>
void check_aliasing(const A& a) {
  using Value = typename A::Value;
  INFO(a.name());
  for (const Rational& value : {Rational(0), Rational(-7), Rational(22, 7), Rational(-1, 1000)}) {
    CAPTURE(to_string(value));
    const Value x = a.from(value);
    const Enclosure ex = read(a, x);
    Value acc = x;
    a.add(acc, acc);
    CHECK(same(read(a, acc), rounded(a, sum(ex, ex))));
    acc = x;
    a.multiply(acc, acc);
    CHECK(encloses(read(a, acc), rounded(a, product(ex, ex)).lower));
    acc = x;
    a.add_product(acc, acc, acc);
    CHECK(encloses(read(a, acc), rounded(a, sum(ex, rounded(a, product(ex, ex)))).lower));
    acc = x;
    a.subtract(acc, acc);
    CHECK(encloses(read(a, acc), 0));
    if (value != 0) {
      acc = x;
      a.divide(acc, acc);
      CHECK(encloses(read(a, acc), 1));
    }
    Value blank{};
    a.add(blank, blank);
    a.subtract(blank, blank);
    a.multiply(blank, blank);
    a.add_product(blank, blank, blank);
    CHECK(a.is_zero(blank));
  }
}

template <Arithmetic A>
void check_value_semantics(const A& a) {
  using Value = typename A::Value;
  INFO(a.name());
  const Rational third(1, 3), huge(reference::power_of_two(300) + 1);
  for (const Rational& value : {third, huge}) {
    const Enclosure expected = rounded(a, {value, value});
    Value x = a.from(value);
    Value copy(x);
    a.add(x, a.from(5));
    CHECK(same(read(a, copy), expected));
    Value& self = copy;
    copy = self;
    CHECK(same(read(a, copy), expected));
    copy = std::move(self);
    CHECK(same(read(a, copy), expected));
    Value assigned = a.from(9);
    assigned = copy;
    CHECK(same(read(a, assigned), expected));
    Value moved(std::move(assigned));
    CHECK(same(read(a, moved), expected));
    assigned = std::move(moved);
    CHECK(same(read(a, assigned), expected));
    assigned = Value{};
    CHECK(a.is_zero(assigned));
  }
}

template <Arithmetic A>
void check_division_by_zero(const A& a) {
  using Value = typename A::Value;
  INFO(a.name());
  for (std::int64_t dividend : {0, 1, -1}) {
    for (const Value& zero : {Value{}, a.from(0)}) {
      Value acc = a.from(dividend);
      if constexpr (std::is_same_v<A, Exact>) {
        CHECK_THROWS_AS(a.divide(acc, zero), std::domain_error);
        CHECK(same(read(a, acc), {Rational(dividend), Rational(dividend)}));
      } else {
        a.divide(acc, zero);
        CHECK_FALSE(a.enclosure(acc).has_value());
        a.add(acc, a.from(1));  // and nothing comes back from there
        CHECK_FALSE(a.enclosure(acc).has_value());
        a.subtract(acc, Value(acc));
        CHECK_FALSE(a.enclosure(acc).has_value());
        CHECK_FALSE(a.text(acc).empty());
      }
    }
  }
}

// A long calculation beside the same one in rationals.
template <Arithmetic A>
void check_enclosure_of_a_calculation(const A& a) {
  using Value = typename A::Value;
  constexpr std::uint64_t seed = 3;
  INFO(a.name() << ", seed " << seed);
  reference::RandomRationals random(seed);
  std::vector<Rational> exact(6);
  std::vector<Value> values(6);
  for (int step = 0; step < 400; ++step) {
    const std::size_t i = random.below(6), j = random.below(6), k = random.below(6);
    switch (random.below(6)) {
      case 0:
        exact[i] = Rational(random.bits(12), random.bits(6) + 1);
        values[i] = a.from(exact[i]);
        break;
      case 1:
        exact[i] += exact[j];
        a.add(values[i], values[j]);
        break;
      case 2:
        exact[i] -= exact[j];
        a.subtract(values[i], values[j]);
        break;
      case 3:
        exact[i] *= exact[j];
        a.multiply(values[i], values[j]);
        break;
      case 4:
        if (exact[j] == 0) break;
        exact[i] /= exact[j];
        a.divide(values[i], values[j]);
        break;
      default:
        exact[i] += exact[j] * exact[k];
        a.add_product(values[i], values[j], values[k]);
    }
    // Keeps the rationals from growing beyond all bounds.
    if (msb(denominator(exact[i])) + msb(abs(numerator(exact[i])) + 1) > 4000) {
      exact[i] = 0;
      values[i] = Value{};
    }
    const std::optional<Enclosure> bounds = a.enclosure(values[i]);
    if (bounds) CHECK(encloses(*bounds, exact[i]));
  }
}

}  // namespace

TEST_CASE("every conversion gives the exact value, rounded as promised") {
  for_each_arithmetic([](const auto& a) { check_conversions(a); });
}

TEST_CASE("every operation gives the exact result, rounded as promised") {
  for_each_arithmetic([](const auto& a) { check_operations(a); });
}

TEST_CASE("the operands of an operation may be one value") {
  for_each_arithmetic([](const auto& a) { check_aliasing(a); });
}

TEST_CASE("values copy and move") {
  for_each_arithmetic([](const auto& a) { check_value_semantics(a); });
}

TEST_CASE("division by zero is refused or leaves nothing known") {
  for_each_arithmetic([](const auto& a) { check_division_by_zero(a); });
}

TEST_CASE("a long calculation stays enclosed") {
  check_enclosure_of_a_calculation(Exact{});
  for (unsigned p : {2U, 3U, 8U, 24U, 53U, 64U, 128U, 256U}) {
    check_enclosure_of_a_calculation(IntervalArithmetic(p));
  }
}

TEST_CASE("a rational rounded to one point would not be enclosed") {
  // What a conversion through a nearest float does; the suite above must be able to tell the difference.
  const Rational third(1, 3);
  const Rational point = round_to_bits(third, 53, Direction::kNearest);
  CHECK_FALSE(encloses({point, point}, third));
  CHECK(encloses(read(IntervalArithmetic(53), IntervalArithmetic(53).from(third)), third));
}

TEST_CASE("a fused product would round once where p-bit arithmetic rounds twice") {
  // 3 bits: 5 * 5 = 25 rounds to 24 and 24 - 24 = 0; the fused operation gives 1.
  const Bits a(3);
  Bits::Value acc = a.from(-24);
  a.add_product(acc, a.from(5), a.from(5));
  CHECK(a.is_zero(acc));
}

TEST_CASE("53 bits are doubles") {
  constexpr std::uint64_t seed = 4;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  const Bits bits(53);
  const Double machine;
  const auto agree = [&](const BinaryFloat& x, double y) { return same(read(bits, x), read(machine, y)); };
  for (int round = 0; round < 1000; ++round) {
    const Rational x = random.next(), y = random.next();
    for (int operation = 0; operation < 5; ++operation) {
      BinaryFloat p = bits.from(x);
      double d = machine.from(x);
      const BinaryFloat q = bits.from(y);
      const double e = machine.from(y);
      const auto apply = [operation](const auto& a, auto& acc, const auto& other) {
        if (operation == 0) a.add(acc, other);
        if (operation == 1) a.subtract(acc, other);
        if (operation == 2) a.multiply(acc, other);
        if (operation == 3 && !a.is_zero(other)) a.divide(acc, other);
        if (operation == 4) a.add_product(acc, other, other);
      };
      apply(bits, p, q);
      apply(machine, d, e);
      CHECK(agree(p, d));
    }
  }
}

TEST_CASE("dividing by an interval that holds zero gives the whole line") {
  const IntervalArithmetic a(64);
  Interval around_zero = a.from(Rational(1, 3));
  a.subtract(around_zero, a.from(Rational(1, 3)));
  REQUIRE_FALSE(a.is_zero(around_zero));
  Interval from_zero;
  const Rational zero(0), one(1);
  mpfi_interv_q(from_zero.writable(64), zero.backend().data(), one.backend().data());
  for (const Interval& divisor : {around_zero, from_zero, Interval{}, a.from(0)}) {
    for (std::int64_t dividend : {0, 1, -1}) {
      Interval acc = a.from(dividend);
      a.divide(acc, divisor);
      CHECK_FALSE(a.enclosure(acc).has_value());
      CHECK((mpfr_inf_p(&acc.get()->left) != 0 && mpfr_inf_p(&acc.get()->right) != 0));
      // Times zero it is zero again: it stands for some real number.
      a.multiply(acc, Interval{});
      CHECK(a.is_zero(acc));
    }
  }
}

TEST_CASE("signs and comparisons of ordered arithmetics") {
  constexpr std::uint64_t seed = 5;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  const Exact exact;
  const Double machine;
  for (int round = 0; round < 500; ++round) {
    const Rational x = random.next(), y = round % 7 == 0 ? x : random.next();
    CHECK(exact.sign(exact.from(x)) == x.sign());
    CHECK(exact.less(exact.from(x), exact.from(y)) == (x < y));
    const Rational dx = read(machine, machine.from(x)).lower, dy = read(machine, machine.from(y)).lower;
    CHECK(machine.sign(machine.from(x)) == dx.sign());
    CHECK(machine.less(machine.from(x), machine.from(y)) == (dx < dy));
    CHECK(machine.likely_less(machine.from(x), machine.from(y)) == (dx < dy));
    CHECK(Bits(53).likely_less(Bits(53).from(x), Bits(53).from(y)) == (dx < dy));
  }
  const IntervalArithmetic a(32);
  CHECK(a.likely_less(a.from(1), a.from(2)));
  CHECK_FALSE(a.likely_less(a.from(2), a.from(1)));
}

TEST_CASE("texts of intervals are rounded outward") {
  constexpr std::uint64_t seed = 6;
  INFO("seed " << seed);
  reference::RandomRationals random(seed);
  for (unsigned p : {2U, 24U, 53U, 128U}) {
    const IntervalArithmetic a(p);
    for (int round = 0; round < 200; ++round) {
      const Interval x = a.from(random.next());
      const Enclosure bounds = read(a, x);
      const std::string text = a.text(x);
      CAPTURE(text);
      const std::size_t comma = text.find(", ");
      REQUIRE((text.front() == '[' && text.back() == ']' && comma != text.npos));
      CHECK(reference::read_decimal(text.substr(1, comma - 1)) <= bounds.lower);
      CHECK(reference::read_decimal(text.substr(comma + 2, text.size() - comma - 3)) >= bounds.upper);
    }
  }
}

TEST_CASE("texts and names") {
  CHECK(Exact{}.name() == "exact");
  CHECK(Double{}.name() == "double");
  CHECK(Bits(24).name() == "bits:24");
  CHECK(IntervalArithmetic(128).name() == "interval:128");
  CHECK(Exact{}.text(Exact{}.from(Rational(14, -6))) == "-7/3");
  CHECK(Double{}.text(0.1) == "0.1");
  CHECK(Bits(24).text(Bits(24).from(-3)) == "-3");
  CHECK(IntervalArithmetic(128).text(IntervalArithmetic(128).from(3)) == "[3, 3]");
  CHECK(IntervalArithmetic(128).text(Interval{}) == "[0, 0]");
}

TEST_CASE("precisions out of range are refused") {
  for (unsigned p : {0U, 1U, (1U << 16) + 1}) {
    CHECK_THROWS_AS(Bits{p}, std::invalid_argument);
    CHECK_THROWS_AS(IntervalArithmetic{p}, std::invalid_argument);
  }
}

TEST_CASE("a value is not changed by an arithmetic of another precision") {
  BinaryFloat x = Bits(24).from(1);
  CHECK_THROWS_AS(Bits(53).add(x, Bits(53).from(1)), std::logic_error);
  Interval y = IntervalArithmetic(24).from(1);
  CHECK_THROWS_AS(IntervalArithmetic(53).add(y, IntervalArithmetic(53).from(1)), std::logic_error);
}
