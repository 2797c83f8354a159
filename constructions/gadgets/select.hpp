// Selection: x if g = 1, y if g = 0.
//
// Statement (select_eq).  For g in {0, 1}: gate(x - y, g) + y equals x if g = 1 and y if g = 0.
// Statement (select_error_le).  The error of gate on the range of x - y, plus eps_y.
// Shapes.    1 hidden unit, 1 result; y is a linear form.
// Source.    §3.4 with one gate instead of two; Lemma A.4.
#pragma once

#include "constructions/gadgets/gate.hpp"

namespace wrought {

inline ReluSum select(const Form& g, const Form& x, const Form& y) {
  const auto [lo, hi] = (x - y).range();
  return instance_of("select", {g, x, y}, {lo, hi},
                     with_range(gate(x - y, g) + linear(y), hull(x.range(), y.range())));
}

}  // namespace wrought
