// Every chain of thought over inputs of given lengths, counted by the plain solver.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought {

struct Enumeration {
  std::size_t inputs = 0;  // admissible ones
  std::size_t chains = 0;  // different ones
};

// Tokens that enumerate_chains generates and tries at most: about a second.
constexpr std::int64_t most_enumerated_tokens = 1'000'000;

// Solves every input of these lengths and counts the different chains. Nothing if all sequences of symbols together, the
// inadmissible ones included, would mean more than `most_tokens` tokens.
std::optional<Enumeration> enumerate_chains(const Problem& problem, const std::vector<std::int64_t>& lengths,
                                            std::int64_t most_tokens = most_enumerated_tokens);

}  // namespace wrought
