#include "cli/dependencies.hpp"

#include <fmt/format.h>

#include "constructions/dp/locality.hpp"

namespace wrought::cli {

std::vector<DependencyText> dependency_texts(const Problem& problem) {
  Variables variables(problem);
  const auto name = [&](Polynomial::Variable v) { return variables.name(v); };
  std::vector<DependencyText> texts;
  for (const Dependency& d : dependencies(problem, variables))
    texts.push_back({to_string(d.expression), to_string(d.distance, name),
                     to_string(distance_bound(problem, d, variables), name),
                     d.position ? to_string(*d.position, name) : ""});
  return texts;
}

LocalityText locality_text(const Problem& problem, const std::vector<std::int64_t>& max_lengths) {
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
  result.criterion =
      fmt::format("2m = {} {} L = {}", Integer(2 * m).str(), result.local ? "≤" : ">", length.str());
  return result;
}

std::string LocalityText::sentence(const std::string& where) const {
  if (local) return fmt::format("m = {}, local: {} {}", m, criterion, where);
  const std::string in_states =
      local_in_states ? fmt::format("; local in its states only, with m = {}", states) : "";
  return fmt::format("m = {}, not local: {} {}{}", m, criterion, where, in_states);
}

}  // namespace wrought::cli
