// Edit distance within a band around the diagonal: states depend on states 2·band + 1 back at most, L = Θ(n·band). The symbols
// are read from the input, ever further back: the problem is local in its states only, not in the sense of Definition 5.3.
#pragma once

#include "constructions/tasks/edit_distance.hpp"

namespace wrought {

// State (i, d) with 0 <= d <= 2·band stands for the pair (i, j), j = i + d - band; alignments leave the band nowhere. Pairs
// with j < 0 are empty, pairs with j > length(b) repeat their left neighbour, so that the last state holds the distance.
// Lengths differ by at most `band`, band >= 1.
Problem banded_edit_distance(const EditCosts& cost, std::int64_t alphabet, std::int64_t band);

}  // namespace wrought
