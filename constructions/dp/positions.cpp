#include "constructions/dp/positions.hpp"

#include <algorithm>
#include <map>

#include "constructions/dp/ranges.hpp"

namespace wrought {

namespace {

Polynomial length_variable(const Problem& problem, std::size_t sequence) {
  return Polynomial::variable(Variables(problem).length(sequence));
}

Dependency dependency_on_symbol(const Problem& problem, const Expr& e, const expr::Symbol& symbol, Variables& variables) {
  const Polynomial position =
      first_symbol_position(problem, symbol.sequence) + variables.polynomial(symbol.index) - 1;
  return {e, 0, position, first_state_position(problem) + problem.rank - position,
          std::nullopt};
}

Dependency dependency_on_state(const Problem& problem, const Expr& e, const expr::StateValue& state,
                               Variables& variables) {
  // The coordinates replace the loop variables one by one; going through fresh variables keeps i -> j, j -> i apart.
  std::vector<Polynomial> coordinates;
  for (const Expr& c : state.coordinates) coordinates.push_back(variables.polynomial(c));
  const Polynomial::Variable fresh = 1'000'000;
  Polynomial rank = problem.rank;
  for (std::size_t v = 0; v < coordinates.size(); ++v) rank = rank.substitute(v, Polynomial::variable(fresh + v));
  for (std::size_t v = 0; v < coordinates.size(); ++v) rank = rank.substitute(fresh + v, coordinates[v]);
  return {e, state.field, first_state_position(problem) + rank, problem.rank - rank, std::nullopt};
}

// What a guard says of loop variables: i == 0 says that i is 0.
using Facts = std::map<Polynomial::Variable, Polynomial>;

void add_fact(const Expr& condition, Variables& variables, Facts& facts) {
  if (const auto* both = std::get_if<expr::And>(&condition.node().kind)) {
    add_fact(both->a, variables, facts);
    add_fact(both->b, variables, facts);
  }
  const auto* zero = std::get_if<expr::IsZero>(&condition.node().kind);
  if (!zero) return;
  const Polynomial difference = variables.polynomial(zero->difference);
  for (const auto& [exponents, coefficient] : difference.terms()) {
    if (exponents.size() != 1 || exponents.begin()->second != 1 || !variables.is_loop(exponents.begin()->first)) continue;
    const Polynomial::Variable v = exponents.begin()->first;
    const Polynomial rest = difference - Polynomial(coefficient) * Polynomial::variable(v);
    const bool only_constant = rest.is_zero() || (rest.terms().size() == 1 && rest.terms().begin()->first.empty());
    if (only_constant) facts[v] = Polynomial(-1 / coefficient) * rest;
    return;
  }
}

class Collector {
 public:
  Collector(const Problem& problem, Variables& variables) : problem_(problem), variables_(variables) {}

  void visit(const Expr& e, const Facts& facts) {
    if (const auto* choice = std::get_if<expr::Choice>(&e.node().kind)) {
      visit(choice->condition, facts);
      Facts more = facts;
      add_fact(choice->condition, variables_, more);
      visit(choice->then, more);
      visit(choice->otherwise, facts);
      return;
    }
    for (const Expr& child : children(e)) visit(child, facts);  // what a position needs comes first
    if (const auto* symbol = std::get_if<expr::Symbol>(&e.node().kind))
      found(dependency_on_symbol(problem_, e, *symbol, variables_), facts);
    if (const auto* state = std::get_if<expr::StateValue>(&e.node().kind))
      found(dependency_on_state(problem_, e, *state, variables_), facts);
    if (const auto* back = std::get_if<expr::Back>(&e.node().kind))
      found({e, back->field, std::nullopt, variables_.polynomial(back->distance), back->at_most}, facts);
  }

  std::vector<Dependency> take() { return std::move(found_); }

 private:
  // Read in two places under different guards, a dependency keeps the formulas that hold in both: those without facts.
  void found(const Dependency& general, const Facts& facts) {
    Dependency guarded = general;
    for (const auto& [v, value] : facts) {
      if (guarded.position) guarded.position = guarded.position->substitute(v, value);
      guarded.distance = guarded.distance.substitute(v, value);
    }
    const auto known = std::find_if(found_.begin(), found_.end(), [&](const Dependency& d) {
      return to_string(d.expression) == to_string(general.expression);
    });
    if (known == found_.end())
      found_.push_back(guarded);
    else if (!(known->distance - guarded.distance).is_zero() || known->position != guarded.position)
      *known = general;
  }

  const Problem& problem_;
  Variables& variables_;
  std::vector<Dependency> found_;
};

std::size_t nonlinear_terms(const Polynomial& p) {
  return static_cast<std::size_t>(std::count_if(p.terms().begin(), p.terms().end(), [](const auto& term) {
    return term.first.size() > 1 || (term.first.size() == 1 && term.first.begin()->second > 1);
  }));
}

Range range_of(Polynomial::Variable v, const Variables& variables, const ProblemRanges& ranges) {
  if (variables.is_loop(v)) return ranges.loops.at(v);
  if (variables.is_length(v)) return ranges.lengths.at(variables.sequence_of(v));
  return ranges.of(variables.atom_of(v));
}

// The largest that a polynomial gets, term by term.
Rational upper_bound(const Polynomial& p, const Variables& variables, const ProblemRanges& ranges) {
  Rational bound = 0;
  for (const auto& [exponents, coefficient] : p.terms()) {
    Range term{coefficient, coefficient};
    for (const auto& [v, exponent] : exponents)
      for (unsigned e = 0; e < exponent; ++e) term = term * range_of(v, variables, ranges);
    bound += term.hi;
  }
  return bound;
}

Integer as_integer(const Rational& x) { return numerator(x) / denominator(x); }

}  // namespace

Polynomial::Variable Variables::atom(const Expr& expression) {
  const std::string text = to_string(expression);
  const auto found =
      std::find_if(atoms_.begin(), atoms_.end(), [&](const Expr& known) { return to_string(known) == text; });
  const auto index = static_cast<std::size_t>(found - atoms_.begin());
  if (found == atoms_.end()) atoms_.push_back(expression);
  return first_atom() + index;
}

std::string Variables::name(Polynomial::Variable v) const {
  if (is_loop(v)) return problem_->loops[v].name;
  if (is_length(v)) return "length(" + problem_->inputs[sequence_of(v)].name + ")";
  return to_string(atom_of(v));
}

Polynomial Variables::polynomial(const Expr& expression) {
  const ExprVariant& kind = expression.node().kind;
  if (const auto* constant = std::get_if<expr::Constant>(&kind)) return Rational(constant->value);
  if (const auto* variable = std::get_if<expr::LoopVariable>(&kind)) return Polynomial::variable(loop(variable->index));
  if (const auto* n = std::get_if<expr::Length>(&kind)) return Polynomial::variable(length(n->sequence));
  if (const auto* sum = std::get_if<expr::Sum>(&kind)) {
    Polynomial result = Rational(sum->constant);
    for (const auto& [factor, term] : sum->terms) result += polynomial(term) *= Rational(factor);
    return result;
  }
  return Polynomial::variable(atom(expression));
}

void derive_ranks(Problem& problem) {
  Variables variables(problem);
  // completions[d]: number of ways to choose the loops d, d+1, … given the outer ones.
  std::vector<Polynomial> completions(problem.loops.size() + 1, Polynomial(1));
  problem.rank = Polynomial();
  for (std::size_t d = problem.loops.size(); d-- > 0;) {
    const Polynomial lo = variables.polynomial(problem.loops[d].lo), hi = variables.polynomial(problem.loops[d].hi);
    completions[d] = sum_over(completions[d + 1], d, lo, hi);
    problem.rank += sum_over(completions[d + 1], d, lo, Polynomial::variable(d) - 1);
  }
  problem.count = completions[0];
}

Polynomial first_symbol_position(const Problem& problem, std::size_t sequence) {
  Polynomial position;
  for (std::size_t k = 0; k < sequence; ++k) position += length_variable(problem, k) + 1;
  return position;
}

Polynomial separator_position(const Problem& problem, std::size_t sequence) {
  return first_symbol_position(problem, sequence) + length_variable(problem, sequence);
}

Polynomial first_state_position(const Problem& problem) {
  return first_symbol_position(problem, problem.inputs.size());
}

Polynomial sequence_length(const Problem& problem) { return first_state_position(problem) + problem.count + 1; }

std::vector<Dependency> dependencies(const Problem& problem, Variables& variables) {
  Collector collector(problem, variables);
  for (const Expr& e : problem.transition) collector.visit(e, {});
  return collector.take();
}

bool is_previous_token(const Dependency& dependency) { return (dependency.distance - 1).is_zero(); }

bool is_admissible(const Polynomial& position, const Variables& variables) {
  return std::all_of(position.terms().begin(), position.terms().end(), [&](const auto& term) {
    const Polynomial::Monomial& m = term.first;
    return m.empty() || (m.size() == 1 && (m.begin()->second == 1 || !variables.is_length(m.begin()->first)));
  });
}

Anchor cheaper_anchor(const Dependency& d, const Variables& variables) {
  if (!is_admissible(d.distance, variables)) return Anchor::sequence_start;
  if (!d.position || !is_admissible(*d.position, variables)) return Anchor::generated_token;
  return nonlinear_terms(d.distance) <= nonlinear_terms(*d.position) ? Anchor::generated_token
                                                                    : Anchor::sequence_start;
}

Integer max_distance(const Problem& problem, const std::vector<std::int64_t>& max_lengths) {
  const ProblemRanges ranges(problem, max_lengths);
  const bool loops_from_zero = std::all_of(ranges.loops.begin(), ranges.loops.end(),
                                           [](const Range& loop) { return loop.lo >= 0; });
  Variables variables(problem);
  Rational largest = 1;
  for (const Dependency& d : dependencies(problem, variables)) {
    Rational bound = upper_bound(d.distance, variables, ranges);
    // Putting loop variables at their bounds keeps what an inner loop's bound says of an outer variable.
    if (loops_from_zero || d.at_most)
      bound = std::min(bound, upper_bound(distance_bound(problem, d, variables), variables, ranges));
    largest = std::max(largest, bound);
  }
  return floor(largest);
}

Polynomial distance_bound(const Problem& problem, const Dependency& dependency, Variables& variables) {
  if (dependency.at_most) return variables.polynomial(*dependency.at_most);
  return extreme_over_loops(dependency.distance, problem.loops.size(), true, problem, variables);
}

Polynomial extreme_over_loops(Polynomial p, std::size_t loops, bool largest, const Problem& problem, Variables& variables) {
  for (std::size_t v = loops; v-- > 0;) {
    // Monotone in the loop variable as written: for the largest value positive coefficients want its upper bound.
    Polynomial next;
    for (const auto& [exponents, coefficient] : p.terms()) {
      const Expr& extreme = (coefficient > 0) == largest ? problem.loops[v].hi : problem.loops[v].lo;
      next += Polynomial::monomial(exponents, coefficient).substitute(v, variables.polynomial(extreme));
    }
    p = next;
  }
  return p;
}

Integer sequence_length_at(const Problem& problem, const std::vector<std::int64_t>& lengths) {
  const Variables variables(problem);
  return as_integer(sequence_length(problem).evaluate(
      [&](Polynomial::Variable v) { return Rational(lengths.at(variables.sequence_of(v))); }));
}

Integer max_sequence_length(const Problem& problem, const std::vector<std::int64_t>& max_lengths) {
  const Polynomial total = sequence_length(problem);
  const bool grows = std::all_of(total.terms().begin(), total.terms().end(),
                                 [](const auto& term) { return term.first.empty() || term.second > 0; });
  if (grows) return sequence_length_at(problem, max_lengths);

  Integer combinations = 1;
  for (const std::int64_t n : max_lengths) combinations *= n;
  if (combinations > 1'000'000)
    throw Inadmissible("the number of states of " + problem.name +
                       " can shrink as its inputs grow, and there are too many lengths to try them all");
  Integer largest = 0;
  std::vector<std::int64_t> lengths(max_lengths.size(), 1);
  for (std::size_t k = 0; k < lengths.size();) {
    largest = std::max(largest, sequence_length_at(problem, lengths));
    for (k = 0; k < lengths.size() && lengths[k] == max_lengths[k]; ++k) lengths[k] = 1;
    if (k < lengths.size()) ++lengths[k];
  }
  return largest;
}

}  // namespace wrought
