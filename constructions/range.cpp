#include "constructions/range.hpp"

#include <algorithm>
#include <stdexcept>

namespace wrought {

Range operator+(const Range& a, const Range& b) { return {a.lo + b.lo, a.hi + b.hi}; }

Range operator*(const Rational& factor, const Range& a) {
  const Rational x = factor * a.lo, y = factor * a.hi;
  return {std::min(x, y), std::max(x, y)};
}

Range operator*(const Range& a, const Range& b) { return hull(a.lo * b, a.hi * b); }

Range hull(const Range& a, const Range& b) { return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)}; }

Range intersection(const Range& a, const Range& b) {
  const Range both{std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
  if (both.lo > both.hi) throw std::logic_error("two ranges of the same number do not overlap");
  return both;
}

Rational magnitude(const Range& range) { return std::max<Rational>(abs(range.lo), abs(range.hi)); }

}  // namespace wrought
