#include "constructions/dp/token_format.hpp"

#include <algorithm>

namespace wrought {

TokenFormat::TokenFormat(const Problem& problem, std::vector<std::size_t> evicted_fields)
    : inputs_(problem.inputs.size()),
      flags_(inputs_ + 2),
      loops_(problem.loops.size()),
      fields_(problem.fields.size()),
      evicted_fields_(std::move(evicted_fields)) {
  for (const auto& input : problem.inputs) names_.push_back("separator " + input.name);
  names_.insert(names_.end(), {"state", "answer"});
  for (const auto& loop : problem.loops) names_.push_back(loop.name);
  for (const auto& field : problem.fields) names_.push_back(field.name);
  for (const std::size_t field : evicted_fields_) names_.push_back("evicted " + problem.fields[field].name);
}

TokenFormat TokenFormat::plain() {
  TokenFormat format;
  format.names_ = {"symbol"};
  return format;
}

Token TokenFormat::symbol_token(std::int64_t symbol) const {
  Token token(width());
  token[value(0)] = symbol;
  return token;
}

Token TokenFormat::separator_token(std::size_t sequence) const {
  Token token(width());
  token[separator(sequence)] = 1;
  return token;
}

Token TokenFormat::state_token(const std::vector<std::int64_t>& coordinates,
                               const std::vector<std::int64_t>& values) const {
  Token token(width());
  token[state()] = 1;
  std::copy(coordinates.begin(), coordinates.end(), token.begin() + static_cast<std::ptrdiff_t>(coordinate(0)));
  std::copy(values.begin(), values.end(), token.begin() + static_cast<std::ptrdiff_t>(value(0)));
  return token;
}

Token TokenFormat::answer_token(std::int64_t answer_value) const {
  Token token(width());
  token[answer()] = 1;
  token[value(0)] = answer_value;
  return token;
}

bool TokenFormat::is_separator(const Token& token) const {
  return std::any_of(token.begin(), token.begin() + static_cast<std::ptrdiff_t>(inputs_),
                     [](std::int64_t flag) { return flag == 1; });
}

}  // namespace wrought
