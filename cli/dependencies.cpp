#include "cli/dependencies.hpp"

#include <fmt/format.h>

#include "constructions/dp/locality.hpp"

namespace wrought::cli {

std::vector<DependencyText> dependency_texts(const TaskInstance& instance) {
  std::vector<DependencyText> texts;
  if (const auto& own = instance.task->own) {
    for (const Reach& reach : own->reaches) texts.push_back({reach.reads, reach.distance, reach.at_most, ""});
    return texts;
  }
  const Problem& problem = instance.problem;
  Variables variables(problem);
  const auto name = [&](Polynomial::Variable v) { return variables.name(v); };
  for (const Dependency& d : dependencies(problem, variables))
    texts.push_back({to_string(d.expression), to_string(d.distance, name),
                     to_string(distance_bound(problem, d, variables), name),
                     d.position ? to_string(*d.position, name) : ""});
  return texts;
}

namespace {

std::string criterion(const Integer& m, const Integer& length) {
  return fmt::format("2m = {} {} L = {}", Integer(2 * m).str(), is_local(m, length) ? "≤" : ">", length.str());
}

LocalityText own_locality_text(const OwnConstruction& own, std::int64_t size) {
  const ConstructionPlan plan = own.plan(size, own.kinds.front(), std::nullopt);
  LocalityText result;
  result.m = own.distance;
  result.local = result.local_in_states = is_local(plan.distance, plan.max_length);
  result.criterion = criterion(plan.distance, plan.max_length);
  return result;
}

}  // namespace

LocalityText locality_text(const TaskInstance& instance, const std::vector<std::int64_t>& max_lengths) {
  if (const auto& own = instance.task->own) return own_locality_text(*own, max_lengths.front());
  const Problem& problem = instance.problem;
  const Variables variables(problem);
  const Locality formulas = locality(problem);
  const auto text = [&](const LargestOf& of) { return of.empty() ? "" : to_string(of, variables); };
  const Integer m = max_distance(problem, max_lengths), length = max_sequence_length(problem, max_lengths);
  LocalityText result;
  result.m = text(formulas.m);
  result.inputs = text(formulas.inputs);
  result.states = text(formulas.states);
  result.local = is_local(m, length);
  result.local_in_states =
      result.local ||
      (!problem.repetition && is_local(largest_at(problem, formulas.states, max_lengths), length));
  result.criterion = criterion(m, length);
  return result;
}

std::string LocalityText::sentence(const std::string& where) const {
  if (local) return fmt::format("m = {}, local: {} {}", m, criterion, where);
  const std::string in_states =
      local_in_states ? fmt::format("; local in its states only, with m = {}", states) : "";
  return fmt::format("m = {}, not local: {} {}{}", m, criterion, where, in_states);
}

}  // namespace wrought::cli
