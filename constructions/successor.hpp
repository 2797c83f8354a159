// The next state of a loop nest, at every token that generates one.
//
// Statement (successor_eq).  At a state token with coordinates c, or at the last separator (the start), let
//     reset_k = [start, or every loop from k inwards is at its upper bound],     done = [reset_1 at a state token].
// The state that follows has c'_k = lo_k if reset_k, otherwise c_k + reset_{k+1}, where the innermost loop always steps.
// Cost.      2 feed-forward layers, plus one for every loop whose lower bound depends on an outer loop.
// Source.    §6 (derived successor); Assumption B.2.
#pragma once

#include <functional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/residual/program.hpp"

namespace wrought {

struct Successor {
  std::vector<Form> coordinates;  // c'
  Form done;                      // 1 at the last state, 0 elsewhere
};

// What the successor reads at the current token.
struct StateRegisters {
  Form is_start, is_state;        // flags; never both 1
  std::vector<Form> coordinates;  // c; 0 at the start
  std::vector<Form> lengths;
};

// `loop_ranges` hold the coordinates over all admissible lengths.
Successor successor(Program& program, const Problem& problem, const StateRegisters& now,
                    const std::vector<Range>& loop_ranges);

}  // namespace wrought
