// fetch(q) under linear attention, in a region Z of B coordinates.
//
//   1. Every token but the first scatters its payload into slot p mod B of Z. The first one is the anchor.
//   2. A head adds the sum of Z over block a = ⌊q/B⌋ onto Z (anchored_block.hpp): slot b gets v_{aB+b}, if aB + b <= p.
//      Another head reads the payload of the first token.
//   3. Pick slot q mod B and take away the own payload if it stands in the same slot. If q = 0, take that of the first token.
//
// Statement (fetch_linear_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      1 layer with attention; D = B + O(1); 1 head with d_k = A + 1 and d_v = B, 1 of dimension 1.
// Source.    §5.4; step 3 of Theorem B.3, operation AGG of Lemma A.9, with an anchor in place of a division.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_linear(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
