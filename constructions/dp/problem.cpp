#include "constructions/dp/problem.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "constructions/dp/positions.hpp"
#include "constructions/dp/solver.hpp"

namespace wrought {

namespace {

// Calls visit(e) for the expression and everything below it.
void for_each_node(const Expr& e, const std::function<void(const Expr&)>& visit) {
  visit(e);
  for (const Expr& child : children(e)) for_each_node(child, visit);
}

template <class Kind>
bool is(const Expr& e) {
  return std::holds_alternative<Kind>(e.node().kind);
}

[[noreturn]] void refuse(const std::string& what) { throw Inadmissible(what); }

void require_distinct_names(const Problem& p) {
  std::set<std::string> names;
  const auto add = [&](const std::string& name) {
    if (name.empty()) refuse(p.name + ": an input, loop or value has no name");
    if (!names.insert(name).second) refuse(p.name + ": the name `" + name + "` is used twice");
  };
  for (const auto& input : p.inputs) add(input.name);
  for (const auto& loop : p.loops) add(loop.name);
  for (const auto& field : p.fields) add(field.name);
}

// A bound may use lengths and, for loops, the variables of the loops outside it; nothing else.
void require_bound(const Expr& bound, const std::string& whose, std::size_t outer_loops) {
  for_each_node(bound, [&](const Expr& e) {
    const auto* variable = std::get_if<expr::LoopVariable>(&e.node().kind);
    const bool allowed = is<expr::Constant>(e) || is<expr::Sum>(e) || is<expr::Length>(e) ||
                         (variable && variable->index < outer_loops);
    if (!allowed)
      refuse("the bound `" + to_string(bound) + "` of " + whose + " uses `" + to_string(e) +
             "`; admissible are constants, lengths" + (outer_loops > 0 ? " and outer loop variables" : "") +
             ", added up");
  });
}

void require_shape(const Problem& p) {
  if (p.inputs.empty()) refuse(p.name + " has no input: state one with input(name, lo, hi)");
  for (const auto& input : p.inputs)
    if (input.lo > input.hi)
      refuse("input `" + input.name + "` has symbols " + std::to_string(input.lo) + ".." + std::to_string(input.hi) +
             ", which is empty");
  if (p.loops.empty() && !p.repetition)
    refuse(p.name + " has no states: state a loop with loop(name, lo, hi), or repeat_until(condition, at_most)");
  if (!p.loops.empty() && p.repetition) refuse(p.name + " has both loops and repeat_until; admissible is one of them");
  for (std::size_t d = 0; d < p.loops.size(); ++d)
    for (const Expr* bound : {&p.loops[d].lo, &p.loops[d].hi}) require_bound(*bound, "loop `" + p.loops[d].name + "`", d);
  if (p.fields.empty()) refuse(p.name + " has no value: state its range with value(name, lo, hi)");
  for (const auto& field : p.fields)
    for (const Expr* bound : {&field.lo, &field.hi}) require_bound(*bound, "value `" + field.name + "`", 0);
  if (p.transition.size() != p.fields.size())
    refuse(p.name + " has " + std::to_string(p.fields.size()) + " value(s) but a transition for " +
           std::to_string(p.transition.size()));
}

// Symbols and states are named by coordinates in a loop nest, by distances in a repetition.
void require_reading(const Problem& p, const Expr& e) {
  const bool by_coordinates = is<expr::Symbol>(e) || is<expr::StateValue>(e);
  const bool by_distance = is<expr::Back>(e) || is<expr::IsFirst>(e);
  if (p.repetition && by_coordinates)
    refuse("the transition of " + p.name + " uses `" + to_string(e) + "`; with repeat_until, use back(distance)");
  if (!p.repetition && by_distance)
    refuse("the transition of " + p.name + " uses `" + to_string(e) + "`; in a loop nest, use state(…) and at(…)");
}

void require_transition(const Problem& p) {
  for (const Expr& transition : p.transition)
    for_each_node(transition, [&](const Expr& e) {
      if (is<expr::LastValue>(e))
        refuse("the transition of " + p.name + " uses `" + to_string(e) + "`, which only the answer may");
      require_reading(p, e);
      const auto* state = std::get_if<expr::StateValue>(&e.node().kind);
      if (state && state->coordinates.size() != p.loops.size())
        refuse("`" + to_string(e) + "` names " + std::to_string(state->coordinates.size()) + " coordinate(s); a state of " +
               p.name + " has " + std::to_string(p.loops.size()));
    });
}

// A name stands for one distance, and its bound is one that lengths give.
void require_named_readings(const Problem& p) {
  std::map<std::string, std::string> distances;
  for (const Expr& transition : p.transition)
    for_each_node(transition, [&](const Expr& e) {
      const auto* back = std::get_if<expr::Back>(&e.node().kind);
      if (!back || back->reading.empty()) return;
      if (back->at_most) require_bound(*back->at_most, "the distance of `" + to_string(e) + "`", 0);
      const std::string distance = to_string(back->distance);
      const auto [known, is_new] = distances.emplace(to_string(e), distance);
      if (!is_new && known->second != distance)
        refuse("`" + to_string(e) + "` of " + p.name + " is read at two distances, `" + known->second + "` and `" + distance +
               "`; give each a name of its own");
    });
}

// The answer, and the condition that ends a repetition.
void require_of_last_state(const std::string& what, const Expr& expression, const Problem& p) {
  for_each_node(expression, [&](const Expr& e) {
    if (is<expr::LoopVariable>(e) || is<expr::Symbol>(e) || is<expr::StateValue>(e) || is<expr::Back>(e) ||
        is<expr::IsFirst>(e))
      refuse("the " + what + " of " + p.name + " uses `" + to_string(e) +
             "`; admissible are lengths and the value of the last state, last()");
  });
}

void require_positions(const Problem& p) {
  Variables variables(p);
  const auto name = [&](Polynomial::Variable v) { return variables.name(v); };
  for (const Dependency& d : dependencies(p, variables))
    if (!(d.position && is_admissible(*d.position, variables)) && !is_admissible(d.distance, variables))
      refuse("the position of `" + to_string(d.expression) + "` is not admissible: neither " +
             (d.position ? to_string(*d.position, name) : "where it stands") + " nor its distance " + to_string(d.distance, name) +
             " is a sum of functions of one variable each, affine in the lengths");
}

}  // namespace

Expr length(const InputHandle& input) { return make_expr(expr::Length{input.index, input.name}); }

ProblemBuilder::ProblemBuilder(std::string name) { problem_.name = std::move(name); }

InputHandle ProblemBuilder::input(const std::string& name, std::int64_t lo, std::int64_t hi) {
  problem_.inputs.push_back({name, lo, hi});
  return {problem_.inputs.size() - 1, name};
}

Expr ProblemBuilder::loop(const std::string& name, const Expr& lo, const Expr& hi) {
  problem_.loops.push_back({name, lo, hi});
  return make_expr(expr::LoopVariable{problem_.loops.size() - 1, name});
}

void ProblemBuilder::repeat_until(const Expr& until, const Polynomial& at_most) {
  if (!until.is_boolean())
    refuse("the end `" + to_string(until) + "` of " + problem_.name + " is a number, not a condition");
  problem_.repetition = Repetition{until, at_most};
}

Polynomial ProblemBuilder::length_variable(const InputHandle& input) const {
  return Polynomial::variable(Variables(problem_).length(input.index));
}

FieldHandle ProblemBuilder::value(const std::string& name, const Expr& lo, const Expr& hi) {
  problem_.fields.push_back({name, lo, hi, {}});
  return {problem_.fields.size() - 1, name};
}

void ProblemBuilder::at_most(const FieldHandle& field, const Expr& most) {
  for_each_node(most, [&](const Expr& e) {
    if (is<expr::Symbol>(e) || is<expr::StateValue>(e) || is<expr::Back>(e) || is<expr::LastValue>(e))
      refuse("the bound `" + to_string(most) + "` of value `" + field.name + "` uses `" + to_string(e) +
             "`; admissible are constants, lengths and loop variables");
  });
  problem_.fields.at(field.index).at_most = most;
}

void ProblemBuilder::require(const Expr& condition, const std::string& meaning) {
  if (!condition.is_boolean())
    refuse("the requirement `" + to_string(condition) + "` of " + problem_.name + " is a number, not a condition");
  for_each_node(condition, [&](const Expr& e) {
    if (!children(e).empty() || is<expr::Constant>(e) || is<expr::Length>(e)) return;
    refuse("the requirement `" + to_string(condition) + "` of " + problem_.name + " uses `" + to_string(e) +
           "`; admissible are lengths and constants");
  });
  problem_.requirements.push_back({condition, meaning});
}

StateHandle ProblemBuilder::state_at(std::vector<Expr> coordinates) const {
  if (problem_.fields.empty())
    refuse("state(…) of " + problem_.name + " comes before value(name, lo, hi), which says what a state holds");
  return {std::move(coordinates), {0, problem_.fields.front().name}};
}

Expr ProblemBuilder::at(const InputHandle& input, const Expr& index) const {
  return make_expr(expr::Symbol{input.index, input.name, index});
}

Expr ProblemBuilder::last() const {
  if (problem_.fields.empty()) refuse("last() of " + problem_.name + " comes before value(name, lo, hi)");
  return last({0, problem_.fields.front().name});
}

Expr ProblemBuilder::last(const FieldHandle& field) const {
  return make_expr(expr::LastValue{field.index, field.name});
}

void ProblemBuilder::answer(const Expr& value) {
  problem_.answer = value;
  has_answer_ = true;
}

Problem ProblemBuilder::build() {
  require_shape(problem_);
  require_distinct_names(problem_);
  require_transition(problem_);
  require_named_readings(problem_);
  if (!has_answer_) refuse(problem_.name + " has no answer: state one, for instance answer(last())");
  require_of_last_state("answer", problem_.answer, problem_);
  if (problem_.repetition) {
    require_of_last_state("end", problem_.repetition->until, problem_);
    problem_.count = problem_.repetition->at_most;
  } else {
    derive_ranks(problem_);
    require_ranks_agree(problem_);
  }
  require_positions(problem_);
  return problem_;
}

}  // namespace wrought
