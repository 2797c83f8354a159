#include "constructions/residual/relu_sum.hpp"

#include <doctest/doctest.h>

#include "constructions/residual/program.hpp"
#include "tests/constructions/residual/evaluate.hpp"

using namespace wrought;
using namespace wrought::pointwise;

TEST_CASE("sums of ReLUs add, subtract and scale like the functions they stand for") {
  Program program(1);
  const Register x = program.declare("x", {-3, 3});
  const ReluSum a{Form(x), {relu(Form(x) - 1, 2)}, {-3, 7}},
      b{Form(2), {relu(-Form(x)), relu(x, -1)}, {-1, 5}};
  for (Rational n = -3; n <= 3; n += Rational(1, 2)) {
    const Assignment at{{x, n}};
    CHECK(ideal(a + b, at) == ideal(a, at) + ideal(b, at));
    CHECK(ideal(a - b, at) == ideal(a, at) - ideal(b, at));
    CHECK(ideal(Rational(-2, 3) * a, at) == Rational(-2, 3) * ideal(a, at));
    CHECK(ideal(linear(Form(x) + 1), at) == n + 1);
  }
  CHECK((a - b).range.lo == -8);
  CHECK((a - b).range.hi == 8);
}

TEST_CASE("a computed sum keeps its linear part as a form and gives only the units a register") {
  Program program(1);
  const Register x = program.token("x", 0, {-3, 3});
  const ReluSum absolute{-Form(x), {relu(x, 2)}, {0, 3}};
  const Form result = program.compute("|x|", absolute);
  CHECK(result.terms().size() == 2);
  CHECK(result.range().lo == 0);
  CHECK(result.range().hi == 3);
  CHECK(program.steps().size() == 1);
  CHECK(to_string(program.compute("no units", linear(Form(x) + 1))) == "x + 1");
  CHECK(program.steps().size() == 1);  // no step either
}
