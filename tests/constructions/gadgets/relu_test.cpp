#include "constructions/gadgets/relu.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;

namespace {

// |GeLU(κx)/κ - expected|
Enclosure error_at(const Rational& x, const Rational& kappa, const Rational& expected) {
  Program program(1);
  const Register r = program.declare("x", {-100, 100});
  return pointwise::worst_smooth_error({Form(), {relu(r)}, {0, 100}}, {{{{r, x}}, expected}}, kappa);
}

Enclosure error_at(const Rational& x, const Rational& kappa) {
  return error_at(x, kappa, std::max<Rational>(x, 0));
}

}  // namespace

TEST_CASE(
    "exp_minus_upper: above e^-x, and within a factor 2.1 where rounding down the exponent is all it loses") {
  const IntervalArithmetic arithmetic(128);
  for (const Rational& x :
       {Rational(0), Rational(1, 3), Rational(1), Rational(7, 2), Rational(10), Rational(50)}) {
    const Enclosure exact = *arithmetic.enclosure(arithmetic.exp(arithmetic.from(Rational(-x))));
    CHECK(exp_minus_upper(x) >= exact.upper);
    if (x <= 10) CHECK(exp_minus_upper(x) <= Rational(21, 10) * exact.lower);
  }
  CHECK(exp_minus_upper(1000000) > 0);  // the exponent is capped
}

TEST_CASE("gelu_sub_relu_le: the error at x and beyond stays below the bound at |x|") {
  for (const Rational& kappa : {Rational(1, 2), Rational(1), Rational(4), Rational(20)})
    for (int k = 0; k <= 20; ++k) {
      const Rational distance(k, 20);
      const Rational bound = gelu_error_bound(kappa, distance);
      for (const Rational& beyond : {Rational(0), Rational(1, 50), Rational(1, 7), Rational(3)})
        for (const int sign : {1, -1}) {
          INFO("kappa = ", kappa, ", distance = ", distance, ", beyond = ", beyond, ", sign = ", sign);
          CHECK(error_at(sign * (distance + beyond), kappa).upper <= bound);
        }
    }
}

TEST_CASE("gelu_sub_piece_le: beyond 0 the piece goes on, and the bound grows with the distance") {
  for (const Rational& kappa : kappas)
    for (const Rational& beyond : {Rational(1, 100), Rational(1, 5), Rational(1), Rational(4)}) {
      const Enclosure error = error_at(beyond, kappa, 0);
      CHECK(error.upper <= gelu_error_bound(kappa, -beyond));
      CHECK(error_at(-beyond, kappa, -beyond).upper <= gelu_error_bound(kappa, -beyond));
      if (beyond >= 1) CHECK(error.lower >= Rational(9, 10) * gelu_error_bound(kappa, -beyond));
    }
}

TEST_CASE("gelu_sub_relu_le: attained within 0.1 % near κ|x| = 3/4") {
  for (const Rational& kappa : kappas)
    CHECK(error_at(Rational(3, 4) / kappa, kappa).lower >= Rational(999, 1000) * gelu_error_bound(kappa, 0));
}

TEST_CASE("gelu_sub_relu_le: in the tail a tenth of the bound is reached") {
  for (const Rational& kappa : kappas) {
    const Rational distance = Rational(2) / kappa;
    CHECK(error_at(distance, kappa).lower >= gelu_error_bound(kappa, distance) / 10);
  }
}

TEST_CASE("gelu_sub_relu_le: a constant 0.16 in place of 0.17 is caught") {
  CHECK(error_at(Rational(3, 4) / 4, 4).lower > Rational(16, 100) / 4);
}
