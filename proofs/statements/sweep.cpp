#include "proofs/statements/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace wrought::statements {

namespace {

// m inputs, their separator, m² - m - 2 steps and the answer: L = m².
TaskParameters square_length(std::int64_t m) { return {{"steps", m * m - m - 2}}; }

// Few symbols and short inputs, so that all inputs are few.
Case small_case(const std::string& task) {
  if (task == "edit-distance" || task == "local-edit-distance") return {task, 2, {}, {{"alphabet", 2}}};
  if (task == "banded-edit-distance") return {task, 2, {}, {{"alphabet", 2}, {"band", 1}}};
  if (task == "lis") return {task, 4, {}, {{"values", 2}}};
  if (task == "reversed-sums") return {task, 4, {}, {{"modulus", 3}}};
  if (task == "lagged-recurrence") return {task, 4, {}, {{"modulus", 3}, {"steps", 10}}};
  return {task, 5, {}, {{"p", 2}}};
}

}  // namespace

const std::vector<Family>& general_families() {
  static const std::vector<Family> families{{"edit-distance", {4, 8, 16}},
                                            {"lis", {4, 8, 16}},
                                            {"reversed-sums", {8, 32, 128}},
                                            {"banded-edit-distance", {4, 8, 16}, {}, false}};
  return families;
}

Family lagged_family(std::vector<std::int64_t> sizes) {
  return {"lagged-recurrence", std::move(sizes), square_length};
}

const std::vector<Family>& local_families() {
  static const std::vector<Family> families{
      lagged_family({8, 16, 32}), {"local-edit-distance", {4, 8, 16}}, {"arithmetic", {7, 15, 31}}};
  return families;
}

Family plain_arithmetic_family() { return {"arithmetic-plain", {5, 9, 17, 33}}; }

std::vector<Family> all_families() {
  std::vector<Family> families = general_families();
  families.insert(families.end(), local_families().begin(), local_families().end());
  return families;
}

std::vector<Case> exhaustive_cases(const std::vector<Family>& families, AttentionKind attention) {
  std::vector<Case> cases;
  for (const Family& family : families) {
    Case c = small_case(family.task);
    c.attention = attention;
    c.on_every_input = true;
    cases.push_back(std::move(c));
  }
  return cases;
}

Case case_of(const Family& family, std::int64_t size, AttentionKind attention) {
  return {family.task, size, attention, family.parameters ? family.parameters(size) : TaskParameters{}};
}

Sweep sweep(Evidence& evidence, const Family& family, AttentionKind attention) {
  Sweep result;
  for (const std::int64_t size : family.sizes)
    result.push_back(&evidence.run(case_of(family, size, attention)));
  return result;
}

Rational layers(const Instance& instance) { return instance.shape.layers; }
Rational heads(const Instance& instance) { return instance.shape.heads; }
Rational width(const Instance& instance) { return instance.shape.width; }
Rational ffn_width(const Instance& instance) { return instance.shape.ffn_width; }
Rational paper_width(const Instance& instance) { return instance.shape.paper_width; }
Rational block(const Instance& instance) { return instance.shape.block; }
Rational width_beyond_block(const Instance& instance) { return width(instance) - block(instance); }

bool is_ceil_sqrt(std::size_t root, std::size_t n) {
  return root * root >= n && (root == 0 || (root - 1) * (root - 1) < n);
}

bool all_verified(const Sweep& sweep) {
  return std::all_of(sweep.begin(), sweep.end(),
                     [](const Instance* instance) { return instance->verified(); });
}

bool is_constant(const Sweep& sweep, const Measure& measure) {
  return std::all_of(sweep.begin(), sweep.end(),
                     [&](const Instance* instance) { return measure(*instance) == measure(*sweep.front()); });
}

bool never_rises(const Sweep& sweep, const Measure& measure) {
  return std::is_sorted(sweep.rbegin(), sweep.rend(),
                        [&](const Instance* a, const Instance* b) { return measure(*a) < measure(*b); });
}

bool has_constant_shape(const Sweep& sweep, const Measure& measure_of_width) {
  return is_constant(sweep, layers) && is_constant(sweep, heads) && is_constant(sweep, measure_of_width);
}

std::size_t inputs_run(const Sweep& sweep) {
  std::size_t total = 0;
  for (const Instance* instance : sweep) total += instance->inputs;
  return total;
}

std::size_t tokens_run(const Sweep& sweep) {
  std::size_t total = 0;
  for (const Instance* instance : sweep) total += instance->tokens;
  return total;
}

std::string decimal(const Rational& number) {
  return denominator(number) == 1 ? to_string(number) : fmt::format("{:.2f}", nearest_double(number));
}

std::string values_text(const Sweep& sweep, const Measure& measure) {
  std::string text;
  for (const Instance* instance : sweep) text += (text.empty() ? "" : ", ") + decimal(measure(*instance));
  return text;
}

std::string change_text(const Sweep& sweep, const Measure& measure) {
  if (is_constant(sweep, measure)) return decimal(measure(*sweep.front()));
  return decimal(measure(*sweep.front())) + " → " + decimal(measure(*sweep.back()));
}

std::string lengths_text(const Sweep& sweep) {
  return fmt::format("{}…{}", sweep.front()->length(), sweep.back()->length());
}

std::string failures_text(const Sweep& sweep) {
  std::string text;
  for (const Instance* instance : sweep)
    if (!instance->verified())
      text += fmt::format("; at L = {} not verified: {}", instance->length(), instance->failure);
  return text;
}

Exhausted run_on_every_input(Evidence& evidence, const std::vector<Family>& families,
                             AttentionKind attention) {
  Exhausted result;
  for (const Case& c : exhaustive_cases(families, attention)) {
    const Instance& instance = evidence.run(c);
    result.inputs += instance.inputs;
    if (instance.verified()) continue;
    result.verified = false;
    result.failure += "; " + text(c) + " not verified: " + instance.failure;
  }
  return result;
}

}  // namespace wrought::statements
