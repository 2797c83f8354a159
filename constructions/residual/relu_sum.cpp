#include "constructions/residual/relu_sum.hpp"

namespace wrought {

ReluSum& ReluSum::operator+=(const ReluSum& other) {
  linear += other.linear;
  units.insert(units.end(), other.units.begin(), other.units.end());
  uses.insert(uses.end(), other.uses.begin(), other.uses.end());
  range = range + other.range;
  return *this;
}

ReluSum operator+(ReluSum a, const ReluSum& b) { return a += b; }

ReluSum operator-(ReluSum a, const ReluSum& b) { return std::move(a) + Rational(-1) * b; }

ReluSum operator*(const Rational& factor, ReluSum a) {
  a.linear *= factor;
  for (HiddenUnit& unit : a.units) unit.weight *= factor;
  for (GadgetUse& use : a.uses) {
    use.linear *= factor;
    use.factor *= factor;
  }
  a.range = factor * a.range;
  return a;
}

ReluSum instance_of(std::string gadget, std::vector<Form> arguments, std::vector<Rational> numbers, ReluSum sum) {
  sum.uses = {{std::move(gadget), std::move(arguments), std::move(numbers), sum.linear}};
  return sum;
}

ReluSum linear(const Form& form) { return {form, {}, form.range(), {}}; }

ReluSum with_range(ReluSum sum, Range range) {
  sum.range = std::move(range);
  return sum;
}

}  // namespace wrought
