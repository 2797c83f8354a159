// What one block of addresses holds, summed up by linear attention.
//
// One-hot keys in the block a_j and a one-hot query (§4.5) make a head average over the tokens of block a, and an average has a
// divisor that grows. An anchor keeps it constant: the first token has one more key coordinate with feature 1, where every
// other token has 0 and a query has C - n, n being how many tokens of block a there are so far:
//     n = B·⌊p/(A·B)⌋ + min(max(r_p + 1 - B·a, 0), B),
// B in every earlier round of A·B addresses and those of this round. So the divisor is C at every token, and times C the head
// returns the sum. The anchor must write nothing.
//
// Statement.  anchored_sum_error_le (proofs/lemmas/anchored_sum.md); exact in the ideal semantics.
// Cost.       1 head, d_k = A + 1.
// Source.     Operation AGG of Lemma A.9 for the keys; the anchor is ours.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

// The block of an address: its number and square, and how many of its tokens this round of addresses has so far.
struct Block {
  Form a, a_squared, now;
};
Block block_of(Program& program, const Memory& memory, const std::string& name, const Form& address);

// Z += the sum of what the tokens of the block have written there. `range` is that of the new Z.
std::vector<Register> add_block(Program& program, const Memory& memory, const std::string& name,
                                const std::vector<Register>& written, const Block& block, const Range& range);

}  // namespace wrought
