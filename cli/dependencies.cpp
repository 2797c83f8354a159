#include "cli/dependencies.hpp"

#include "constructions/dp/positions.hpp"

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

}  // namespace wrought::cli
