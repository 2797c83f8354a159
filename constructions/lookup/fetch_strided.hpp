// fetch(q) under strided(B) attention, in a region Z of B coordinates.
//
//   1. Every token scatters its payload into slot p mod B of Z.
//   2. A uniform head (§4.4) adds the average of Z over all `visible` tokens. They are the last B tokens and earlier
//      ones of the own residue, so every slot but the own one holds v/visible.
//   3. Pick the own Z at slot q mod B, to be taken away again after the next step.
//   4. h = p - B⌊(p-q)/B⌋ is visible and has q among its last B tokens. A head adds h's Z, and fetches the payload and
//      `visible` of h.
//   5. Pick slot q mod B, less what 3 picked; nothing if q = h. Rescale by h's `visible`; add h's payload if q = h.
//
// Statement (fetch_strided_eq).  For 0 <= q <= p integers the result is the payload of the token at q.
// Cost.      3 layers, of which fetches that take turns share one; D = B + O(1); one head in each, of
//            dimension up to B + 2.
// Source.    §5.3.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_strided(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
