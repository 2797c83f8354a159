#include "constructions/gadgets/staircase.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Integer B, A;
  Program program{1};
  Register x;

  // The range goes beyond both ends of the stairs.
  Case(int block, int blocks) : B(block), A(blocks), x(program.declare("x", {-B - 1, A * B + B})) {}

  Rational step(const Rational& n) const {
    return std::min(std::max<Rational>(wrought::floor(n / B), 0), Rational(A - 1));
  }
  Points steps() const {
    return grid({x}, [&](const Assignment& at) { return step(at.at(x)); });
  }
  Points squares() const {
    return grid({x}, [&](const Assignment& at) -> Rational { return step(at.at(x)) * step(at.at(x)); });
  }
};

const std::vector<std::pair<int, int>> shapes{{1, 1}, {1, 5}, {2, 3}, {3, 4}, {5, 2}, {7, 1}};

}  // namespace

TEST_CASE("staircase_eq: exact within 1/4 of every integer, clipped at both ends, the square too") {
  for (const auto& [B, A] : shapes) {
    const Case t(B, A);
    CHECK(first_wrong(staircase(t.x, t.B, t.A), perturbed(t.steps(), t.x, Rational(1, 4))) == "");
    CHECK(first_wrong(staircase_square(t.x, t.B, t.A), perturbed(t.squares(), t.x, Rational(1, 4))) == "");
  }
}

TEST_CASE("staircase_eq: within the stated range for every real argument") {
  const Case t(2, 4);
  for (Rational x = t.x->range.lo; x <= t.x->range.hi; x += Rational(1, 12)) {
    const Rational found = ideal(staircase(t.x, t.B, t.A), {{t.x, x}});
    const Rational square = ideal(staircase_square(t.x, t.B, t.A), {{t.x, x}});
    CHECK((found >= 0 && found <= 3));
    CHECK((square >= 0 && square <= 9));
  }
}

TEST_CASE("staircase_error_le: smooth errors stay under the bounds") {
  for (const auto& [B, A] : shapes) {
    const Case t(B, A);
    for (const Rational& kappa : kappas)
      for (const Rational& eps : tolerances) {
        INFO("kappa = ", kappa, ", eps = ", eps, ", B = ", B, ", A = ", A);
        CHECK(worst_smooth_error(staircase(t.x, t.B, t.A), perturbed(t.steps(), t.x, eps), kappa).upper <=
              staircase_error_bound(t.A, kappa, eps));
        CHECK(worst_smooth_error(staircase_square(t.x, t.B, t.A), perturbed(t.squares(), t.x, eps), kappa)
                  .upper <= staircase_square_error_bound(t.A, kappa, eps));
      }
  }
}

TEST_CASE("staircase_error_le: one stair reaches nearly half the bound") {
  const Case t(3, 2);
  const Rational eps(5, 32);
  CHECK(worst_smooth_error(staircase(t.x, t.B, t.A), perturbed(t.steps(), t.x, eps), 4).lower >=
        Rational(49, 100) * staircase_error_bound(t.A, 4, eps));
}

TEST_CASE("staircase: 2(A - 1) hidden units, the same ones for both results") {
  for (const auto& [B, A] : shapes) {
    if (A == 1) continue;  // no unit, no block
    Case t(B, A);
    CHECK(hidden_units(t.program, {staircase(t.x, t.B, t.A), staircase_square(t.x, t.B, t.A)}) ==
          2 * (A - 1));
  }
}

TEST_CASE("staircase: a stair too few, a stair too wide and a tolerance of 1/3 are caught") {
  const Case t(2, 4);
  CHECK(first_wrong(staircase(t.x, t.B, t.A - 1), t.steps()) != "");
  CHECK(first_wrong(staircase(t.x, t.B + 1, t.A), t.steps()) != "");
  CHECK(first_wrong(staircase(t.x, t.B, t.A), perturbed(t.steps(), t.x, Rational(1, 3))) != "");
}
