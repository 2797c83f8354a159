// fetch(q) under strided(B) attention, B >= 2, in a region Z of B coordinates.
//
//   1. Every token scatters its payload into slot p mod B of Z.
//   2. The end of every block collects the block's payloads (block_ends.hpp). All other tokens clear Z.
//   3. Every other token copies Z of the last end before it, which is in its window: so Z holds the last block that is finished.
//      (An end looks at the token before it, and a token before the first end at the first: their Z is clear.)
//   4. With a = ⌊q/B⌋ and f blocks finished at p, the token at h = p - B(f - 1 - a) has p's residue, so it is visible, and block
//      a is the last that is finished there. A head adds its Z; what the own Z held in slot q mod B is picked before and taken
//      away after that.
//   5. If block a is not finished yet, q is visible, in the own window: another head fetches it.
//
// Statement (fetch_strided_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      3 layers, D = B + O(1), heads of dimension up to B.
// Source.    §5.3.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_strided(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
