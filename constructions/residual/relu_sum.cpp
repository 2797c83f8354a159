#include "constructions/residual/relu_sum.hpp"

namespace wrought {

ReluSum operator+(ReluSum a, const ReluSum& b) {
  a.linear += b.linear;
  a.units.insert(a.units.end(), b.units.begin(), b.units.end());
  a.range = a.range + b.range;
  return a;
}

ReluSum operator-(ReluSum a, const ReluSum& b) { return std::move(a) + Rational(-1) * b; }

ReluSum operator*(const Rational& factor, ReluSum a) {
  a.linear *= factor;
  for (HiddenUnit& unit : a.units) unit.weight *= factor;
  a.range = factor * a.range;
  return a;
}

ReluSum linear(const Form& form) { return {form, {}, form.range()}; }

ReluSum with_range(ReluSum sum, Range range) {
  sum.range = std::move(range);
  return sum;
}

}  // namespace wrought
