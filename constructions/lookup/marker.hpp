// The position of a token that a flag marks, at every later token.
//
// Statement (marker_eq).  Exactly one token has flag 1, all others 0, and it is not the first. At that token and every later one
// the result is its position; at earlier ones it is an integer in 0..p too.
//   standard           one head that reads the last of the flagged tokens, or the own one if none is visible: key W·flag + p, W no
//                      smaller than the number of tokens (§4.2).
//   sparse, strided    two such hops (§4.3): every marked token is visible from some h that is visible from p. Hop 1 gives h
//                      the flag and the position, gated by the flag; hop 2 reads the last one that holds the flag, and all who
//                      do agree.
//   linear             one head that averages over the marked token and the first, whose position is 0: key λ(flag + first - 1).
//                      Twice the mean is the position.
// Cost.      1 or 2 layers, D = O(1), heads of dimension at most 2.
// Source.    §4.2, §4.3.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form locate_marked(Program& program, const Memory& memory, const std::string& name, const Form& flag);

}  // namespace wrought
