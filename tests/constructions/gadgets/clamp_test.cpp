#include "constructions/gadgets/clamp.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x, top = program.declare("top", {0, 3}), g = program.declare("g", {0, 1});

  explicit Case(const Range& range) : x(program.declare("x", range)) {}

  static Rational clamped(const Rational& value, const Rational& limit) {
    return std::min(std::max<Rational>(value, 0), limit);
  }
  Points points() const {
    return grid({x, top, g},
                [&](const Assignment& at) -> Rational { return at.at(g) * clamped(at.at(x), at.at(top)); });
  }
  ReluSum sum() const { return clamp(x, top, g); }
};

const std::vector<Range> ranges{{-3, 5}, {0, 2}, {-3, -2}, {4, 6}};

}  // namespace

TEST_CASE("clamp_eq: exact on every range, and for every real argument") {
  for (const Range& range : ranges) {
    const Case t(range);
    CHECK(first_wrong(t.sum(), t.points()) == "");
    for (Rational x = range.lo; x <= range.hi; x += Rational(1, 3))
      for (Rational top = 0; top <= 3; top += Rational(1, 4))
        for (const int g : {0, 1})
          CHECK(first_wrong(t.sum(), {{{{t.x, x}, {t.top, top}, {t.g, g}}, g * Case::clamped(x, top)}}) ==
                "");
  }
}

TEST_CASE("clamp_eq: a closed gate keeps both arguments at least 1 below 0") {
  for (const Range& range : ranges) {
    const Case t(range);
    for (const Point& point : t.points())
      for (const HiddenUnit& unit : t.sum().units)
        if (point.at.at(t.g) == 0) CHECK(value(unit.argument, point.at) <= -1);
  }
}

TEST_CASE("clamp_error_le: smooth errors stay under the bound") {
  for (const Range& range : ranges) {
    const Case t(range);
    for (const Rational& kappa : {Rational(4), Rational(12)})
      for (const Rational& eps : {Rational(1, 100), Rational(6, 25)})
        for (const Rational& eps_g : {Rational(0), Rational(1, 8)}) {
          INFO("kappa = ", kappa, ", eps = ", eps, ", eps_g = ", eps_g, ", range.lo = ", range.lo,
               ", range.hi = ", range.hi);
          const Points points = perturbed(perturbed(perturbed(t.points(), t.x, eps), t.top, eps), t.g, eps_g);
          CHECK(worst_smooth_error(t.sum(), points, kappa).upper <=
                clamp_error_bound(kappa, range, eps, eps, eps_g));
        }
  }
}

TEST_CASE("clamp_error_le: a quarter of the bound is reached") {
  // Where x is well inside 0..top only the first unit carries the errors of x and g.
  const Case t({-3, 5});
  const Rational eps(1, 10), eps_g(1, 100);
  const Points points = perturbed(perturbed(perturbed(t.points(), t.x, eps), t.top, eps), t.g, eps_g);
  CHECK(worst_smooth_error(t.sum(), points, 12).lower >= clamp_error_bound(12, {-3, 5}, eps, eps, eps_g) / 4);
}

TEST_CASE("clamp: 2 hidden units") {
  Case t({-3, 5});
  CHECK(hidden_units(t.program, {t.sum()}) == 2);
}

TEST_CASE("clamp: an M too small and a missing upper unit are caught") {
  const Case t({-3, 5});
  const Form shifted = Form(t.x) - Rational(4) * (1 - Form(t.g));
  const ReluSum small{Form(), {relu(shifted), relu(shifted - t.top, -1)}, {0, 3}};
  ReluSum open = t.sum();
  open.units.pop_back();
  CHECK(first_wrong(small, t.points()) != "");
  CHECK(first_wrong(open, t.points()) != "");
}
