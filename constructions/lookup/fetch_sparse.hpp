// fetch(q) under sparse(B,k,c) attention, k, c >= 1, in a region Z of B coordinates.
//
//   1. Every token scatters its payload into slot p mod B of Z.
//   2. A head whose score is -(a - a_j)² averages Z over the visible tokens of the own block and adds that to Z. At the
//      last token e of a block these are exactly the B tokens of the block: slot b < B-1 now holds v_b/B, and slot
//      B-1, which already held v_{B-1}, holds v_{B-1}(B+1)/B.
//   3. Pick the own Z at slot q mod B, to be taken away again after the next step.
//   4. With a = ⌊q/B⌋, a head adds the Z of the block end e = aB + B - 1 (visible, being global), reading slot B-1 with
//      weight 1/(B+1) so that every slot gives v_b/B. Another head fetches q itself, which the window shows if a is the own
//      block.
//   5. Pick slot q mod B, less what 3 picked, times B; or take the second head's value if a is the own block.
//
// Statement (fetch_sparse_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      2 layers, D = B + O(1), one head of dimension B in each. No division by a count is ever needed.
// Source.    §5.2 with the block average in place of a uniform head; Lemma A.12, see paper.md §8.6 for its gaps.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_sparse(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
