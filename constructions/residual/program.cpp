#include "constructions/residual/program.hpp"

#include <algorithm>

namespace wrought {

namespace {

Range relu_range(const Range& argument) {
  return {std::max<Rational>(argument.lo, 0), std::max<Rational>(argument.hi, 0)};
}

}  // namespace

Program::Program(std::size_t max_length)
    : max_length_(max_length), one_(position("1", std::vector<std::int64_t>(max_length, 1))) {}

Register Program::declare(std::string name, Range range) {
  registers_.push_back({registers_.size(), std::move(name), std::move(range)});
  return &registers_.back();
}

Register Program::token(std::string name, std::size_t coordinate, Range range) {
  const Register r = declare(std::move(name), std::move(range));
  token_registers_.push_back({r, coordinate});
  return r;
}

Register Program::position(std::string name, std::vector<std::int64_t> values) {
  const auto [lo, hi] = std::minmax_element(values.begin(), values.end());
  const Register r = declare(std::move(name), {*lo, *hi});
  position_registers_.push_back({r, std::move(values)});
  return r;
}

Form Program::compute(const std::string& name, const ReluSum& sum) {
  if (sum.units.empty()) return sum.linear;
  // The linear part stays a form: only the hidden units need a register.
  Range units{0, 0};
  for (const HiddenUnit& unit : sum.units) units = units + unit.weight * relu_range(unit.argument.range());
  const Register r = declare(name, intersection(units, sum.range + Rational(-1) * sum.linear.range()));
  Step step;
  step.name = name;
  step.feed_forward.outputs.push_back({r, {Form(), sum.units, r->range, sum.uses}, sum.linear});
  steps_.push_back(std::move(step));
  return (sum.linear + Form(r)).within(sum.range);
}

std::vector<Register> Program::compute_all(const std::string& name, const std::vector<ReluSum>& sums,
                                           std::optional<StepId> not_before) {
  Step step;
  step.name = name;
  std::vector<Register> results;
  for (const ReluSum& sum : sums) {
    results.push_back(declare(name + "[" + std::to_string(results.size()) + "]", sum.range));
    step.feed_forward.outputs.push_back({results.back(), sum});
  }
  if (not_before) step.not_before.push_back(*not_before);
  steps_.push_back(std::move(step));
  return results;
}

StepId Program::attend(std::string name, AttentionStep attention) {
  Step step;
  step.name = std::move(name);
  step.is_attention = true;
  step.attention = std::move(attention);
  steps_.push_back(std::move(step));
  return last_step();
}

Form Program::claim(std::string lemma, std::vector<Form> arguments, std::vector<Rational> numbers, Form conclusion) {
  claims_.push_back({std::move(lemma), std::move(arguments), std::move(numbers), conclusion, steps_.size()});
  return conclusion;
}

void Program::output(std::size_t coordinate, Form form) {
  if (outputs_.size() <= coordinate) outputs_.resize(coordinate + 1);
  outputs_[coordinate] = std::move(form);
}

std::vector<Register> written_by(const Step& step) {
  std::vector<Register> targets;
  for (const auto& output : step.feed_forward.outputs) targets.push_back(output.target);
  for (const HeadSpec& head : step.attention.heads)
    for (const HeadValue& value : head.values) targets.push_back(value.target);
  for (const auto& [fresh, old] : step.attention.accumulated) targets.push_back(fresh);
  std::sort(targets.begin(), targets.end(), RegisterOrder{});
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  return targets;
}

}  // namespace wrought
