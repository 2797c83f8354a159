// Rational bounds of a number that MPFR holds.
//
// They are the number itself unless it is below 2^-(2^20) in absolute value, 0 aside: softmax and GeLU leave numbers like
// 2^-(10^10) behind, whose denominators would fill the memory. Such a number lies between 0 and ±2^-(2^20).
#pragma once

#include <mpfr.h>

#include "verifier/numbers/rational.hpp"

namespace wrought {

// x is finite.
Rational lower_bound(mpfr_srcptr x);
Rational upper_bound(mpfr_srcptr x);

}  // namespace wrought
