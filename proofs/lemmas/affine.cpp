#include "proofs/lemmas/affine.hpp"

#include <algorithm>

namespace wrought::lemmas {

Span operator+(const Span& a, const Span& b) {
  Span sum;
  if (a.lo && b.lo) sum.lo = *a.lo + *b.lo;
  if (a.hi && b.hi) sum.hi = *a.hi + *b.hi;
  return sum;
}

Span operator*(const Rational& factor, const Span& a) {
  if (factor == 0) return Span::at(0);
  Span product;
  if (a.lo) product.lo = factor * *a.lo;
  if (a.hi) product.hi = factor * *a.hi;
  if (factor < 0) std::swap(product.lo, product.hi);
  return product;
}

std::optional<Rational> magnitude(const Span& span) {
  if (!span.is_bounded()) return std::nullopt;
  return std::max<Rational>(abs(*span.lo), abs(*span.hi));
}

std::string to_string(const Span& span) {
  if (span.is_bounded() && *span.lo == *span.hi) return wrought::to_string(*span.lo);
  return (span.lo ? "[" + wrought::to_string(*span.lo) : "(-oo") + ", " +
         (span.hi ? wrought::to_string(*span.hi) + "]" : "oo)");
}

Affine Affine::parameter(std::size_t i) {
  Affine result;
  result.slopes.resize(i + 1);
  result.slopes[i] = 1;
  return result;
}

Affine& Affine::operator+=(const Affine& other) {
  constant += other.constant;
  if (slopes.size() < other.slopes.size()) slopes.resize(other.slopes.size());
  for (std::size_t i = 0; i < other.slopes.size(); ++i) slopes[i] += other.slopes[i];
  return *this;
}

Affine& Affine::operator*=(const Rational& factor) {
  constant *= factor;
  for (Rational& slope : slopes) slope *= factor;
  return *this;
}

Affine operator+(Affine a, const Affine& b) { return a += b; }
Affine operator-(Affine a, const Affine& b) { return a += Rational(-1) * b; }
Affine operator*(const Rational& factor, Affine a) { return a *= factor; }

Span range_over(const Affine& function, const Box& box) {
  Span range = Span::at(function.constant);
  for (std::size_t i = 0; i < function.slopes.size(); ++i)
    if (function.slopes[i] != 0) range = range + function.slopes[i] * box.at(i);
  return range;
}

Affine substitute(const Form& form, const Values& values) {
  Affine result = form.constant();
  for (const auto& [r, coefficient] : form.terms()) result += coefficient * values.at(r);
  return result;
}

}  // namespace wrought::lemmas
