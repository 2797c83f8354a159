// Move: a linear form through a feed-forward block.
//
// Statement (move_eq).  x = R(x) - R(-x), and GeLU(x) - GeLU(-x) = x: exact in both semantics, for every x.
// Shapes.    2 hidden units, 1 result.
// Source.    §3.5; Lemma A.3, whose approximation is in fact exact.
#pragma once

#include "constructions/residual/relu_sum.hpp"

namespace wrought {

inline ReluSum move(const Form& x) { return instance_of("move", {x}, {}, {Form(), {relu(x), relu(-x, -1)}, x.range()}); }

}  // namespace wrought
