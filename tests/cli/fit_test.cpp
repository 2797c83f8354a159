#include "cli/scaling/fit.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace wrought::cli;

TEST_CASE("a power law is found exactly") {
  const auto law = fit_power_law({{1, 3}, {4, 6}, {9, 9}, {100, 30}});  // 3 √x
  REQUIRE(law);
  CHECK(law->exponent == doctest::Approx(0.5));
  CHECK(law->factor == doctest::Approx(3));
  CHECK(law->misfit < 1e-12);
}

TEST_CASE("a constant is told apart from growth") {
  const auto law = fit_shifted_power_law({{36, 34}, {100, 38}, {324, 46}, {1156, 62}});  // 28 + √x
  REQUIRE(law);
  CHECK(law->constant == 28);
  CHECK(law->law.exponent == doctest::Approx(0.5));
  CHECK(law->law.misfit < 1e-9);
}

TEST_CASE("what never changes has exponent 0 and no constant") {
  const auto law = fit_shifted_power_law({{10, 17}, {100, 17}, {1000, 17}});
  REQUIRE(law);
  CHECK(law->constant == 0);
  CHECK(law->law.exponent == doctest::Approx(0));
}

TEST_CASE("the misfit is the root mean square of the logarithms") {
  // Residuals of ln y are +a, -a, -a, +a around a constant.
  const double a = 0.1;
  const auto law = fit_power_law({{1, std::exp(a)}, {2, std::exp(-a)}, {4, std::exp(-a)}, {8, std::exp(a)}});
  REQUIRE(law);
  CHECK(law->exponent == doctest::Approx(0));
  CHECK(law->misfit == doctest::Approx(a));
}

TEST_CASE("too few points and numbers without a logarithm give no law") {
  CHECK_FALSE(fit_power_law({{1, 3}}));
  CHECK_FALSE(fit_power_law({{2, 3}, {2, 4}}));
  CHECK_FALSE(fit_power_law({{1, 0}, {2, 4}}));
  CHECK_FALSE(fit_shifted_power_law({{1, 3}, {2, 4}}));
}
