#include "constructions/absorption.hpp"

#include <algorithm>

#include "constructions/dp/positions.hpp"

namespace wrought {

namespace {

class Amplification {
 public:
  Amplification(const Problem& problem, Variables& variables) {
    for (const Dependency& d : dependencies(problem, variables))
      if (is_previous_token(d)) exact_.push_back(to_string(d.expression));
  }

  const Rational& largest() const { return largest_; }

  // The error of `e` over eps, given that all errors below it stay below 1/4.
  Rational of(const Expr& e) {
    const ExprVariant& kind = e.node().kind;
    if (std::holds_alternative<expr::Symbol>(kind) || std::holds_alternative<expr::StateValue>(kind) ||
        std::holds_alternative<expr::Back>(kind))
      return std::find(exact_.begin(), exact_.end(), to_string(e)) == exact_.end() ? 1 : 0;
    if (const auto* sum = std::get_if<expr::Sum>(&kind)) {
      Rational total = 0;
      for (const auto& [factor, term] : sum->terms) total += abs(Rational(factor)) * of(term);
      return total;
    }
    Rational worst = 0;
    for (const Expr& child : children(e)) worst = std::max(worst, of(child));
    largest_ = std::max(largest_, worst);
    // A condition, a table value and a quotient are decided; what is left of a number keeps its error.
    const bool decided = e.is_boolean() || std::holds_alternative<expr::Lookup>(kind) ||
                         std::holds_alternative<expr::Quotient>(kind);
    return decided ? Rational(0) : worst;
  }

  void note(const Rational& error) { largest_ = std::max(largest_, error); }

 private:
  std::vector<std::string> exact_;
  Rational largest_ = 1;
};

}  // namespace

std::optional<Rational> error_amplification(const Problem& problem) {
  Variables variables(problem);
  Amplification amplification(problem, variables);
  for (const Dependency& d : dependencies(problem, variables))
    for (const auto& [exponents, coefficient] : d.distance.terms())
      for (const auto& [v, exponent] : exponents)
        if (!variables.is_loop(v) && !variables.is_length(v) && amplification.of(variables.atom_of(v)) != 0)
          return std::nullopt;
  for (const Expr& e : problem.transition) amplification.note(amplification.of(e));
  amplification.note(amplification.of(problem.answer));
  return amplification.largest();
}

}  // namespace wrought
