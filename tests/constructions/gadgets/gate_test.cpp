#include "constructions/gadgets/gate.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x, g = program.declare("g", {0, 1});

  explicit Case(const Range& range) : x(program.declare("x", range)) {}

  Points points() const {
    return grid({x, g}, [&](const Assignment& at) -> Rational { return at.at(g) * at.at(x); });
  }
};

const std::vector<Range> ranges{{0, 5}, {-4, 3}, {-3, -2}, {2, 4}, {0, 0}};

}  // namespace

TEST_CASE("gate_eq: exact on every range, corners and fractions included") {
  for (const Range& range : ranges) {
    const Case t(range);
    CHECK(first_wrong(gate(t.x, t.g), t.points()) == "");
    Points fractions;  // every real argument in the range
    for (Rational x = range.lo; x <= range.hi; x += Rational(1, 5))
      for (const int g : {0, 1}) fractions.push_back({{{t.x, x}, {t.g, g}}, g * x});
    CHECK(first_wrong(gate(t.x, t.g), fractions) == "");
  }
}

TEST_CASE("gate_eq_of_le_one: from lo = 1 on every integer g below 1 counts as 0") {
  Program program(1);
  const Register x = program.declare("x", {1, 6}), g = program.declare("g", {-9, 1});
  const Points points =
      grid({x, g}, [&](const Assignment& at) -> Rational { return at.at(g) == 1 ? at.at(x) : Rational(0); });
  CHECK(first_wrong(gate(x, g), points) == "");
  for (const Point& point : points) CHECK(abs(pointwise::value(gate(x, g).units[0].argument, point.at)) >= 1);
}

TEST_CASE("gate_eq: the argument of the unit keeps at least 1 away from 0") {
  for (const Range& range : ranges) {
    const Case t(range);
    for (const Point& point : t.points())
      CHECK(abs(pointwise::value(gate(t.x, t.g).units[0].argument, point.at)) >= 1);
  }
}

TEST_CASE("gate_error_le: smooth errors stay under the bound") {
  for (const Range& range : ranges) {
    const Case t(range);
    for (const Rational& kappa : kappas)
      for (const Rational& eps_x : tolerances)
        for (const Rational& eps_g : {Rational(0), Rational(1, 1000), Rational(1, 20), Rational(1, 4)}) {
          INFO("kappa = ", kappa, ", eps_x = ", eps_x, ", eps_g = ", eps_g, ", range.lo = ", range.lo,
               ", range.hi = ", range.hi);
          const Points points = perturbed(perturbed(t.points(), t.x, eps_x), t.g, eps_g);
          CHECK(worst_smooth_error(gate(t.x, t.g), points, kappa).upper <=
                gate_error_bound(kappa, range, eps_x, eps_g));
        }
  }
}

TEST_CASE("gate_error_le: reached within 1 % when g is off and lo >= 1") {
  const Case t({2, 7});
  const Rational eps_x(1, 10), eps_g(1, 100);
  const Points points = perturbed(perturbed(t.points(), t.x, eps_x), t.g, eps_g);
  CHECK(worst_smooth_error(gate(t.x, t.g), points, 12).lower >=
        Rational(99, 100) * gate_error_bound(12, {2, 7}, eps_x, eps_g));
}

TEST_CASE("gate: 1 hidden unit") {
  Case t({-4, 3});
  CHECK(hidden_units(t.program, {gate(t.x, t.g)}) == 1);
}

TEST_CASE("gate: an M too small and a missing linear term are caught") {
  const Case t({-4, 3});
  const Rational M = 6;  // gate's own is 9; 7 would do for ReLU
  const ReluSum small{
      (Rational(-4) - 1) * Form(t.g), {relu(Form(t.x) + 4 + 1 + M * (Form(t.g) - 1))}, {-4, 3}};
  ReluSum bare = gate(t.x, t.g);
  bare.linear = 0;
  CHECK(first_wrong(small, t.points()) != "");
  CHECK(first_wrong(bare, t.points()) != "");
}
