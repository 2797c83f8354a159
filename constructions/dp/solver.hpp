// The plain solver: evaluates a problem as it is stated, state by state. No network, no positions: the reference.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "verifier/network/network.hpp"

namespace wrought {

using Inputs = std::vector<std::vector<std::int64_t>>;

struct ChainOfThought {
  std::vector<Token> prompt;     // input symbols and separators
  std::vector<Token> generated;  // states and answer
  std::int64_t answer = 0;
};

// The requirement that these lengths do not meet; nullptr if they meet all.
const Requirement* unmet_requirement(const Problem& problem, const std::vector<std::int64_t>& lengths);

// What is wrong with the inputs (their number, an empty sequence, a symbol out of range, lengths that do not meet a
// requirement); empty if nothing.
std::string find_input_error(const Problem& problem, const Inputs& inputs);

// Throws std::invalid_argument for inputs that find_input_error names, and Inadmissible if the problem reads a state
// or symbol that does not exist, or leaves the range stated for a value.
ChainOfThought solve(const Problem& problem, const Inputs& inputs);

// The states in order, for given lengths.
void for_each_state(const Problem& problem, const std::vector<std::int64_t>& lengths,
                    const std::function<void(const std::vector<std::int64_t>& coordinates)>& visit);

// Checks the rank polynomial against counting, for all lengths up to 4. Throws Inadmissible where they differ: a loop
// that can be empty beyond what sums over polynomials allow.
void require_ranks_agree(const Problem& problem);

}  // namespace wrought
