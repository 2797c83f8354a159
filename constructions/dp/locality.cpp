#include "constructions/dp/locality.hpp"

#include <algorithm>

namespace wrought {

namespace {

// What takes the place of a length.
struct Substitution {
  Polynomial::Variable length;
  Polynomial by;
};

// A number that is at least 0, besides the lengths.
constexpr Polynomial::Variable slack = 2'000'000;

// n = rest (+ a number >= 0), where `difference` = ±(n - rest) is 0 (or at least 0) and n occurs in it alone and once.
std::vector<Substitution> solved(const Polynomial& difference, bool is_zero) {
  std::vector<Substitution> result;
  for (const auto& [exponents, coefficient] : difference.terms()) {
    const bool alone = exponents.size() == 1 && exponents.begin()->second == 1;
    if (!alone || (coefficient != 1 && !(is_zero && coefficient == -1))) continue;
    const Polynomial::Variable n = exponents.begin()->first;
    const Polynomial rest =
        Polynomial(-coefficient) * (difference - Polynomial::monomial(exponents, coefficient));
    result.push_back({n, is_zero ? rest : rest + Polynomial::variable(slack)});
  }
  return result;
}

// What the requirements say of lengths: equations, which hold together, and inequalities, each to be used alone.
struct Facts {
  std::vector<Substitution> equations, inequalities;
};

Facts facts_of(const Problem& problem) {
  Facts facts;
  Variables variables(problem);
  for (const Requirement& requirement : problem.requirements) {
    const ExprVariant& kind = requirement.condition.node().kind;
    if (const auto* zero = std::get_if<expr::IsZero>(&kind)) {
      const auto equations = solved(variables.polynomial(zero->difference), true);
      if (!equations.empty()) facts.equations.push_back(equations.front());
    }
    if (const auto* not_negative = std::get_if<expr::IsNonNegative>(&kind))
      for (const Substitution& s : solved(variables.polynomial(not_negative->difference), false))
        facts.inequalities.push_back(s);
  }
  return facts;
}

Polynomial with_equations(Polynomial p, const Facts& facts) {
  for (const Substitution& s : facts.equations) p = p.substitute(s.length, s.by);
  return p;
}

// Whether p >= 0 wherever all lengths are at least 1, by its coefficients in the lengths less 1.
bool has_no_negative_part(Polynomial p, const Problem& problem) {
  const Variables variables(problem);
  for (std::size_t k = 0; k < problem.inputs.size(); ++k)
    p = p.substitute(variables.length(k), Polynomial::variable(variables.length(k)) + 1);
  return std::all_of(p.terms().begin(), p.terms().end(), [](const auto& term) { return term.second > 0; });
}

// Adds a formula unless one that is there is at least as large, and drops those that it makes idle.
void add(LargestOf& formulas, const Polynomial& p, const Problem& problem) {
  if (std::any_of(formulas.begin(), formulas.end(),
                  [&](const Polynomial& f) { return is_at_least(f, p, problem); }))
    return;
  std::erase_if(formulas, [&](const Polynomial& f) { return is_at_least(p, f, problem); });
  formulas.push_back(p);
}

// The least value of a loop variable, as a formula in the lengths.
Polynomial lowest(const Problem& problem, std::size_t loop, Variables& variables) {
  return extreme_over_loops(variables.polynomial(problem.loops[loop].lo), loop, false, problem, variables);
}

void require_loops_from_zero(const Problem& problem, Variables& variables) {
  for (std::size_t v = 0; v < problem.loops.size(); ++v)
    if (!is_at_least(lowest(problem, v, variables), 0, problem))
      throw Inadmissible(
          "the loop `" + problem.loops[v].name + "` of " + problem.name +
          " may go below 0, where distances have no formula in the lengths alone; let it start at 0");
}

void require_in_lengths(const Polynomial& bound, const Dependency& d, const Variables& variables) {
  for (const auto& [exponents, coefficient] : bound.terms())
    for (const auto& [v, exponent] : exponents)
      if (!variables.is_length(v))
        throw Inadmissible("how far back `" + to_string(d.expression) + "` stands depends on `" +
                           variables.name(v) + "`, which no formula in the lengths bounds; state a bound");
}

}  // namespace

bool is_at_least(const Polynomial& a, const Polynomial& b, const Problem& problem) {
  const Facts facts = facts_of(problem);
  const Polynomial difference = with_equations(a - b, facts);
  if (has_no_negative_part(difference, problem)) return true;
  return std::any_of(facts.inequalities.begin(), facts.inequalities.end(), [&](const Substitution& s) {
    return has_no_negative_part(difference.substitute(s.length, s.by), problem);
  });
}

Locality locality(const Problem& problem) {
  Locality result;
  Variables variables(problem);
  const Facts facts = facts_of(problem);
  require_loops_from_zero(problem, variables);
  for (const Dependency& d : dependencies(problem, variables)) {
    const Polynomial bound = with_equations(distance_bound(problem, d, variables), facts);
    require_in_lengths(bound, d, variables);
    add(result.m, bound, problem);
    if (problem.repetition) continue;
    const bool is_symbol = std::holds_alternative<expr::Symbol>(d.expression.node().kind);
    add(is_symbol ? result.inputs : result.states, bound, problem);
  }
  return result;
}

Integer largest_at(const Problem& problem, const LargestOf& formulas,
                   const std::vector<std::int64_t>& lengths) {
  const Variables variables(problem);
  Rational largest = 1;
  for (const Polynomial& p : formulas)
    largest = std::max(largest, p.evaluate([&](Polynomial::Variable v) {
      return Rational(lengths.at(variables.sequence_of(v)));
    }));
  return floor(largest);
}

bool is_local(const Integer& m, const Integer& length) { return 2 * m <= length; }

std::string to_string(const LargestOf& formulas, const Variables& variables) {
  std::string text;
  for (const Polynomial& p : formulas)
    text +=
        (text.empty() ? "" : ", ") + to_string(p, [&](Polynomial::Variable v) { return variables.name(v); });
  return formulas.size() == 1 ? text : "max(" + text + ")";
}

}  // namespace wrought
