// The plain chain of thought of arithmetic over F_p under sparse attention, in constant width: C5 (§6.2).
//
// Statement (plain_arithmetic_eq).  p prime, N >= 1, L and m as below. One network with tokens of one symbol, under
// standard attention or sparse(B,k,c) with B >= m, generates in the ideal semantics the chain of thought of plain_chain.hpp
// for every expression of at most N symbols. 4 layers, at most 5 heads in each, D = O(1) registers.
//
//     1  heads   x_1 … x_4, the symbols 1..4 before; the last `=` at or before (largest symbol, then largest position)
//        blocks  what speaks for a handle just before the token; its value under each sign; E, the last `=`
//     2  heads   A_j, the last `=` strictly before (E of the token before); E_2, the last but one (E of the token before E)
//        blocks  is there a handle, and its value
//     3  head    the leftmost handle of the expression before: score -C_1 (A_j - E_2)² + C_2 [handle ends before j] - p_j
//        blocks  is the symbol to generate left of it, in its place, or behind it
//     4  head    the symbol to copy
//        blocks  copy, value, or end
//
// Source.    Proposition 5.1, which the paper states without proof; docs/theorems.md proves it.
#pragma once

#include <cstdint>
#include <optional>

#include "constructions/compile.hpp"

namespace wrought {

// L: with h = ⌊(N + 1)/2⌋, the longest expression has 2h - 1 symbols and the longest chain of thought h(h + 1) tokens, the
// end included (4 for a single number).
Integer plain_arithmetic_length(std::int64_t N);

// m = max(3, 2h, 4h - 6): no token that is read stands further back from the one that is generated.
Integer plain_arithmetic_distance(std::int64_t N);

// The whole numbers that order attention scores: every winner is ahead by at least 1 (docs/theorems.md).
struct PlainArithmeticWeights {
  Integer symbol;   // of a symbol over all positions: L
  Integer recency;  // of a position: 1
  Integer handle;   // C_2, of a handle over the positions of an expression and its `=`: N + 1
  Integer
      expression;  // C_1, of the right expression over everything: 1, squares of distances being large enough
};
PlainArithmeticWeights plain_arithmetic_weights(std::int64_t N);

// Throws std::invalid_argument for an attention kind other than standard and sparse, and for a block that does not fit,
// naming the distance.
ConstructionPlan plan_plain_arithmetic(std::int64_t N, AttentionKind kind, std::optional<std::size_t> block);

Program plain_arithmetic_program(std::int64_t p, std::int64_t N, const ConstructionPlan& plan,
                                 const PlainArithmeticWeights& weights);

// The arithmetic over F_p as a problem: its inputs are checked like those of arithmetic(p).
Problem plain_arithmetic(std::int64_t p);

// Throws like plan_plain_arithmetic.
Construction compile_plain_arithmetic(std::int64_t p, std::int64_t N, AttentionKind kind, Schedule schedule,
                                      std::optional<std::size_t> block = std::nullopt);

}  // namespace wrought
