// How sequences are written: letters run together, integers between commas or blanks, expressions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/input.hpp"

namespace wrought::cli {

// A piece of a line, and where it starts.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

// What is wrong at a piece.
struct Misread {
  std::size_t offset;
  std::string what;
};

// The pieces between separators; empty ones are kept.
std::vector<Piece> split(std::string_view text, char separator);

// One sequence in the task's notation. Throws Misread.
std::vector<std::int64_t> parse_sequence(const TaskInstance& instance, const InputSequence& input,
                                         std::string_view text);

// "edit-distance takes 2 sequences (a, b)".
std::string sequences_wanted(const TaskInstance& instance);

}  // namespace wrought::cli
