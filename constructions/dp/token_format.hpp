// Which integer of a token means what.
//
// A token is (separator_1, …, separator_K, state, answer, c_1, …, c_d, value_1, …, value_F): flags first, then the
// coordinates of a state and the fields of its value. An input symbol and the answer stand in the first value. With
// telescoping memory a token also carries what it evicts, one number per field that is fetched from afar, and the
// sequence begins with a BOS, a token of zeros (mathematics.md §6.1). A *plain* token is its symbol and nothing else
// (§6.2).
#pragma once

#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "verifier/network/network.hpp"

namespace wrought {

class TokenFormat {
 public:
  explicit TokenFormat(const Problem& problem, std::vector<std::size_t> evicted_fields = {});

  // Tokens that are symbols only: T = 1, value(0) is the symbol; there are no flags, coordinates or other fields.
  static TokenFormat plain();
  bool is_plain() const { return flags_ == 0; }

  std::size_t separator(std::size_t sequence) const { return sequence; }
  std::size_t state() const { return inputs_; }
  std::size_t answer() const { return inputs_ + 1; }
  std::size_t coordinate(std::size_t loop) const { return flags_ + loop; }
  std::size_t value(std::size_t field) const { return flags_ + loops_ + field; }
  std::size_t evicted(std::size_t k) const { return value(fields_) + k; }
  std::size_t width() const { return evicted(evicted_fields_.size()); }

  const std::vector<std::size_t>& evicted_fields() const { return evicted_fields_; }
  bool has_bos() const { return !evicted_fields_.empty(); }
  // The names of the coordinates, for people: "separator a", "state", "answer", "i", "j", "dp".
  const std::vector<std::string>& names() const { return names_; }

  Token symbol_token(std::int64_t symbol) const;
  Token separator_token(std::size_t sequence) const;
  Token state_token(const std::vector<std::int64_t>& coordinates, const std::vector<std::int64_t>& values) const;
  Token answer_token(std::int64_t answer) const;

  Token bos_token() const { return Token(width()); }

  bool is_separator(const Token& token) const;
  bool is_state(const Token& token) const { return !is_plain() && token.at(state()) == 1; }
  bool is_answer(const Token& token) const { return !is_plain() && token.at(answer()) == 1; }

  // A plain chain of thought ends with a token of its own behind the answer.
  std::size_t tokens_after_answer() const { return is_plain() ? 1 : 0; }

 private:
  TokenFormat() = default;

  std::size_t inputs_ = 0, flags_ = 0, loops_ = 0, fields_ = 1;
  std::vector<std::size_t> evicted_fields_;
  std::vector<std::string> names_;
};

}  // namespace wrought
