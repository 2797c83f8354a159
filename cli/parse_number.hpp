// Numbers on the command line and in files. Anything else is refused with the name of what it was meant for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "verifier/numbers/rational.hpp"

namespace wrought::cli {

// A whole number in lo..hi. Throws UsageError.
std::int64_t parse_integer(const std::string& what, std::string_view text, std::int64_t lo, std::int64_t hi);
std::uint64_t parse_unsigned(const std::string& what, std::string_view text);

// A positive number: "7/3" or "2.5", taken exactly. Throws UsageError.
Rational parse_positive(const std::string& what, std::string_view text);

}  // namespace wrought::cli
