#include "cli/parse_number.hpp"

#include <doctest/doctest.h>

#include "cli/error.hpp"

using namespace wrought;
using namespace wrought::cli;

TEST_CASE("integers: the whole text, within the range") {
  CHECK(parse_integer("n", "12", 0, 20) == 12);
  CHECK(parse_integer("n", "-3", -5, 20) == -3);
  CHECK(parse_integer("n", "+007", 0, 20) == 7);
  CHECK(parse_integer("n", "9223372036854775807", 0, INT64_MAX) == INT64_MAX);
  for (const char* text :
       {"", "-", "x", "1x", " 1", "1 ", "1.0", "1e3", "0x10", "21", "-1", "9223372036854775808"})
    CHECK_THROWS_AS(parse_integer("n", text, 0, 20), UsageError);
  CHECK(parse_unsigned("seed", "18446744073709551615") == UINT64_MAX);
  CHECK_THROWS_AS(parse_unsigned("seed", "18446744073709551616"), UsageError);
  CHECK_THROWS_AS(parse_unsigned("seed", "-1"), UsageError);
}

TEST_CASE("positive numbers: fractions and decimals, taken exactly") {
  CHECK(parse_positive("kappa", "12") == 12);
  CHECK(parse_positive("kappa", "7/3") == Rational(7, 3));
  CHECK(parse_positive("kappa", "0.1") == Rational(1, 10));
  CHECK(parse_positive("kappa", "2.50") == Rational(5, 2));
  for (const char* text : {"", ".", "0", "-1", "0.0", "1/0", "1.2/3", "1,5", "1e3", "inf", "nan"})
    CHECK_THROWS_AS(parse_positive("kappa", text), UsageError);
}
