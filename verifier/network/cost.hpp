// What a run costs if the matrices are taken as dense: the paper's measure (mathematics.md §9; paper §3).
#pragma once

#include "verifier/network/network.hpp"

namespace wrought {

// Multiply-adds for one sequence of the network's largest length L:
//     Σ_layers ( Σ_heads A(head)  +  L·(4D² + 2·D·F) ),
// where A(head) = d·Σ_i visible(i) for softmax heads of dimension d = max(d_k, d_v), and L·d_k·d_v for linear ones.
Integer dense_cost(const Network& network);

}  // namespace wrought
