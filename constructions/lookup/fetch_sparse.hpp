// fetch(q) under sparse(B,k,c) attention, k, c >= 1, in a region Z of B coordinates.
//
//   1. Every token scatters its payload into slot p mod B of Z.
//   2. The end of every block collects the block's payloads (block_ends.hpp).
//   3. A head adds Z of the end of block a = ⌊q/B⌋, which is visible, being global. What the own Z held in slot q mod B is picked
//      before and taken away after that.
//   4. If block a is not finished yet, q is visible, in the own window: another head fetches it.
//
// Statement (fetch_sparse_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      2 layers, D = B + O(1), heads of dimension up to B.
// Source.    §5.2; Lemma A.12, see paper.md §8.6 for its gaps.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_sparse(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
