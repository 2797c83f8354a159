#include "constructions/gadgets/minimum.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x, y;

  explicit Case(const Range& range_x = {-3, 4}, const Range& range_y = {-5, 2})
      : x(program.declare("x", range_x)), y(program.declare("y", range_y)) {}

  Points smaller() const {
    return grid({x, y}, [&](const Assignment& at) { return std::min(at.at(x), at.at(y)); });
  }
  Points larger() const {
    return grid({x, y}, [&](const Assignment& at) { return std::max(at.at(x), at.at(y)); });
  }
};

}  // namespace

TEST_CASE("minimum_eq: exact for all reals, maximum too") {
  const Case t;
  CHECK(first_wrong(minimum(t.x, t.y), t.smaller()) == "");
  CHECK(first_wrong(maximum(t.x, t.y), t.larger()) == "");
  for (Rational x = -3; x <= 4; x += Rational(2, 7))
    for (Rational y = -5; y <= 2; y += Rational(1, 4)) {
      const Assignment at{{t.x, x}, {t.y, y}};
      CHECK(first_wrong(minimum(t.x, t.y), {{at, std::min(x, y)}}) == "");
      CHECK(first_wrong(maximum(t.x, t.y), {{at, std::max(x, y)}}) == "");
    }
}

TEST_CASE("minimum_error_le: smooth errors stay under the bound, ties included, maximum too") {
  const Case t;
  for (const Rational& kappa : kappas)
    for (const Rational& eps : tolerances) {
      INFO("kappa = ", kappa, ", eps = ", eps);
      const auto nearby = [&](const Points& points) {
        return perturbed(perturbed(points, t.x, eps), t.y, eps);
      };
      const Rational bound = minimum_error_bound(kappa, eps);
      CHECK(worst_smooth_error(minimum(t.x, t.y), nearby(t.smaller()), kappa).upper <= bound);
      CHECK(worst_smooth_error(maximum(t.x, t.y), nearby(t.larger()), kappa).upper <= bound);
    }
}

TEST_CASE("minimum_error_le: a third of the bound, less 1 %, is reached") {
  // Not more: min is 1-Lipschitz, which the bound's 3 eps gives away.
  const Case t;
  const Rational eps(6, 25);
  const Points points = perturbed(perturbed(t.smaller(), t.x, eps), t.y, eps);
  CHECK(worst_smooth_error(minimum(t.x, t.y), points, 4).lower >=
        Rational(33, 100) * minimum_error_bound(4, eps));
}

TEST_CASE("minimum: 1 hidden unit") {
  Case t;
  CHECK(hidden_units(t.program, {minimum(t.x, t.y)}) == 1);
  Case u;
  CHECK(hidden_units(u.program, {maximum(u.x, u.y)}) == 1);
  Case ordered({0, 3}, {4, 6});  // x <= y: the unit can never be active
  const ReluSum sum = minimum(ordered.x, ordered.y);
  CHECK(sum.units[0].argument.range().hi < 0);
}

TEST_CASE("minimum: a wrong sign is caught") {
  const Case t;
  ReluSum broken = minimum(t.x, t.y);
  broken.units[0].weight = 1;
  CHECK(first_wrong(broken, t.smaller()) != "");
  CHECK(first_wrong(maximum(t.x, t.y), t.smaller()) != "");
}
