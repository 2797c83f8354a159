// Which integer of a token means what.
//
// A token is (separator_1, …, separator_K, state, answer, c_1, …, c_d, value_1, …, value_F): flags first, then the
// coordinates of a state and the fields of its value. An input symbol and the answer stand in the first value.
#pragma once

#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "verifier/network/network.hpp"

namespace wrought {

class TokenFormat {
 public:
  explicit TokenFormat(const Problem& problem)
      : inputs_(problem.inputs.size()), loops_(problem.loops.size()), fields_(problem.fields.size()) {}

  std::size_t separator(std::size_t sequence) const { return sequence; }
  std::size_t state() const { return inputs_; }
  std::size_t answer() const { return inputs_ + 1; }
  std::size_t coordinate(std::size_t loop) const { return inputs_ + 2 + loop; }
  std::size_t value(std::size_t field) const { return inputs_ + 2 + loops_ + field; }
  std::size_t width() const { return inputs_ + 2 + loops_ + fields_; }

  Token symbol_token(std::int64_t symbol) const;
  Token separator_token(std::size_t sequence) const;
  Token state_token(const std::vector<std::int64_t>& coordinates, const std::vector<std::int64_t>& values) const;
  Token answer_token(std::int64_t answer) const;

  bool is_separator(const Token& token) const;
  bool is_state(const Token& token) const { return token.at(state()) == 1; }
  bool is_answer(const Token& token) const { return token.at(answer()) == 1; }

 private:
  std::size_t inputs_, loops_, fields_;
};

// The names of the coordinates, for people: "separator a", "state", "answer", "i", "j", "dp".
std::vector<std::string> coordinate_names(const Problem& problem);

}  // namespace wrought
