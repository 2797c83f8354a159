#include "constructions/gadgets/table.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  std::vector<Rational> values;
  Integer first;
  Program program{1};
  Register x;

  Case(Integer start, std::vector<Rational> f)
      : values(std::move(f)),
        first(std::move(start)),
        x(program.declare("x", {first - 2, first + values.size() + 1})) {}

  // Outside the domain the nearest end.
  Points points() const {
    return grid({x}, [&](const Assignment& at) {
      const Rational last(values.size() - 1);
      const Rational k = std::min(std::max<Rational>(at.at(x) - first, 0), last);
      return values[static_cast<std::size_t>(numerator(k))];
    });
  }
  ReluSum sum() const { return table(x, first, values); }
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = [] {
    std::vector<Case> list;
    list.emplace_back(0, std::vector<Rational>{0, 1, 4, 9, 16});
    list.emplace_back(-3, std::vector<Rational>{5, -2, -2, 7, 0, 0, 1});
    list.emplace_back(4, std::vector<Rational>{Rational(1, 2), Rational(-1, 3)});
    list.emplace_back(1, std::vector<Rational>{6});
    return list;
  }();
  return all;
}

}  // namespace

TEST_CASE("table_eq: exact within 1/4 of every integer, the ends' values outside") {
  for (const Case& t : cases()) CHECK(first_wrong(t.sum(), perturbed(t.points(), t.x, Rational(1, 4))) == "");
}

TEST_CASE("table_eq: within [min f, max f] for every real argument") {
  for (const Case& t : cases())
    for (Rational x = t.x->range.lo; x <= t.x->range.hi; x += Rational(1, 12)) {
      const Rational found = ideal(t.sum(), {{t.x, x}});
      CHECK(found >= t.sum().range.lo);
      CHECK(found <= t.sum().range.hi);
    }
}

TEST_CASE("table_error_le: smooth errors stay under the bound") {
  for (const Case& t : cases())
    for (const Rational& kappa : kappas)
      for (const Rational& eps : tolerances) {
        INFO("kappa = ", kappa, ", eps = ", eps);
        const Points points = perturbed(t.points(), t.x, eps);
        CHECK(worst_smooth_error(t.sum(), points, kappa).upper <= table_error_bound(t.values, kappa, eps));
      }
}

TEST_CASE("table_error_le: a single step reaches nearly half the bound") {
  const Case& t = cases()[2];
  const Rational eps(5, 32);
  const Points points = perturbed(t.points(), t.x, eps);
  CHECK(worst_smooth_error(t.sum(), points, 4).lower >=
        Rational(49, 100) * table_error_bound(t.values, 4, eps));
}

TEST_CASE("table: 2 hidden units for every change of value") {
  Case t(-3, {5, -2, -2, 7, 0, 0, 1});
  CHECK(hidden_units(t.program, {t.sum()}) == 2 * 4);
}

TEST_CASE("table: one wrong entry and a tolerance of 1/3 are caught") {
  for (std::size_t k = 0; k < 5; ++k) {
    Case broken(0, {0, 1, 4, 9, 16});
    const Points points = broken.points();
    broken.values[k] += 1;
    CHECK(first_wrong(broken.sum(), points) != "");
  }
  const Case& t = cases()[0];
  CHECK(first_wrong(t.sum(), perturbed(t.points(), t.x, Rational(1, 3))) != "");
}
