// Closed ranges of values. Every bound in a gadget is computed from them.
#pragma once

#include "verifier/numbers/rational.hpp"

namespace wrought {

// lo <= hi.
struct Range {
  Rational lo, hi;
};

Range operator+(const Range& a, const Range& b);
Range operator*(const Rational& factor, const Range& a);
Range operator*(const Range& a, const Range& b);
Range hull(const Range& a, const Range& b);
// What two ranges that hold the same number say together. They must overlap.
Range intersection(const Range& a, const Range& b);
// The largest |x| in the range.
Rational magnitude(const Range& range);

}  // namespace wrought
