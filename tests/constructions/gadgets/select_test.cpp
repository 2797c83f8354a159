#include "constructions/gadgets/select.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register g = program.declare("g", {0, 1}), x, y;

  Case(const Range& range_x, const Range& range_y)
      : x(program.declare("x", range_x)), y(program.declare("y", range_y)) {}

  Points points() const {
    return grid({g, x, y}, [&](const Assignment& at) { return at.at(g) == 1 ? at.at(x) : at.at(y); });
  }
  ReluSum sum() const { return select(g, x, y); }
};

const std::vector<std::pair<Range, Range>> ranges{
    {{0, 4}, {0, 4}}, {{-3, 0}, {2, 5}}, {{1, 3}, {-5, -2}}, {{2, 2}, {2, 2}}};

}  // namespace

TEST_CASE("select_eq: exact on every range, and for perturbed x and y the one that is chosen") {
  for (const auto& [range_x, range_y] : ranges) {
    const Case t(range_x, range_y);
    CHECK(first_wrong(t.sum(), t.points()) == "");
    for (Rational x = range_x.lo; x <= range_x.hi; x += Rational(1, 4))
      for (Rational y = range_y.lo; y <= range_y.hi; y += Rational(1, 5))
        for (const int g : {0, 1})
          CHECK(first_wrong(t.sum(), {{{{t.g, g}, {t.x, x}, {t.y, y}}, g == 1 ? x : y}}) == "");
  }
}

TEST_CASE("select_error_le: the gate's error on x - y, plus eps_y") {
  for (const auto& [range_x, range_y] : ranges) {
    const Case t(range_x, range_y);
    const Range difference = range_x + Rational(-1) * range_y;
    for (const Rational& kappa : {Rational(4), Rational(12)})
      for (const Rational& eps : tolerances)
        for (const Rational& eps_g : {Rational(0), Rational(1, 50)}) {
          INFO("kappa = ", kappa, ", eps = ", eps, ", eps_g = ", eps_g);
          const Points points = perturbed(perturbed(perturbed(t.points(), t.x, eps), t.y, eps), t.g, eps_g);
          CHECK(worst_smooth_error(t.sum(), points, kappa).upper <=
                gate_error_bound(kappa, difference, 2 * eps, eps_g) + eps);
        }
  }
}

TEST_CASE("select: 1 hidden unit") {
  Case t({0, 4}, {0, 4});
  CHECK(hidden_units(t.program, {t.sum()}) == 1);
}

TEST_CASE("select: exchanged arguments are caught") {
  const Case t({0, 4}, {0, 4});
  CHECK(first_wrong(select(t.g, t.y, t.x), t.points()) != "");
}
