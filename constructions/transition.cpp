#include "constructions/transition.hpp"

#include <optional>

#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/minimum.hpp"
#include "constructions/gadgets/select.hpp"
#include "constructions/gadgets/staircase.hpp"
#include "constructions/gadgets/table.hpp"

namespace wrought {

namespace {

// ⌊x/divisor⌋ for x anywhere in its range, below 0 too.
ReluSum quotient(const Form& x, std::int64_t divisor) {
  const Integer lowest = floor(x.range().lo / divisor), highest = floor(x.range().hi / divisor);
  const Form shifted = x - Rational(lowest * divisor);
  return linear(lowest) + staircase(shifted, divisor, highest - lowest + 1);
}

ReluSum remainder(const Form& x, std::int64_t divisor) {
  return with_range(linear(x) - Rational(divisor) * quotient(x, divisor), {0, divisor - 1});
}

// The coefficient of the linear term of a polynomial in one variable.
std::optional<Rational> linear_slope(const Polynomial& polynomial) {
  for (const auto& [exponents, coefficient] : polynomial.terms())
    if (exponents.begin()->second == 1) return coefficient;
  return {};
}

std::vector<Rational> rationals(const std::vector<std::int64_t>& values) { return {values.begin(), values.end()}; }

}  // namespace

Form ExpressionCompiler::compile(const Expr& expression) {
  const std::string text = to_string(expression);
  const auto found = known_.find(text);
  if (found != known_.end()) return found->second;
  return known_.emplace(text, compile_new(expression)).first->second;
}

Form ExpressionCompiler::compile_new(const Expr& e) {
  const auto emit = [&](const ReluSum& sum) { return program_.compute(to_string(e), sum); };
  const ExprVariant& kind = e.node().kind;
  if (const auto* constant = std::get_if<expr::Constant>(&kind)) return Rational(constant->value);
  if (const auto* sum = std::get_if<expr::Sum>(&kind)) {
    Form form = Rational(sum->constant);
    for (const auto& [factor, term] : sum->terms) form += Rational(factor) * compile(term);
    return form;
  }
  if (const auto* c = std::get_if<expr::IsZero>(&kind)) return emit(equals(compile(c->difference), 0));
  if (const auto* c = std::get_if<expr::IsNonNegative>(&kind)) return emit(at_least(compile(c->difference), 0));
  if (const auto* n = std::get_if<expr::Not>(&kind)) return 1 - compile(n->condition);
  if (const auto* c = std::get_if<expr::And>(&kind)) return emit(at_least(compile(c->a) + compile(c->b), 2));
  if (const auto* c = std::get_if<expr::Or>(&kind)) return emit(at_least(compile(c->a) + compile(c->b), 1));
  if (const auto* g = std::get_if<expr::Gated>(&kind)) return emit(gate(compile(g->value), compile(g->condition)));
  if (const auto* m = std::get_if<expr::Minimum>(&kind)) return emit(minimum(compile(m->a), compile(m->b)));
  if (const auto* m = std::get_if<expr::Maximum>(&kind)) return emit(maximum(compile(m->a), compile(m->b)));
  if (const auto* c = std::get_if<expr::Choice>(&kind))
    return emit(select(compile(c->condition), compile(c->then), compile(c->otherwise)));
  if (const auto* t = std::get_if<expr::Lookup>(&kind))
    return emit(table(compile(t->argument), t->first, rationals(t->values)));
  if (const auto* q = std::get_if<expr::Quotient>(&kind)) return emit(quotient(compile(q->argument), q->divisor));
  if (const auto* r = std::get_if<expr::Remainder>(&kind)) return emit(remainder(compile(r->argument), r->divisor));
  return leaf_(e);
}

Form compile_polynomial(Program& program, const std::string& name, const Polynomial& polynomial,
                        const std::function<Form(Polynomial::Variable)>& value) {
  std::map<Polynomial::Variable, Polynomial> parts;  // the terms in each variable
  ReluSum sum = linear(0);
  for (const auto& [exponents, coefficient] : polynomial.terms()) {
    if (exponents.empty())
      sum = sum + linear(coefficient);
    else
      parts[exponents.begin()->first] += Polynomial::monomial(exponents, coefficient);
  }
  // A table takes what is not linear, and with it the fraction of the linear term: n²/2 - n/2 is an integer, n²/2 is not.
  for (const auto& [v, part] : parts) {
    Polynomial nonlinear = part;
    if (const std::optional<Rational> slope = linear_slope(part)) {
      const Rational whole = part.terms().size() == 1 ? *slope : Rational(floor(*slope));
      sum = sum + linear(whole * value(v));
      nonlinear += Polynomial::monomial({{v, 1}}, -whole);
    }
    if (nonlinear.is_zero()) continue;
    const Form x = value(v);
    const Integer first = floor(x.range().lo);
    std::vector<Rational> values;
    for (Integer n = first; n <= x.range().hi; ++n)
      values.push_back(nonlinear.evaluate([&](Polynomial::Variable) { return Rational(n); }));
    sum = sum + table(x, first, values);
  }
  return program.compute(name, sum);
}

}  // namespace wrought
