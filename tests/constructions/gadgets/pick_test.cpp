#include "constructions/gadgets/pick.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

constexpr std::size_t B = 3;

struct Case {
  Program program{1};
  std::vector<Register> slots;
  Register beta;

  explicit Case(const Rational& V = 2, const Range& named = {-3, B - 1})
      : beta(program.declare("beta", named)) {
    for (std::size_t b = 0; b < B; ++b) slots.push_back(program.declare("Z" + std::to_string(b), {0, V}));
  }

  Points points() const {
    std::vector<Register> all = slots;
    all.push_back(beta);
    return grid(all, [&](const Assignment& at) {
      return at.at(beta) < 0 ? Rational(0) : at.at(slots[static_cast<std::size_t>(numerator(at.at(beta)))]);
    });
  }
  ReluSum sum() const { return pick({slots.begin(), slots.end()}, beta); }
};

Points perturbed(Points points, const Case& t, const Rational& eps_z, const Rational& eps_beta) {
  for (const Register slot : t.slots) points = pointwise::perturbed(points, slot, eps_z);
  return pointwise::perturbed(points, t.beta, eps_beta);
}

}  // namespace

TEST_CASE("pick_eq: the slot named, or 0 below the first, V = 0 too") {
  for (const Rational& V : {Rational(0), Rational(1), Rational(2)}) {
    const Case t(V);
    CHECK(first_wrong(t.sum(), t.points()) == "");
  }
}

TEST_CASE("pick_eq: exact for fractions in the slots, and while β is off by less than 1/(2V + 2)") {
  const Case t;
  const Points points = pointwise::perturbed(t.points(), t.beta, Rational(1, 6));
  CHECK(first_wrong(t.sum(), points) == "");
  for (Rational z = 0; z <= 2; z += Rational(1, 5))
    for (int beta = 0; beta < static_cast<int>(B); ++beta) {
      Assignment at{{t.slots[0], z}, {t.slots[1], 2 - z}, {t.slots[2], z / 2}, {t.beta, beta}};
      const Rational expected = at.at(t.slots[static_cast<std::size_t>(beta)]);
      CHECK(first_wrong(t.sum(), {{std::move(at), expected}}) == "");
    }
}

TEST_CASE("pick_error_le: smooth errors stay under the bound") {
  const Case t(1, {-1, B - 1});
  for (const Rational& kappa : {Rational(4), Rational(12)})
    for (const Rational& eps_z : {Rational(0), Rational(1, 10)})
      for (const Rational& eps_beta : {Rational(1, 20), Rational(1, 4), Rational(2, 5)}) {
        INFO("kappa = ", kappa, ", eps_z = ", eps_z, ", eps_beta = ", eps_beta);
        CHECK(worst_smooth_error(t.sum(), perturbed(t.points(), t, eps_z, eps_beta), kappa).upper <=
              pick_error_bound(kappa, 1, B, eps_z, eps_beta));
      }
}

TEST_CASE("pick_error_le: an exact β and a slot off by eps_z reach 99 % of the bound") {
  const Case t(1, {-1, B - 1});
  const Points points = perturbed(t.points(), t, Rational(1, 10), 0);
  CHECK(worst_smooth_error(t.sum(), points, 12).lower >=
        Rational(99, 100) * pick_error_bound(12, 1, B, Rational(1, 10), 0));
}

TEST_CASE("pick: 2B + 1 hidden units, of which the last can never be active") {
  Case t;
  CHECK(hidden_units(t.program, {t.sum()}) == 2 * B);
}

TEST_CASE("pick: an M too small and one changed weight are caught") {
  const Case t;
  std::vector<Form> believed;  // to stay at 0
  for (const Register slot : t.slots) believed.push_back(Form(slot).within({0, 0}));
  CHECK(first_wrong(with_range(pick(believed, t.beta), {0, 2}), t.points()) != "");
  for (std::size_t unit = 0; unit < 2 * B; ++unit) {
    ReluSum broken = t.sum();
    broken.units[unit].weight += 1;
    CHECK(first_wrong(broken, t.points()) != "");
  }
}
