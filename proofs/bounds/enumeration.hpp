// Every chain of thought over inputs of given lengths, counted.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/dp/solver.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought {

struct Enumeration {
  std::size_t inputs = 0;  // admissible ones
  std::size_t chains = 0;  // different ones
};

// Tokens that enumerate_chains generates and tries at most: about a second.
constexpr std::int64_t most_enumerated_tokens = 1'000'000;

// Chains of thought that are not those of the plain solver, and the length L of the longest sequence with one.
struct OwnChains {
  std::function<ChainOfThought(const Inputs&)> chain_of_thought;
  Integer length;
};

// Counts the different chains over all inputs of these lengths. Nothing if all sequences of symbols together, the
// inadmissible ones included, would mean more than `most_tokens` tokens.
std::optional<Enumeration> enumerate_chains(const Problem& problem, const std::vector<std::int64_t>& lengths,
                                            std::int64_t most_tokens = most_enumerated_tokens,
                                            const std::optional<OwnChains>& own = std::nullopt);

}  // namespace wrought
