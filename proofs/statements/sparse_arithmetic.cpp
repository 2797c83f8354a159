// Proposition 5.1, which the paper states without proof: a sparse Transformer of constant width for arithmetic.
#include <fmt/format.h>

#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/plain_chain.hpp"
#include "proofs/statements/log_precision.hpp"
#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

// The value of an expression by the rules of precedence, one symbol read at a time: nothing of leftmost handles.
class Evaluator {
 public:
  Evaluator(const Symbols& expression, std::int64_t p) : expression_(expression), p_(p), symbols_(p) {}

  std::int64_t value() { return sum(); }

 private:
  bool next_is(std::int64_t symbol) const { return at_ < expression_.size() && expression_[at_] == symbol; }

  std::int64_t atom() {
    const std::int64_t symbol = expression_.at(at_++);
    if (symbol != symbols_.open) return symbol;
    const std::int64_t inside = sum();
    ++at_;
    return inside;
  }

  // Operators of one rank, from the left.
  template <class Operand>
  std::int64_t chain(std::int64_t one, std::int64_t other, Operand operand) {
    std::int64_t result = operand();
    while (next_is(one) || next_is(other)) {
      const std::int64_t sign = expression_[at_++];
      result = combined(result, sign, operand(), p_);
    }
    return result;
  }

  std::int64_t product() {
    return chain(symbols_.times, symbols_.divide, [this] { return atom(); });
  }
  std::int64_t sum() {
    return chain(symbols_.plus, symbols_.minus, [this] { return product(); });
  }

  const Symbols& expression_;
  std::int64_t p_;
  ArithmeticSymbols symbols_;
  std::size_t at_ = 0;
};

// Whether the chains that the networks are compared with end in the right value.
struct Evaluated {
  bool right = true;
  std::size_t expressions = 0;
};

Evaluated evaluate_independently(Evidence& evidence, const std::vector<Case>& cases) {
  Evaluated result;
  for (const Case& c : cases) {
    const std::int64_t p = task_instance(c).parameters.at("p");
    for (const Inputs& inputs : inputs_of(c)) {
      ++result.expressions;
      result.right = result.right &&
                     evidence.run(c).construction->encode(inputs).answer == Evaluator(inputs[0], p).value();
    }
  }
  return result;
}

// B²/L within fixed bounds: B = Θ(√L).
bool has_block_of_root_order(const Sweep& all) {
  for (const Instance* instance : all) {
    const std::size_t square = instance->shape.block * instance->shape.block;
    if (square < instance->length() || square > 16 * instance->length()) return false;
  }
  return true;
}

// (cost/L√L)²
Rational cost_square(const Instance& instance) {
  const Rational L = instance.length();
  return Rational(instance.cost) * Rational(instance.cost) / (L * L * L);
}

Judgement constant_width(Evidence& evidence) {
  const Family family = plain_arithmetic_family();
  const Sweep all = sweep(evidence, family, AttentionKind::sparse);
  const Case small{"arithmetic-plain", 5, AttentionKind::sparse, {{"p", 2}}, true};
  std::vector<Case> cases{small};
  for (const std::int64_t size : family.sizes) cases.push_back(case_of(family, size, AttentionKind::sparse));
  const Evaluated evaluated = evaluate_independently(evidence, cases);
  const LogPrecision precision = log_precision(evidence, {family}, AttentionKind::sparse);
  const bool within = layers(*all.front()) <= 5 && heads(*all.front()) <= 5;
  const bool holds = all_verified(all) && evidence.run(small).verified() && has_constant_shape(all, width) &&
                     within && has_block_of_root_order(all) && evaluated.right &&
                     never_rises(all, cost_square) && precision.holds;
  return judged(
      holds, Verdict::verified,
      fmt::format("C5, built since the paper has no proof: {} layers, at most {} heads, D = {} and FFN "
                  "width {} at n = {} (L = {}), B = {} "
                  "with L <= B² <= 16L. Exact runs: every token right on one expression of full size "
                  "each and on all {} over F_2 with n "
                  "<= 5; the answers are those of an evaluator by precedence ({} expressions). "
                  "cost/(L√L) falls; {}. Proof: "
                  "docs/theorems.md{}{}",
                  change_text(all, layers), change_text(all, heads), change_text(all, width),
                  change_text(all, ffn_width), fmt::join(family.sizes, ", "), lengths_text(all),
                  values_text(all, block), evidence.run(small).inputs, evaluated.expressions, precision.text,
                  failures_text(all), evidence.run(small).failure));
}

}  // namespace

std::vector<Statement> sparse_arithmetic() {
  return {{"5.1",
           "sparse attention with B = Θ(√L), 5 layers, 5 heads and constant D: arithmetic for all "
           "expressions of length <= n, cost O(L√L)",
           "wrought scale arithmetic-plain --sizes 5,9,17,33 --attention sparse", constant_width}};
}

}  // namespace wrought::statements
