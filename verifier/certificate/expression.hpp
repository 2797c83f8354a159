// Integer expressions, in which problems are stated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wrought::certificate {

// An integer expression. `kind` says which:
//     constant [value]; loop [k]; length [k]; symbol [k] (index), the 1-based symbol of input k; state [field]
//     (coordinates…), a field of an earlier state; back [field] (distance, and perhaps a bound), a field of the token that
//     many positions before the one generated, never more than the bound; first, whether the state generated is the first;
//     last [field], of the last state;
//     sum [constant, factors…] (terms…); zero, nonnegative, not (x); and, or, minimum, maximum (x, y);
//     gated (condition, value); choice (condition, then, otherwise); lookup [first, values…] (x);
//     quotient, remainder [divisor] (x).
// In a rule of a chain that rewrites (rewriting.hpp): constant, sum, lookup, remainder, and symbol [k], symbol k of the
// handle, from 0.
struct Expression {
  std::string kind;
  std::vector<std::int64_t> numbers;
  std::vector<Expression> operands;
};

}  // namespace wrought::certificate
