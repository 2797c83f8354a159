#include "constructions/dp/polynomial.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace wrought;

namespace {

const Polynomial x = Polynomial::variable(0), y = Polynomial::variable(1), z = Polynomial::variable(2);

Rational at(const Polynomial& p, const std::vector<Rational>& values) {
  return p.evaluate([&](Polynomial::Variable v) { return values.at(v); });
}

std::string text(const Polynomial& p) {
  return to_string(p, [](Polynomial::Variable v) { return std::string(1, "xyz"[v]); });
}

class RandomPolynomials {
 public:
  explicit RandomPolynomials(std::uint64_t seed) : generator_(seed) {}

  Rational number() {
    return Rational(static_cast<std::int64_t>(generator_() % 9) - 4,
                    1 + static_cast<std::int64_t>(generator_() % 3));
  }
  std::int64_t small() { return static_cast<std::int64_t>(generator_() % 7) - 3; }

  Polynomial next() {
    Polynomial p;
    for (int t = 0; t < 4; ++t) {
      Polynomial term = number();
      for (const Polynomial& variable : {x, y, z})
        for (std::uint64_t e = generator_() % 4; e > 1; --e) term = term * variable;
      p += term;
    }
    return p;
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace

TEST_CASE("polynomials compute like their values") {
  constexpr std::uint64_t seed = 31;
  INFO("seed " << seed);
  RandomPolynomials random(seed);
  for (int round = 0; round < 100; ++round) {
    const Polynomial p = random.next(), q = random.next();
    const std::vector<Rational> v{random.number(), random.number(), random.number()};
    CHECK(at(p + q, v) == at(p, v) + at(q, v));
    CHECK(at(p - q, v) == at(p, v) - at(q, v));
    CHECK(at(p * q, v) == at(p, v) * at(q, v));
    CHECK(at(p.substitute(1, q), v) == at(p, {v[0], at(q, v), v[2]}));
    CHECK((p - p).is_zero());
    CHECK((p * q - q * p).is_zero());
  }
}

TEST_CASE("sum_over is the sum, for every upper bound from lo - 1") {
  constexpr std::uint64_t seed = 32;
  INFO("seed " << seed);
  RandomPolynomials random(seed);
  for (int round = 0; round < 60; ++round) {
    const Polynomial p = random.next();
    const std::int64_t lo = random.small();
    const Rational y0 = random.number(), z0 = random.number();
    Rational sum = 0;
    for (std::int64_t hi = lo - 1; hi <= lo + 6; ++hi) {
      if (hi >= lo) sum += at(p, {hi, y0, z0});
      CHECK(at(sum_over(p, 0, Rational(lo), Rational(hi)), {1000, y0, z0}) == sum);
    }
  }
}

TEST_CASE("sum_over with bounds that are polynomials") {
  CHECK(text(sum_over(1, 0, 0, y)) == "y + 1");
  CHECK(text(sum_over(x, 0, 1, y)) == "1/2·y² + 1/2·y");
  CHECK(text(sum_over(z, 0, y, 2 * y)) == "y·z + z");
}

TEST_CASE("formulas") {
  CHECK(text(0) == "0");
  CHECK(text(Rational(-3, 2)) == "-3/2");
  CHECK(text(y - x * x * Rational(1, 2) - 1) == "-1/2·x² + y - 1");
  CHECK(text(x * y - y * x) == "0");
  CHECK(text(Polynomial::monomial({{0, 12}, {2, 1}}, 1)) == "x¹²·z");
}
