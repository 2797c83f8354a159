// fetch(q) where the token at q is always visible: under standard attention, and in a window as wide as the largest
// distance (C0 and C3).
//
// Statement (fetch_window_eq).  For 0 <= q <= p integers with q visible from p the head below returns the payload of the
// token at q.
// Cost.      1 head of dimension 2, 1 layer, D = O(1).
// Source.    §5.1; Lemma A.11 (COPY); Proposition 5.4.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch_window(Program& program, const Memory& memory, const Request& request);

}  // namespace wrought
