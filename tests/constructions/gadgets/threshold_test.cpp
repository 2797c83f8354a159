#include "constructions/gadgets/threshold.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x = program.declare("x", {-4, 4});

  Points points(const Rational& c) const {
    return grid({x}, [&](const Assignment& at) { return at.at(x) >= c ? 1 : 0; });
  }
};

}  // namespace

TEST_CASE("threshold_eq: exact within 1/4 of every integer") {
  const Case t;
  for (int c = -4; c <= 5; ++c) {
    CHECK(first_wrong(at_least(t.x, c), perturbed(t.points(c), t.x, Rational(1, 4))) == "");
    const Points at_most_c = grid({t.x}, [&](const Assignment& at) { return at.at(t.x) <= c ? 1 : 0; });
    CHECK(first_wrong(at_most(t.x, c), perturbed(at_most_c, t.x, Rational(1, 4))) == "");
  }
}

TEST_CASE("threshold_eq: between 0 and 1, and rising, for every real argument") {
  const Case t;
  Rational before = 0;
  for (Rational x = -3; x <= 3; x += Rational(1, 16)) {
    const Rational found = ideal(at_least(t.x, 0), {{t.x, x}});
    CHECK(found >= before);
    CHECK(found <= 1);
    before = found;
  }
  CHECK(before == 1);
}

TEST_CASE("threshold_error_le: smooth errors stay under the bound") {
  const Case t;
  for (const Rational& kappa : kappas)
    for (const Rational& eps : tolerances)
      for (const int c : {-4, 0, 3}) {
        INFO("kappa = ", kappa, ", eps = ", eps, ", c = ", c);
        const Points points = perturbed(t.points(c), t.x, eps);
        CHECK(worst_smooth_error(at_least(t.x, c), points, kappa).upper <= threshold_error_bound(kappa, eps));
      }
}

TEST_CASE("threshold_error_le: nearly half the bound is reached where one unit stands at κ|argument| = 3/4") {
  const Case t;
  const Rational eps(5, 32);  // 4 · (1/2 - 2 eps) = 3/4
  const Points points = perturbed(t.points(0), t.x, eps);
  CHECK(worst_smooth_error(at_least(t.x, 0), points, 4).lower >=
        Rational(49, 100) * threshold_error_bound(4, eps));
}

TEST_CASE("threshold: 2 hidden units") {
  Case t;
  CHECK(hidden_units(t.program, {at_least(t.x, 0)}) == 2);
  Case u;
  CHECK(hidden_units(u.program, {at_most(u.x, 0)}) == 2);
  Case merged;  // T_c and [x <= c - 1] have the same units
  CHECK(hidden_units(merged.program, {at_least(merged.x, 1), at_most(merged.x, 0)}) == 2);
}

TEST_CASE("threshold: a tolerance of 1/3, as Lemma A.5 prints, is caught") {
  const Case t;
  CHECK(first_wrong(at_least(t.x, 0), perturbed(t.points(0), t.x, Rational(1, 3))) != "");
}

TEST_CASE("threshold: changed weights are caught") {
  const Case t;
  const Points points = perturbed(t.points(0), t.x, Rational(1, 4));
  ReluSum slope = at_least(t.x, 0), sign = slope, shift = slope;
  slope.units[0].weight = 2;
  sign.units[1].weight = 1;
  shift.units[1].argument += Rational(1, 2);
  for (const ReluSum& broken : {slope, sign, shift}) CHECK(first_wrong(broken, points) != "");
}
