#include "cli/token_text.hpp"

#include "cli/input.hpp"
#include "cli/words.hpp"
#include "constructions/dp/token_format.hpp"

namespace wrought::cli {

namespace {

// "dp(1, 2) = 3"; with several values "(1, 2): x = 3, y = 4".
std::string state_text(const Problem& problem, const TokenFormat& format, const Token& token) {
  std::vector<std::string> coordinates, values;
  for (std::size_t k = 0; k < problem.loops.size(); ++k)
    coordinates.push_back(std::to_string(token[format.coordinate(k)]));
  const std::string point = "(" + joined(coordinates) + ")";
  if (problem.fields.size() == 1)
    return problem.fields[0].name + point + " = " + std::to_string(token[format.value(0)]);
  for (std::size_t f = 0; f < problem.fields.size(); ++f)
    values.push_back(problem.fields[f].name + " = " + std::to_string(token[format.value(f)]));
  return point + ": " + joined(values);
}

}  // namespace

std::string token_text(const Task& task, const Problem& problem, const Token& token) {
  const TokenFormat format(problem);
  for (std::size_t k = 0; k < problem.inputs.size(); ++k)
    if (token[format.separator(k)] == 1) return "end of " + problem.inputs[k].name;
  if (format.is_state(token)) return state_text(problem, format, token);
  if (format.is_answer(token)) return "answer " + std::to_string(token[format.value(0)]);
  return symbol_text(task, token[format.value(0)]);
}

}  // namespace wrought::cli
