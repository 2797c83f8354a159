#include "cli/parse_number.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/error.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

bool is_whole_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

// Nothing if the text is no whole number, or none that fits.
template <class Number>
std::optional<Number> read(std::string_view text) {
  if (!is_whole_number(text)) return std::nullopt;
  if (text.starts_with('+')) text.remove_prefix(1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <class Number>
Number read_in_range(const std::string& what, std::string_view text, Number lo, Number hi) {
  const std::string range = std::to_string(lo) + ".." + std::to_string(hi);
  if (!is_whole_number(text))
    throw UsageError(what + " must be a whole number in " + range + ", not " + in_quotes(text));
  const std::optional<Number> value = read<Number>(text);
  if (!value || *value < lo || *value > hi)
    throw UsageError(what + " must be in " + range + ", not " + in_quotes(text));
  return *value;
}

// "2.5" as 5/2.
std::optional<Rational> read_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return parse_rational(text);
  const std::string_view decimals = text.substr(point + 1);
  const std::string digits = std::string(text.substr(0, point)) + std::string(decimals);
  return parse_rational(digits + "/1" + std::string(decimals.size(), '0'));
}

}  // namespace

std::int64_t parse_integer(const std::string& what, std::string_view text, std::int64_t lo, std::int64_t hi) {
  return read_in_range(what, text, lo, hi);
}

std::uint64_t parse_unsigned(const std::string& what, std::string_view text) {
  return read_in_range(what, text, std::uint64_t{0}, UINT64_MAX);
}

Rational parse_positive(const std::string& what, std::string_view text) {
  const std::optional<Rational> value = read_decimal(text);
  if (!value)
    throw UsageError(what + " must be a positive number such as 12, 2.5 or 7/3, not " + in_quotes(text));
  if (*value <= 0) throw UsageError(what + " must be positive, not " + in_quotes(text));
  return *value;
}

}  // namespace wrought::cli
