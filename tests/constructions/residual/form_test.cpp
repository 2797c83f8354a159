#include "constructions/residual/form.hpp"

#include <doctest/doctest.h>

#include <random>

#include "constructions/residual/program.hpp"
#include "tests/constructions/residual/evaluate.hpp"

using namespace wrought;
using namespace wrought::pointwise;

namespace {

struct Case {
  Program program{1};
  Register x = program.declare("x", {-2, 3}), y = program.declare("y", {0, 4}),
           z = program.declare("z", {1, 1});

  Points corners(const Form& form) const {
    return grid({x, y, z}, [&](const Assignment& at) { return value(form, at); });
  }

  // The smallest and largest value of a form over all integer points, corners included.
  Range brute_force(const Form& form) const {
    const Points points = corners(form);
    Range range{points.front().expected, points.front().expected};
    for (const Point& point : points) range = hull(range, {point.expected, point.expected});
    return range;
  }
};

bool same(const Range& a, const Range& b) { return a.lo == b.lo && a.hi == b.hi; }

}  // namespace

TEST_CASE("forms add, subtract and scale like the functions they stand for") {
  const Case t;
  std::mt19937 random(7);
  std::uniform_int_distribution<int> small(-3, 3);
  const auto form = [&] {
    return Rational(small(random), 2) * Form(t.x) + Rational(small(random)) * Form(t.y) +
           Rational(small(random), 3) * Form(t.z) + small(random);
  };
  for (int trial = 0; trial < 50; ++trial) {
    const Form a = form(), b = form();
    const Rational factor(small(random), 5);
    for (const Point& point : t.corners(a)) {
      const Rational f = value(a, point.at), g = value(b, point.at);
      CHECK(value(a + b, point.at) == f + g);
      CHECK(value(a - b, point.at) == f - g);
      CHECK(value(-a, point.at) == -f);
      CHECK(value(factor * a, point.at) == factor * f);
    }
    CHECK((a - a).is_constant());  // no zero coefficients are kept
  }
}

TEST_CASE("a form's range is the smallest that holds it, as long as no gadget knows more") {
  const Case t;
  for (const Form& form : {Form(t.x), Form(t.x) + t.y, Rational(2) * Form(t.x) - t.y + 1,
                           Form(t.x) - t.x + t.y, Rational(-1, 2) * (Form(t.y) - t.z), Form(5)})
    CHECK(same(form.range(), t.brute_force(form)));
}

TEST_CASE("what a gadget has proved of a form narrows every form made from it") {
  const Case t;
  const Form known = (Form(t.x) + t.y).within({0, 2});
  CHECK(same(known.range(), {0, 2}));
  CHECK(same((known + 1).range(), {1, 3}));
  CHECK(same((Rational(-2) * known).range(), {-4, 0}));
  CHECK(same((known - t.y).range(), {-2, 2}));  // from the gadget -4..2, from the registers -2..3
  CHECK(same(known.within({-9, 1}).range(), {0, 1}));
  CHECK_THROWS_AS(known.within({3, 4}), std::logic_error);
}

TEST_CASE("forms are shown as people write them") {
  const Case t;
  CHECK(to_string(Form()) == "0");
  CHECK(to_string(Form(-3)) == "-3");
  CHECK(to_string(Form(t.x)) == "x");
  CHECK(to_string(-Form(t.x) + Rational(2) * Form(t.y) - 1) == "-x + 2·y - 1");
  CHECK(to_string(Rational(1, 2) - Rational(3, 4) * Form(t.y)) == "-3/4·y + 1/2");
}
