// Exact integers and rationals: what weights, bounds and certificates are made of.
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace wrought {

using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational =
    boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

// The largest integer <= x.
Integer floor(const Rational& x);

// The integer nearest to x; halfway cases go up: nearest(5/2) = 3, nearest(-5/2) = -2.
Integer nearest(const Rational& x);

// The double nearest to x, ties to even, rounded once also where the result is subnormal; +-infinity where
// |x| >= 2^1024 - 2^970. (GMP's own conversion truncates.)
double nearest_double(const Rational& x);

// "7/3", "-2", "0": lowest terms, no "/1".
std::string to_string(const Rational& x);

// Reads what to_string writes, and fractions not in lowest terms: an optional sign, decimal digits, and
// optionally "/" and decimal digits that are not all zero. Anything else is nullopt.
std::optional<Rational> parse_rational(std::string_view text);

}  // namespace wrought
