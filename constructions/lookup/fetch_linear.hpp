// fetch(q) under linear attention, in a region Z of B coordinates.
//
//   1. Every token scatters its payload into slot p mod B of Z.
//   2. A head with one-hot keys in the block a_j and a one-hot query in a = ⌊q/B⌋ (§4.5: both linear in a and a²) adds the
//      average of Z over block a: slot b gets v_b / c, with c = B if a is an earlier block and b_p + 1 in the own one.
//   3. Pick slot q mod B and take away the own payload if it stands in the same slot.
//   4. Rescale by c.
//
// Statement (fetch_linear_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      2 layers, of which fetches that take turns share one; D = B + O(1); 1 head with d_k = A and d_v = B.
// Source.    §5.4; step 3 of Theorem B.3, operation AGG of Lemma A.9.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_linear(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
