// One task at growing sizes: what stays the same, and what grows no faster than a given power.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proofs/statements/evidence.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought::statements {

// A task, its sizes, and how its parameters follow them.
struct Family {
  std::string task;
  std::vector<std::int64_t> sizes;  // increasing
  std::function<TaskParameters(std::int64_t size)> parameters = {};
  bool certify = true;  // also for all inputs; not where that takes more than a few seconds
};

// Those of the catalogue that are not local: edit-distance, lis, reversed-sums, banded-edit-distance.
const std::vector<Family>& general_families();

// Those that are m-local: lagged-recurrence with L = m², local-edit-distance, arithmetic.
const std::vector<Family>& local_families();

// x_t = x_{t-1} + x_{t-m} with L = m².
Family lagged_family(std::vector<std::int64_t> sizes);

// Arithmetic in its plain chain of thought.
Family plain_arithmetic_family();

// The general and the local ones.
std::vector<Family> all_families();

// One small network per family, run on every input of lengths up to its size.
std::vector<Case> exhaustive_cases(const std::vector<Family>& families, AttentionKind attention);

Case case_of(const Family& family, std::int64_t size, AttentionKind attention);

using Sweep = std::vector<const Instance*>;

// All sizes of a family under one kind of attention.
Sweep sweep(Evidence& evidence, const Family& family, AttentionKind attention);

using Measure = std::function<Rational(const Instance&)>;

// The measures of a network's shape.
Rational layers(const Instance& instance);  // M
Rational heads(const Instance& instance);   // H, most in one layer
Rational width(const Instance& instance);   // D
Rational ffn_width(const Instance& instance);
Rational paper_width(const Instance& instance);         // with feed-forward blocks and heads counted
Rational width_beyond_block(const Instance& instance);  // D - B
Rational block(const Instance& instance);               // B

// Whether root is ⌈√n⌉.
bool is_ceil_sqrt(std::size_t root, std::size_t n);

bool all_verified(const Sweep& sweep);
bool is_constant(const Sweep& sweep, const Measure& measure);
// Non-increasing in size: what is divided by grows at least as fast.
bool never_rises(const Sweep& sweep, const Measure& measure);
// M, H and the measure of the width are the same at every size.
bool has_constant_shape(const Sweep& sweep, const Measure& measure_of_width);

std::size_t inputs_run(const Sweep& sweep);
std::size_t tokens_run(const Sweep& sweep);

// "36, 100, 324"; rounded to two decimals where not whole.
std::string values_text(const Sweep& sweep, const Measure& measure);
// "17" or "15 → 30".
std::string change_text(const Sweep& sweep, const Measure& measure);
// "36…1156".
std::string lengths_text(const Sweep& sweep);
// What failed first, for people who read the evidence of an open verdict; empty if all is verified.
std::string failures_text(const Sweep& sweep);

std::string decimal(const Rational& number);

// Every input of the small cases, for one kind of attention.
struct Exhausted {
  bool verified = true;
  std::size_t inputs = 0;
  std::string failure;
};
Exhausted run_on_every_input(Evidence& evidence, const std::vector<Family>& families,
                             AttentionKind attention);

}  // namespace wrought::statements
