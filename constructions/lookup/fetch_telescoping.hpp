// fetch(q) under linear attention for distances up to m' = A·B, in a region Z of B = ⌈√m'⌉ coordinates: C4.
//
// Linear attention never forgets, so old values are cancelled instead. A token at position p has the address r = p mod m'.
// Besides its payload v it carries what it evicts: the payload e of the token m' positions earlier, or the number `none`
// if there is no such token. (Token 0 carries 0, as all tokens do that carry nothing: v = none there.)
//
//   1. Every token scatters v - e into slot r mod B of Z. What has ever been written at one address adds up to the newest
//      payload there, less `none`.
//   2. A head with one-hot keys in the block ⌊r/B⌋ and a one-hot query averages over block a = ⌊r_q/B⌋, of which there are
//          n = B·⌊p/m'⌋ + min(max(r_p + 1 - B·a, 0), B)
//      tokens so far: B in every earlier round of addresses, and those of this round. The first token, the anchor, has one
//      more key coordinate with feature 1, and every query has feature C - n there, C = anchored_divisor. So the divisor
//      is C at every token, and times C the head returns v - none. (The anchor writes nothing.)
//   3. Pick slot r_q mod B, take away what the token itself has in that slot, and add `none`.
//
// Statement (fetch_telescoping_eq).  For p - m' < q <= p integers, q >= 0, the result is v, the payload of the token
//     at q, in the ideal semantics.
// Cost.      1 layer with attention (d_k = A + 1, d_v = B), D = B + O(1), independent of L.
// Source.    §6.1; matches the lower bound of Proposition 5.5 up to logarithms.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_telescoping(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
