// The position of a token that a flag marks, at every later token.
//
// Statement (marker_eq).  Exactly one token has flag 1, all others 0. At that token and every later one the result is
// its position, at every earlier one 0.
//   standard, linear   one head that averages over the marked token and the first: constant query, the sum of their flags as
//                      key (linear: λ(flag + first - 1)), twice the position as value (§4.2).
//   sparse, strided    two hops (§4.3): every marked token is visible from some h that is visible from p. Hop 1 gives h
//                      the flag and the position, gated by the flag; hop 2 reads whoever holds the flag, and all who do
//                      agree.
// Cost.      1 or 2 layers, D = O(1), heads of dimension at most 2.
// Source.    §4.2, §4.3.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

// A head that averages over the flagged tokens it sees.
HeadSpec flagged_head(const Memory& memory, const std::string& name, const Form& flag, std::vector<HeadValue> values);

Form locate_marked(Program& program, const Memory& memory, const std::string& name, const Form& flag);

}  // namespace wrought
