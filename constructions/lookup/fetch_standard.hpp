// fetch(q) under standard attention.
//
// Statement (fetch_standard_eq).  For 0 <= q <= p integers the head below returns the payload of the token at q.
// Cost.      1 head of dimension 2, 1 layer, D = O(1).
// Source.    §5.1; Lemma A.11 (COPY).
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_standard(Program& program, const Memory& memory, const Request& request);

}  // namespace wrought
