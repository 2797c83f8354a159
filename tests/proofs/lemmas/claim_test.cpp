#include "proofs/lemmas/claim.hpp"

#include <doctest/doctest.h>

#include "constructions/gadgets/minimum.hpp"
#include "constructions/gadgets/threshold.hpp"
#include "proofs/lemmas/function_claim.hpp"
#include "proofs/lemmas/instance.hpp"

using namespace wrought;
using namespace wrought::lemmas;

namespace {

// x(1 - x) on [0, 1], whose largest value is 1/4.
FunctionClaim parabola(const Rational& bound) {
  return {"x(1 - x)", {{"x", Span::of(0, 1)}}, bound, [](const std::vector<Enclosed>& t) {
            return t[0] * (Enclosed(1) - t[0]);
          }};
}

// [x >= 0] for x in [-tolerance, oo).
std::unique_ptr<Claim> threshold_claim(const Rational& tolerance) {
  Arguments arguments;
  const Register x = arguments.add("x", {-1, 1});
  Parameters parameters;
  const Affine value = parameters.add("x", Span::from(-tolerance));
  return claim("[x >= 0]", parameters, at_least(x, 0), {{x, value}}, 1, {});
}

// min(x, y) where x >= y, both unbounded.
std::unique_ptr<Claim> minimum_claim(const ReluSum& (*change)(ReluSum&)) {
  Arguments arguments;
  const Register x = arguments.add("x", {0, 0}), y = arguments.add("y", {0, 0});
  Parameters parameters;
  const Affine smaller = parameters.add("y", Span::everything()),
               larger = smaller + parameters.add("x - y", Span::from(0));
  ReluSum sum = minimum(x, y);
  return claim("min(x, y)", parameters, change(sum), {{x, larger}, {y, smaller}}, smaller, {});
}

}  // namespace

TEST_CASE("prove: a bound above the largest value is proved, one below it is refuted at a point") {
  const Finding above = prove(parabola(Rational(26, 100)));
  CHECK(above.outcome == Outcome::proved);
  CHECK(above.boxes > 2);  // the whole interval at once does not prove it
  CHECK(above.tightness >= 0.9);
  const Finding below = prove(parabola(Rational(24, 100)));
  CHECK(below.outcome == Outcome::refuted);
  CHECK(below.witness.find("x = 1/2") != std::string::npos);
}

TEST_CASE("prove: too few boxes end in unknown, and so does a bound that is met exactly but never enclosed") {
  CHECK(prove(parabola(Rational(251, 1000)), {4, 1}).outcome == Outcome::unknown);
  const Finding met = prove(parabola(Rational(1, 4)), {200, 1});
  CHECK(met.outcome == Outcome::unknown);
  CHECK(met.boxes >= 200);
}

TEST_CASE("prove: unbounded parameters are covered") {
  CHECK(prove(*threshold_claim(Rational(1, 4))).outcome == Outcome::proved);
  CHECK(prove(*minimum_claim([](ReluSum& sum) -> const ReluSum& { return sum; })).outcome == Outcome::proved);
}

TEST_CASE("prove: a tolerance of 1/3 instead of 1/4 is refuted, at a stated point") {
  const Finding finding = prove(*threshold_claim(Rational(1, 3)));
  CHECK(finding.outcome == Outcome::refuted);
  CHECK(finding.witness.find("x = -1/3") != std::string::npos);
  CHECK(finding.witness.find("1/6") != std::string::npos);  // the value there is 5/6
}

TEST_CASE("prove: an identity that fails only far out is refuted") {
  const Finding finding = prove(*minimum_claim([](ReluSum& sum) -> const ReluSum& {
    sum.units[0].argument -= 100;
    return sum;
  }));
  CHECK(finding.outcome == Outcome::refuted);
}

TEST_CASE("Finding: the worst outcome of many stays, with its first witness") {
  Finding all;
  Finding unknown, refuted;
  unknown.outcome = Outcome::unknown;
  unknown.witness = "here";
  refuted.outcome = Outcome::refuted;
  refuted.witness = "there";
  all.add(unknown);
  all.add(refuted);
  all.add(unknown);
  CHECK(all.outcome == Outcome::refuted);
  CHECK(all.witness == "there");
}

TEST_CASE("range_over: exact, and infinite exactly where a slope meets an infinite end") {
  Parameters parameters;
  const Affine x = parameters.add("x", Span::of(-1, 2)), y = parameters.add("y", Span::from(3));
  const Span bounded = range_over(Rational(-2) * x + 1, parameters.box());
  CHECK(*bounded.lo == -3);
  CHECK(*bounded.hi == 3);
  const Span half = range_over(x - y, parameters.box());
  CHECK_FALSE(half.lo.has_value());
  CHECK(*half.hi == -1);
  CHECK(range_over(y - y + x, parameters.box()).is_bounded());
}
