// Edit distance made m-local: state tokens carry the symbols along (the paper's ED_Local idea).
#pragma once

#include "constructions/tasks/edit_distance.hpp"

namespace wrought {

// The states and values of edit_distance, for length(a) <= length(b). Token (i, j) carries besides dp(i, j)
//     ahead = a_{i+j} (0 beyond the end),  row = a_i,  column = b_j,
// so that row i finds its symbols in row i - 1: the largest distance is length(a) + length(b) + 3, of row 0 to the input.
Problem local_edit_distance(const EditCosts& cost, std::int64_t alphabet);

}  // namespace wrought
