#include "constructions/gadgets/equality.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x = program.declare("x", {-4, 4});

  Points points(const Rational& c) const {
    return grid({x}, [&](const Assignment& at) { return at.at(x) == c ? 1 : 0; });
  }
};

}  // namespace

TEST_CASE("equality_eq: exact within 1/4 of every integer") {
  const Case t;
  for (int c = -5; c <= 5; ++c)
    CHECK(first_wrong(equals(t.x, c), perturbed(t.points(c), t.x, Rational(1, 4))) == "");
}

TEST_CASE("equality_eq: between 0 and 1 for every real argument") {
  const Case t;
  for (Rational x = -3; x <= 3; x += Rational(1, 16)) {
    const Rational found = ideal(equals(t.x, 0), {{t.x, x}});
    CHECK(found >= 0);
    CHECK(found <= 1);
  }
}

TEST_CASE("equality_error_le: smooth errors stay under the bound") {
  const Case t;
  for (const Rational& kappa : kappas)
    for (const Rational& eps : tolerances)
      for (const int c : {-4, 0, 4}) {
        INFO("kappa = ", kappa, ", eps = ", eps, ", c = ", c);
        const Points points = perturbed(t.points(c), t.x, eps);
        CHECK(worst_smooth_error(equals(t.x, c), points, kappa).upper <= equality_error_bound(kappa, eps));
      }
}

TEST_CASE("equality_error_le: nearly a quarter of the bound is reached") {
  const Case t;
  const Rational eps(5, 32);
  const Points points = perturbed(t.points(0), t.x, eps);
  CHECK(worst_smooth_error(equals(t.x, 0), points, 4).lower >=
        Rational(24, 100) * equality_error_bound(4, eps));
}

TEST_CASE("equality: 4 hidden units") {
  Case t;
  CHECK(hidden_units(t.program, {equals(t.x, 0)}) == 4);
}

TEST_CASE("equality: a tolerance of 1/3 and a neighbour in place of c + 1 are caught") {
  const Case t;
  CHECK(first_wrong(equals(t.x, 0), perturbed(t.points(0), t.x, Rational(1, 3))) != "");
  CHECK(first_wrong(at_least(t.x, 0) - at_least(t.x, 2), t.points(0)) != "");
}
