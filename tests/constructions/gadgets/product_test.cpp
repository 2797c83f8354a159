#include "constructions/gadgets/product.hpp"

#include <doctest/doctest.h>
#include <mpfr.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Rational V;
  Program program{1};
  Register x = program.declare("x", {-V, V}), y = program.declare("y", {-V, V});

  explicit Case(Rational largest) : V(std::move(largest)) {}

  Points points() const {
    return grid({x, y}, [&](const Assignment& at) -> Rational { return at.at(x) * at.at(y); });
  }
};

// √(2π) s²/8, enclosed.
Enclosure coefficient(const Rational& s) {
  Enclosure result;
  mpfr_t number;
  mpfr_init2(number, 300);
  for (const mpfr_rnd_t direction : {MPFR_RNDD, MPFR_RNDU}) {
    mpfr_const_pi(number, direction);
    mpfr_mul_ui(number, number, 2, direction);
    mpfr_sqrt(number, number, direction);
    Rational root;
    mpfr_get_q(root.backend().data(), number);
    (direction == MPFR_RNDD ? result.lower : result.upper) = root * s * s / 8;
  }
  mpfr_clear(number);
  return result;
}

Rational power_of_ten(unsigned exponent) { return Rational(pow(Integer(10), exponent)); }

}  // namespace

TEST_CASE("product_coefficient: within delta of √(2π) s²/8") {
  for (const Rational& s : {Rational(1, 3), Rational(1), Rational(10), Rational(1000)})
    for (const unsigned digits : {0U, 3U, 15U, 60U}) {
      INFO("s = ", s, ", digits = ", digits);
      const Rational delta = 1 / power_of_ten(digits);
      const Rational c = product_coefficient(s, delta);
      const Enclosure exact = coefficient(s);
      CHECK(c >= exact.upper - delta);
      CHECK(c <= exact.lower + delta);
    }
  CHECK_THROWS_AS(product_coefficient(0, 1), std::invalid_argument);
  CHECK_THROWS_AS(product_coefficient(1, 0), std::invalid_argument);
}

TEST_CASE("product_error_le: smooth errors stay under the bound, corners included") {
  for (const Rational& V : {Rational(1), Rational(3)})
    for (const Rational& s : {Rational(2), Rational(10), Rational(100)})
      for (const Rational& delta : {Rational(1, 10), Rational(1, 1000000)})
        for (const Rational& kappa : kappas) {
          INFO("V = ", V, ", s = ", s, ", delta = ", delta, ", kappa = ", kappa);
          const Case t(V);
          const ReluSum sum = product(t.x, t.y, s, product_coefficient(s, delta), kappa);
          CHECK(worst_smooth_error(sum, t.points(), kappa).upper <= product_error_bound(V, s, delta));
        }
}

TEST_CASE("product_error_le: 99 % of the bound is reached at x = y = V") {
  const Case t(3);
  const Rational s = 1000, delta = 1 / power_of_ten(15);
  const ReluSum sum = product(t.x, t.y, s, product_coefficient(s, delta), 12);
  const Enclosure error = worst_smooth_error(sum, {{{{t.x, 3}, {t.y, 3}}, 9}}, 12);
  CHECK(error.lower >= Rational(99, 100) * product_error_bound(3, s, delta));
}

TEST_CASE("product: 4 hidden units") {
  Case t(3);
  CHECK(hidden_units(t.program, {product(t.x, t.y, 10, product_coefficient(10, 1), 12)}) == 4);
}

TEST_CASE("product: a coefficient off by more than delta and one changed weight are caught") {
  const Case t(3);
  const Rational s = 1000, delta = 1 / power_of_ten(15), c = product_coefficient(s, delta);
  const Rational bound = product_error_bound(3, s, delta);
  CHECK(worst_smooth_error(product(t.x, t.y, s, c * Rational(101, 100), 12), t.points(), 12).lower > bound);
  for (std::size_t unit = 0; unit < 4; ++unit) {
    ReluSum broken = product(t.x, t.y, s, c, 12);
    broken.units[unit].weight *= Rational(101, 100);
    CHECK(worst_smooth_error(broken, t.points(), 12).lower > bound);
  }
}
