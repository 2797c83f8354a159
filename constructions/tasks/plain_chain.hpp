// The plain chain of thought of arithmetic over F_p: symbols only, as published (§6.2; Proposition 5.1).
//
//     expression = expression' = expression'' = … = value end
//
// Every expression is the one before with its leftmost handle reduced. A single number is written once more: `v = v end`.
// The prompt ends with the first `=`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "constructions/dp/solver.hpp"

namespace wrought {

using Symbols = std::vector<std::int64_t>;  // those of tasks/arithmetic.hpp

// Three symbols that become one number: (v); v×w and v÷w unless × or ÷ stands before; v+w and v-w if ( or the start
// stands before and neither × nor ÷ behind.
struct Handle {
  std::size_t start = 0;  // index of its first symbol, from 0
  std::int64_t value = 0;
};

std::optional<Handle> leftmost_handle(const Symbols& expression, std::int64_t p);

// An expression (without errors: see find_input_error) and everything it is reduced to, the value last.
std::vector<Symbols> reductions(const Symbols& expression, std::int64_t p);

// Tokens of one symbol each. Throws std::invalid_argument if no number comes out.
ChainOfThought plain_chain_of_thought(const Symbols& expression, std::int64_t p);

}  // namespace wrought
