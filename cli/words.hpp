// Words and numbers for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/numbers/rational.hpp"

namespace wrought::cli {

// 'text', on one line whatever it holds, and shortened if it is long.
std::string in_quotes(std::string_view text);

// The text if it is no wider than `width` columns, otherwise its beginning and "…".
std::string shortened(std::string_view text, std::size_t width);

// The text with control characters written as \n, \x1b, …
std::string printable(std::string_view text);

// "1 input", "3 inputs".
std::string counted(const Integer& count, const std::string& noun);

// "a, b, c".
std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

// How many columns a terminal needs for it: code points, since we print no wide characters.
std::size_t display_width(std::string_view text);

// The first character of a non-empty text, as the bytes of one UTF-8 code point.
std::string_view first_character(std::string_view text);

std::string_view trimmed(std::string_view text);

// "23.4 GiB".
std::string bytes_text(const Integer& bytes);

}  // namespace wrought::cli
