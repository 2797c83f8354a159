#include "cli/expected_quantities.hpp"

#include <algorithm>

#include "constructions/dp/positions.hpp"

namespace wrought::cli {

namespace {

class Expectation {
 public:
  Expectation(const Construction& construction, const Inputs& inputs, const ChainOfThought& chain,
              std::size_t position)
      : problem_(construction.problem),
        format_(construction.format),
        inputs_(inputs),
        chain_(chain),
        position_(position),
        token_(token_at(position)) {}

  Expectations derive() {
    for (std::size_t k = 0; k < inputs_.size(); ++k)
      expected_["length(" + problem_.inputs[k].name + ")"] = Integer(inputs_[k].size());
    expected_["done"] = Integer(format_.is_answer(token_) ? 1 : 0);
    derive_next_state();
    derive_dependencies();
    return expected_;
  }

 private:
  // After the last state there is none.
  void derive_next_state() {
    for (std::size_t k = 0; k < problem_.loops.size(); ++k) {
      std::optional<Integer>& next = expected_["next " + problem_.loops[k].name];
      if (format_.is_state(token_)) next = Integer(token_[format_.coordinate(k)]);
    }
  }

  void derive_dependencies() {
    Variables variables(problem_);
    for (const Dependency& d : dependencies(problem_, variables))
      if (const std::optional<Rational> distance = distance_of(d, variables)) derive_dependency(d, *distance);
  }

  void derive_dependency(const Dependency& d, const Rational& distance) {
    const std::string name = to_string(d.expression);
    expected_[name] = expected_["position " + name] = std::nullopt;
    if (!format_.is_state(token_) || distance < 1 || distance > position_) return;
    const std::size_t found = position_ - static_cast<std::size_t>(numerator(distance));
    if (!is_that(d, found)) return;
    expected_["position " + name] = Integer(found);
    expected_[name] = Integer(token_at(found)[format_.value(d.field)]);
  }

  // If it follows from coordinates and lengths alone.
  std::optional<Rational> distance_of(const Dependency& d, const Variables& variables) const {
    bool is_known = true;
    const Rational distance = d.distance.evaluate([&](Polynomial::Variable v) -> Rational {
      if (variables.is_loop(v)) return token_[format_.coordinate(v)];
      if (variables.is_length(v)) return inputs_[variables.sequence_of(v)].size();
      is_known = false;
      return 0;
    });
    return is_known ? std::optional(distance) : std::nullopt;
  }

  // The formulas may speak of another branch of the transition than the one at hand.
  bool is_that(const Dependency& d, std::size_t found) const {
    Environment environment;
    environment.loop = [this](const expr::LoopVariable& v) { return token_[format_.coordinate(v.index)]; };
    environment.length = [this](const expr::Length& n) {
      return static_cast<std::int64_t>(inputs_[n.sequence].size());
    };
    const Token& token = token_at(found);
    const ExprVariant& kind = d.expression.node().kind;
    if (const auto* symbol = std::get_if<expr::Symbol>(&kind)) {
      const std::int64_t index = evaluate(symbol->index, environment);
      const auto length = static_cast<std::int64_t>(inputs_[symbol->sequence].size());
      return 1 <= index && index <= length &&
             found == first_symbol(symbol->sequence) + static_cast<std::size_t>(index) - 1;
    }
    const auto* state = std::get_if<expr::StateValue>(&kind);
    if (!state || !format_.is_state(token)) return false;
    for (std::size_t k = 0; k < state->coordinates.size(); ++k)
      if (evaluate(state->coordinates[k], environment) != token[format_.coordinate(k)]) return false;
    return true;
  }

  std::size_t first_symbol(std::size_t sequence) const {
    std::size_t position = format_.has_bos() ? 1 : 0;
    for (std::size_t k = 0; k < sequence; ++k) position += inputs_[k].size() + 1;
    return position;
  }

  const Token& token_at(std::size_t position) const {
    const std::size_t prompt = chain_.prompt.size();
    return position < prompt ? chain_.prompt[position] : chain_.generated.at(position - prompt);
  }

  const Problem& problem_;
  const TokenFormat& format_;
  const Inputs& inputs_;
  const ChainOfThought& chain_;
  std::size_t position_;
  const Token& token_;
  Expectations expected_;
};

}  // namespace

Expectations expected_quantities(const Construction& construction, const Inputs& inputs,
                                 const ChainOfThought& chain, std::size_t position) {
  if (construction.format.is_plain()) return {};
  return Expectation(construction, inputs, chain, position).derive();
}

}  // namespace wrought::cli
