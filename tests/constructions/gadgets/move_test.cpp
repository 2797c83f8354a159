#include "constructions/gadgets/move.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/gadgets/gadget_case.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x = program.declare("x", {-3, 3}), y = program.declare("y", {-3, 3});
  Form form = 2 * Form(x) - y + Rational(1, 3);

  Points points() const {
    return grid({x, y},
                [&](const Assignment& at) -> Rational { return 2 * at.at(x) - at.at(y) + Rational(1, 3); });
  }
};

}  // namespace

TEST_CASE("move_eq: exact with ReLU for any affine form") {
  const Case t;
  CHECK(first_wrong(move(t.form), t.points()) == "");
}

TEST_CASE("move_eq: exact with GeLU too, whatever κ") {
  const Case t;
  for (const Rational& kappa : kappas)
    CHECK(worst_smooth_error(move(t.form), t.points(), kappa).upper <
          Rational(Integer(1), Integer(1) << 100));
}

TEST_CASE("move: 2 hidden units") {
  Case t;
  CHECK(hidden_units(t.program, {move(t.form)}) == 2);
}

TEST_CASE("move: the unit for negative arguments missing is caught") {
  const Case t;
  ReluSum broken = move(t.form);
  broken.units.pop_back();
  CHECK(first_wrong(broken, t.points()) != "");
}
