#include "constructions/residual/form.hpp"

namespace wrought {

namespace {

Range range_from_registers(const Form& form) {
  Range sum{form.constant(), form.constant()};
  for (const auto& [r, coefficient] : form.terms()) sum = sum + coefficient * r->range;
  return sum;
}

}  // namespace

Form Form::within(const Range& range) const {
  Form form = *this;
  form.range_ = intersection(form.range_, range);
  return form;
}

Form Form::at_any_token() const {
  Form form = *this;
  form.range_ = range_from_registers(form);
  return form;
}

Form& Form::operator+=(const Form& other) {
  constant_ += other.constant_;
  for (const auto& [r, coefficient] : other.terms_) {
    const auto [it, inserted] = terms_.try_emplace(r, coefficient);
    if (inserted) continue;
    it->second += coefficient;
    if (it->second == 0) terms_.erase(it);
  }
  // Terms that cancel narrow the range; what gadgets proved of the parts narrows it too.
  range_ = intersection(range_ + other.range_, range_from_registers(*this));
  return *this;
}

Form& Form::operator-=(const Form& other) { return *this += Rational(-1) * other; }

Form& Form::operator*=(const Rational& factor) {
  if (factor == 0) return *this = Form();
  constant_ *= factor;
  for (auto& [r, coefficient] : terms_) coefficient *= factor;
  range_ = factor * range_;
  return *this;
}

Form operator+(Form a, const Form& b) { return a += b; }
Form operator-(Form a, const Form& b) { return a -= b; }
Form operator-(Form a) { return a *= -1; }
Form operator*(const Rational& factor, Form a) { return a *= factor; }

std::string to_string(const Form& form) {
  std::string text;
  const auto append = [&text](const Rational& coefficient, const std::string& factor) {
    const Rational size = abs(coefficient);
    text += text.empty() ? (coefficient < 0 ? "-" : "") : (coefficient < 0 ? " - " : " + ");
    if (factor.empty())
      text += size.str();
    else
      text += size == 1 ? factor : size.str() + "·" + factor;
  };
  for (const auto& [r, coefficient] : form.terms()) append(coefficient, r->name);
  if (form.constant() != 0 || text.empty()) append(form.constant(), "");
  return text;
}

}  // namespace wrought
