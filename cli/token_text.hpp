// Tokens as people read them.
#pragma once

#include <string>

#include "cli/input.hpp"
#include "constructions/dp/token_format.hpp"

namespace wrought::cli {

// "k", "end of a", "dp(1, 2) = 3", "answer 3". The format is that of the network: with telescoping memory tokens also
// say what they evict, and the one at position 0 is the BOS.
std::string token_text(const TaskInstance& instance, const TokenFormat& format, const Token& token,
                       std::size_t position);

}  // namespace wrought::cli
