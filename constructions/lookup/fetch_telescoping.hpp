// fetch(q) under linear attention for distances up to m' = A·B, in a region Z of B = ⌈√m'⌉ coordinates: C4.
//
// Linear attention never forgets, so old values are cancelled instead. A token at position p has the address r = p mod m'.
// Besides its payload v it carries what it evicts: the payload e of the token m' positions earlier, or the number `none`
// if there is no such token. (Token 0 carries 0, as all tokens do that carry nothing: v = none there.)
//
//   1. Every token scatters v - e into slot r mod B of Z. What has ever been written at one address adds up to the newest
//      payload there, less `none`.
//   2. A head with one-hot keys in the block ⌊r/B⌋ and a one-hot query sums block ⌊r_q/B⌋. The first token, which
//      writes nothing, has one more key coordinate with feature C, and every query has feature 1 there. So the head returns
//      Σ/(C + count), and times C that is (v - none)(1 - count/(C + count)).
//   3. Pick slot r_q mod B, take away what the token itself has in that slot, and add `none`.
//
// Statement (fetch_telescoping_eq_of_near).  For p - m' < q <= p integers, q >= 0, the result is off by at most
//     |v - none|·L/C from v, the payload of the token at q, in the ideal semantics; and exactly v if v = none.
// Cost.      1 layer with attention (d_k = A + 1, d_v = B), D = B + O(1), independent of L.
// Source.    §6.1; matches the lower bound of Proposition 5.5 up to logarithms.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_telescoping(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
