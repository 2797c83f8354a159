#include "constructions/gadgets/scatter.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

constexpr std::size_t B = 4;

struct Case {
  Program program{1};
  Register x, beta;

  explicit Case(const Range& slots = {-2, 6}, const Rational& V = 3)
      : x(program.declare("x", {0, V})), beta(program.declare("beta", slots)) {}

  // Slot b, for every slot that may be named, and some that are not there.
  Points points(std::size_t b) const {
    return grid({x, beta}, [&](const Assignment& at) { return at.at(beta) == b ? at.at(x) : Rational(0); });
  }
  std::vector<ReluSum> sums() const { return scatter(x, beta, B); }
};

}  // namespace

TEST_CASE("scatter_eq: x in the slot named, 0 in all others, for every real x and V = 0 too") {
  for (const Rational& V : {Rational(0), Rational(1), Rational(5)}) {
    const Case t({-2, 6}, V);
    const auto sums = t.sums();
    REQUIRE(sums.size() == B);
    for (std::size_t b = 0; b < B; ++b) {
      CHECK(first_wrong(sums[b], t.points(b)) == "");
      for (Rational x = 0; x <= V; x += Rational(1, 4))
        for (int beta = -2; beta <= 6; ++beta)
          CHECK(first_wrong(sums[b], {{{{t.x, x}, {t.beta, beta}},
                                       beta == static_cast<int>(b) ? x : Rational(0)}}) == "");
    }
  }
}

TEST_CASE("scatter_eq: exact while β is off by less than 1/(2V + 2)") {
  const Case t;  // V = 3
  for (std::size_t b = 0; b < B; ++b)
    CHECK(first_wrong(t.sums()[b], perturbed(t.points(b), t.beta, Rational(1, 8))) == "");
}

TEST_CASE("scatter_error_le: smooth errors stay under the bound") {
  for (const Rational& V : {Rational(1), Rational(3)}) {
    const Case t({-1, 4}, V);
    for (const Rational& kappa : kappas)
      for (const Rational& eps_x : {Rational(0), Rational(1, 10), Rational(6, 25)})
        for (const Rational& eps_beta : {Rational(0), Rational(1, 100), Rational(1, 10), Rational(1, 4)}) {
          INFO("kappa = ", kappa, ", eps_x = ", eps_x, ", eps_beta = ", eps_beta, ", V = ", V);
          for (const std::size_t b : {std::size_t{0}, std::size_t{2}, B - 1}) {
            const Points points = perturbed(perturbed(t.points(b), t.x, eps_x), t.beta, eps_beta);
            CHECK(worst_smooth_error(t.sums()[b], points, kappa).upper <=
                  scatter_error_bound(kappa, V, eps_x, eps_beta));
          }
        }
  }
}

TEST_CASE("scatter_error_le: a quarter of the bound is reached where one unit stands at κ|argument| = 3/4") {
  const Case t;
  const Rational eps_beta(13, 128);  // 4 · (4(1 - 2 eps_beta) - 3) = 3/4
  const Points points = perturbed(t.points(2), t.beta, eps_beta);
  CHECK(worst_smooth_error(t.sums()[2], points, 4).lower >=
        Rational(24, 100) * scatter_error_bound(4, 3, 0, eps_beta));
}

TEST_CASE("scatter: 2(B + 1) hidden units, 2B if the slot is always there") {
  Case t;
  CHECK(hidden_units(t.program, t.sums()) == 2 * (B + 1));
  Case tight({0, B - 1});  // the units beyond the last slot can never be active
  CHECK(hidden_units(tight.program, tight.sums()) == 2 * B);
}

TEST_CASE("scatter: an M too small and one changed weight are caught") {
  const Case t;
  auto small = scatter(Form(t.x).within({0, 1}), t.beta, B);  // believes that V = 1
  CHECK(first_wrong(with_range(small[1], {0, 3}), t.points(1)) != "");
  for (std::size_t unit = 0; unit < 4; ++unit) {
    ReluSum broken = t.sums()[1];
    broken.units[unit].weight += 1;
    CHECK(first_wrong(broken, t.points(1)) != "");
  }
}
