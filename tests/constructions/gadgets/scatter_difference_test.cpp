#include "constructions/gadgets/scatter_difference.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

constexpr std::size_t B = 3;

struct Case {
  Program program{1};
  Register x, y, beta;

  explicit Case(const Rational& V = 2, const Range& slots = {-1, B})
      : x(program.declare("x", {0, V})),
        y(program.declare("y", {0, V})),
        beta(program.declare("beta", slots)) {}

  Points points(std::size_t b) const {
    return grid({x, y, beta}, [&](const Assignment& at) -> Rational {
      return at.at(beta) == b ? at.at(x) - at.at(y) : Rational(0);
    });
  }
  std::vector<ReluSum> sums() const { return scatter_difference(x, y, beta, B); }
};

}  // namespace

TEST_CASE("scatter_difference_eq: x - y in the slot named, 0 in all others, V = 0 too") {
  for (const Rational& V : {Rational(0), Rational(1), Rational(4)}) {
    const Case t(V);
    for (std::size_t b = 0; b < B; ++b) CHECK(first_wrong(t.sums()[b], t.points(b)) == "");
  }
}

TEST_CASE("scatter_difference_eq: exact while β is off by less than 1/(2V + 2)") {
  const Case t;
  for (std::size_t b = 0; b < B; ++b)
    CHECK(first_wrong(t.sums()[b], perturbed(t.points(b), t.beta, Rational(1, 6))) == "");
}

TEST_CASE("scatter_difference_error_le: smooth errors stay under the bound") {
  const Case t;
  for (const Rational& kappa : {Rational(4), Rational(12)})
    for (const Rational& eps : {Rational(0), Rational(1, 10)})
      for (const Rational& eps_beta : {Rational(0), Rational(1, 20), Rational(1, 4)}) {
        INFO("kappa = ", kappa, ", eps = ", eps, ", eps_beta = ", eps_beta);
        const Points points =
            perturbed(perturbed(perturbed(t.points(1), t.x, eps), t.y, eps), t.beta, eps_beta);
        CHECK(worst_smooth_error(t.sums()[1], points, kappa).upper <=
              scatter_difference_error_bound(kappa, 2, eps, eps_beta));
      }
}

TEST_CASE("scatter_difference: B + 1 hidden units with x and as many with y") {
  Case t;
  CHECK(hidden_units(t.program, t.sums()) == 2 * (B + 1));
}

TEST_CASE("scatter_difference: exchanged arguments and one changed weight are caught") {
  const Case t;
  CHECK(first_wrong(scatter_difference(t.y, t.x, t.beta, B)[1], t.points(1)) != "");
  for (std::size_t unit = 0; unit < 4; ++unit) {
    ReluSum broken = t.sums()[1];
    broken.units[unit].weight += 1;
    CHECK(first_wrong(broken, t.points(1)) != "");
  }
}
