#include "cli/token_text.hpp"

#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// Where tokens carry symbols, these read better than their numbers.
std::string first_value(const TaskInstance& instance, const TokenFormat& format, const Token& token) {
  const std::int64_t value = token[format.value(0)];
  const bool is_symbol = instance.task->notation == Notation::expression;
  return instance.problem.fields[0].name + " = " +
         (is_symbol ? symbol_text(instance, value) : std::to_string(value));
}

std::string assignment(const TokenFormat& format, const Token& token, std::size_t coordinate) {
  return format.names()[coordinate] + " = " + std::to_string(token[coordinate]);
}

// "dp(1, 2) = 3"; with several values "(1, 2): x = 3, y = 4".
std::string state_text(const TaskInstance& instance, const TokenFormat& format, const Token& token) {
  const Problem& problem = instance.problem;
  std::vector<std::string> coordinates, values;
  for (std::size_t k = 0; k < problem.loops.size(); ++k)
    coordinates.push_back(std::to_string(token[format.coordinate(k)]));
  const std::string point = coordinates.empty() ? "" : "(" + joined(coordinates) + ")";
  if (problem.fields.size() == 1)
    return problem.fields[0].name + point + " = " + std::to_string(token[format.value(0)]);
  values.push_back(first_value(instance, format, token));
  for (std::size_t f = 1; f < problem.fields.size(); ++f)
    values.push_back(assignment(format, token, format.value(f)));
  return point + (point.empty() ? "" : ": ") + joined(values);
}

std::string content_text(const TaskInstance& instance, const TokenFormat& format, const Token& token) {
  const Problem& problem = instance.problem;
  if (format.is_plain()) return symbol_text(instance, token[format.value(0)]);
  for (std::size_t k = 0; k < problem.inputs.size(); ++k)
    if (token[format.separator(k)] == 1) return "end of " + problem.inputs[k].name;
  if (format.is_state(token)) return state_text(instance, format, token);
  if (format.is_answer(token)) return "answer " + std::to_string(token[format.value(0)]);
  return symbol_text(instance, token[format.value(0)]);
}

}  // namespace

std::string token_text(const TaskInstance& instance, const TokenFormat& format, const Token& token,
                       std::size_t position) {
  if (format.has_bos() && position == 0) return "BOS";
  std::string text = content_text(instance, format, token);
  for (std::size_t k = 0; k < format.evicted_fields().size(); ++k)
    if (token[format.evicted(k)] != 0) text += ", " + assignment(format, token, format.evicted(k));
  return text;
}

}  // namespace wrought::cli
