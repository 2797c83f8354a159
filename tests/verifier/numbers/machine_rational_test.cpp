#include "verifier/numbers/machine_rational.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "tests/verifier/numbers/reference.hpp"

using namespace wrought;

namespace {

// Words at the edges of every overflow check, small words, and fractions of both.
class RandomWords {
 public:
  explicit RandomWords(std::uint64_t seed) : random_(seed) {}

  std::int64_t word() {
    static const std::vector<std::int64_t> corners = {0,
                                                      1,
                                                      -1,
                                                      2,
                                                      -2,
                                                      3,
                                                      INT64_MAX,
                                                      INT64_MIN,
                                                      INT64_MIN + 1,
                                                      INT64_MAX - 1,
                                                      INT64_MAX / 2,
                                                      INT64_MIN / 2,
                                                      INT32_MAX,
                                                      INT32_MIN,
                                                      3037000499,
                                                      3037000500,
                                                      -3037000500,
                                                      std::int64_t{1} << 62};
    switch (random_.below(4)) {
      case 0:
        return corners[random_.below(corners.size())];
      case 1:
        return static_cast<std::int64_t>(random_.below(41)) - 20;
      case 2:
        return static_cast<std::int64_t>(random_.bits(32)) - (std::int64_t{1} << 31);
      default:
        return static_cast<std::int64_t>(random_.bits(63)) * (random_.below(2) == 0 ? 1 : -1);
    }
  }

  Rational next() {
    switch (random_.below(4)) {
      case 0:
        return Rational(word());
      case 1: {
        const std::int64_t denominator = word();
        return denominator == 0 ? Rational(word()) : Rational(Integer(word()), Integer(denominator));
      }
      case 2:
        return Rational(Integer(word()), Integer(1 + random_.below(12)));
      default:
        return random_.next();
    }
  }

 private:
  reference::RandomRationals random_;
};

bool fits(const Rational& x) {
  return numerator(x) >= INT64_MIN && numerator(x) <= INT64_MAX && denominator(x) <= INT64_MAX;
}

// The value is right, in lowest terms, and inline exactly where it fits.
bool holds(const MachineRational& x, const Rational& expected) {
  return x.to_rational() == expected && denominator(x.to_rational()) == denominator(expected) &&
         x.is_inline() == fits(expected) && x == MachineRational(expected) && x.sign() == expected.sign() &&
         x.is_zero() == (expected == 0) && x.is_integer() == (denominator(expected) == 1);
}

void check_all_operations(const Rational& x, const Rational& y, const Rational& z) {
  CAPTURE(to_string(x));
  CAPTURE(to_string(y));
  CAPTURE(to_string(z));
  const MachineRational mx(x), my(y), mz(z);
  MachineRational acc = mx;
  acc += my;
  CHECK(holds(acc, x + y));
  acc = mx;
  acc -= my;
  CHECK(holds(acc, x - y));
  acc = mx;
  acc *= my;
  CHECK(holds(acc, x * y));
  acc = mx;
  if (y == 0) {
    CHECK_THROWS_AS(acc /= my, std::domain_error);
    CHECK(holds(acc, x));
  } else {
    acc /= my;
    CHECK(holds(acc, x / y));
  }
  acc = mz;
  acc.add_product(mx, my);
  CHECK(holds(acc, z + x * y));
  CHECK((mx <=> my) == (x < y    ? std::strong_ordering::less
                        : x == y ? std::strong_ordering::equal
                                 : std::strong_ordering::greater));
  CHECK((mx == my) == (x == y));

  // Operands that are one value.
  acc = mx;
  acc += acc;
  CHECK(holds(acc, x + x));
  acc = mx;
  acc -= acc;
  CHECK(holds(acc, 0));
  acc = mx;
  acc *= acc;
  CHECK(holds(acc, x * x));
  acc = mx;
  if (x != 0) {
    acc /= acc;
    CHECK(holds(acc, 1));
  }
  acc = mx;
  acc.add_product(acc, acc);
  CHECK(holds(acc, x + x * x));
  acc = mx;
  acc.add_product(acc, my);
  CHECK(holds(acc, x + x * y));
  acc = mx;
  acc.add_product(my, acc);
  CHECK(holds(acc, x + x * y));
}

}  // namespace

TEST_CASE("machine rationals agree with big ones on random values") {
  constexpr std::uint64_t seed = 31;
  INFO("seed " << seed);
  RandomWords random(seed);
  for (int round = 0; round < 20000; ++round) {
    check_all_operations(random.next(), random.next(), random.next());
  }
}

TEST_CASE("machine rationals agree with big ones on all pairs of extreme values") {
  const std::vector<std::int64_t> words = {
      0, 1, -1, 2, INT64_MAX, INT64_MIN, INT64_MIN + 1, INT64_MAX - 1, -3, 3037000500};
  std::vector<Rational> values;
  for (std::int64_t n : words) {
    for (std::int64_t d : words) {
      if (d != 0) values.push_back(Rational(Integer(n), Integer(d)));
    }
  }
  for (const Rational& x : values) {
    for (const Rational& y : values) check_all_operations(x, y, Rational(INT64_MAX));
  }
}

TEST_CASE("values move to the heap and back") {
  const Rational big = Rational(INT64_MAX) + 1;
  MachineRational x(INT64_MAX);
  x += MachineRational(1);
  CHECK_FALSE(x.is_inline());
  x -= MachineRational(1);
  CHECK(holds(x, INT64_MAX));
  x = MachineRational(INT64_MIN);
  CHECK(x.is_inline());  // the most negative word is a value like others
  x *= MachineRational(-1);
  CHECK(holds(x, big));
  x.add_product(MachineRational(-1), MachineRational(1));
  CHECK(holds(x, INT64_MAX));
  x = MachineRational(1);
  x /= MachineRational(INT64_MIN);
  CHECK_FALSE(x.is_inline());  // 2^63 is no positive word
  x *= MachineRational(2);
  CHECK(holds(x, Rational(Integer(-1), Integer(1) << 62)));
}

TEST_CASE("machine rationals copy and move, inline and on the heap") {
  const std::vector<Rational> values = {0, Rational(-7, 3), Rational(Integer(1) << 100),
                                        Rational(Integer(-3), Integer(1) << 90)};
  for (const Rational& from : values) {
    for (const Rational& to : values) {
      const MachineRational source(from);
      MachineRational target(to);
      target = source;
      CHECK(holds(target, from));
      CHECK(holds(source, from));
      MachineRational giver(source);
      target = MachineRational(to);
      target = std::move(giver);
      CHECK(holds(target, from));
      giver = MachineRational(to);  // a moved-from value can be used again
      CHECK(holds(giver, to));
      MachineRational constructed(std::move(target));
      CHECK(holds(constructed, from));
      MachineRational& self = constructed;
      constructed = self;
      CHECK(holds(constructed, from));
      constructed = std::move(self);
      CHECK(holds(constructed, from));
    }
  }
  std::vector<MachineRational> many;
  for (int i = 0; i < 100; ++i) many.emplace_back(Rational(Integer(i) << (i % 2 == 0 ? 100 : 0)));
  for (int i = 0; i < 100; ++i) {
    CHECK(holds(many[static_cast<std::size_t>(i)], Rational(Integer(i) << (i % 2 == 0 ? 100 : 0))));
  }
}
