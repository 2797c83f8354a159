// What a certificate is about: a dynamic program, bounds on its input lengths, and how its tokens are written; or a chain of
// thought that rewrites an expression (rewriting.hpp), whose tokens are symbols.
//
// Of a dynamic program:
// Tokens are (separator_1, …, separator_K, state, answer, c_1, …, c_d, value_1, …, value_F, evicted_1, …): flags, the
// coordinates of a state, the fields of its value, and with telescoping memory what the token evicts. The sequence is
// s^1 |_1 s^2 |_2 … state_0 state_1 … answer (paper (10)), a BOS of zeros before it with telescoping memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/certificate/expression.hpp"
#include "verifier/certificate/rewriting.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought::certificate {

struct Range {
  Rational lo, hi;
};

struct Statement {
  struct Input {
    std::string name;
    std::int64_t lo, hi, max_length;  // symbols lie in lo..hi, lengths in 1..max_length
  };
  struct Loop {
    std::string name;
    Expression lo, hi;
  };
  struct Field {
    std::string name;
    Expression lo, hi;                // in the lengths; the value never leaves them
    std::vector<Expression> at_most;  // in lengths and loops, none or one: what the value is at most at each state
  };
  struct Term {  // coefficient · Π unknowns; an unknown is a loop k, or number of loops + input k
    std::string coefficient;
    std::vector<std::size_t> unknowns;
  };

  std::string name;
  std::vector<Input> inputs;
  std::vector<Loop> loops;         // outermost first
  std::vector<Term> rank;          // number of states before the one at the loop variables
  std::vector<Expression> until;   // with a repetition instead of loops: the condition that ends it; else empty
  std::vector<Field> fields;
  std::vector<Expression> requirements;  // conditions on the lengths that inputs meet
  std::vector<Expression> transition;    // one per field
  Expression answer;

  std::size_t capacity = 0;          // of telescoping memory, in tokens; 0 without
  std::vector<std::size_t> evicted;  // the fields whose evicted values a token carries

  std::optional<Rewriting> rewriting;  // instead of all of the above but the name

  bool has_bos() const { return capacity > 0; }
  std::size_t separator(std::size_t k) const { return k; }
  std::size_t state_flag() const { return inputs.size(); }
  std::size_t answer_flag() const { return inputs.size() + 1; }
  std::size_t coordinate(std::size_t k) const { return inputs.size() + 2 + k; }
  std::size_t value(std::size_t f) const { return inputs.size() + 2 + loops.size() + f; }
  std::size_t evicted_value(std::size_t k) const { return value(fields.size()) + k; }
  std::size_t token_width() const { return rewriting ? 1 : evicted_value(evicted.size()); }

  // What a coordinate c < token_width() can be, at any token but the answer, whose values nobody reads. 0 is among it: what
  // does not apply to a token is 0. Throws Unproved for a bound that is not affine, std::out_of_range for one that names no
  // length or loop.
  Range token_range(std::size_t c) const;
};

}  // namespace wrought::certificate
