#include "constructions/gadgets/rescale.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

constexpr std::size_t C = 4;

struct Case {
  Rational V;
  Program program{1};
  Register y = program.declare("y", {0, V}), c = program.declare("c", {0, C});

  explicit Case(Rational largest = 3) : V(std::move(largest)) {}

  Points points() const {
    return grid({y, c}, [&](const Assignment& at) -> Rational { return at.at(c) * at.at(y); });
  }
  ReluSum sum() const { return rescale(y, c, C, {0, C * V}); }
};

}  // namespace

TEST_CASE("rescale_eq: c·y for every integer c in 0..C and every real y, V = 0 too") {
  for (const Rational& V : {Rational(0), Rational(1), Rational(3)}) {
    const Case t(V);
    CHECK(first_wrong(t.sum(), t.points()) == "");
    for (Rational y = 0; y <= V; y += Rational(1, 7))
      for (int c = 0; c <= static_cast<int>(C); ++c)
        CHECK(first_wrong(t.sum(), {{{{t.y, y}, {t.c, c}}, c * y}}) == "");
  }
}

TEST_CASE("rescale_eq: exact while c is off by less than 1/(2V + 2)") {
  const Case t;
  CHECK(first_wrong(t.sum(), perturbed(t.points(), t.c, Rational(1, 8))) == "");
}

TEST_CASE("rescale_error_le: smooth errors stay under the bound") {
  for (const Rational& V : {Rational(1), Rational(3)}) {
    const Case t(V);
    for (const Rational& kappa : kappas)
      for (const Rational& eps_y : {Rational(0), Rational(1, 100), Rational(6, 25)})
        for (const Rational& eps_c : {Rational(0), Rational(1, 100), Rational(1, 10), Rational(1, 4)}) {
          INFO("kappa = ", kappa, ", eps_y = ", eps_y, ", eps_c = ", eps_c, ", V = ", V);
          const Points points = perturbed(perturbed(t.points(), t.y, eps_y), t.c, eps_c);
          CHECK(worst_smooth_error(t.sum(), points, kappa).upper <=
                rescale_error_bound(kappa, V, C, eps_y, eps_c));
        }
  }
}

TEST_CASE("rescale_error_le: an exact c = C and a y off by eps_y reach 99 % of the bound") {
  const Case t;
  const Points points = perturbed(t.points(), t.y, Rational(1, 10));
  CHECK(worst_smooth_error(t.sum(), points, 12).lower >=
        Rational(99, 100) * rescale_error_bound(12, 3, C, Rational(1, 10), 0));
}

TEST_CASE("rescale: 2C hidden units") {
  Case t;
  CHECK(hidden_units(t.program, {t.sum()}) == 2 * C);
}

TEST_CASE("rescale: a C or an M too small and one changed weight are caught") {
  const Case t;
  CHECK(first_wrong(rescale(t.y, t.c, C - 1, {0, 12}), t.points()) != "");
  CHECK(first_wrong(rescale(Form(t.y).within({0, 1}), t.c, C, {0, 12}), t.points()) != "");
  for (std::size_t unit = 0; unit < 2 * C; ++unit) {
    ReluSum broken = t.sum();
    broken.units[unit].weight += 1;
    CHECK(first_wrong(broken, t.points()) != "");
  }
}
