// Tokens as people read them.
#pragma once

#include <string>

#include "constructions/dp/problem.hpp"
#include "constructions/tasks/catalogue.hpp"
#include "verifier/network/network.hpp"

namespace wrought::cli {

// "k", "end of a", "dp(1, 2) = 3", "answer 3".
std::string token_text(const Task& task, const Problem& problem, const Token& token);

}  // namespace wrought::cli
