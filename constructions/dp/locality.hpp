// m-locality (Definition 5.3): how far back the tokens stand that a problem reads, as formulas in the lengths.
#pragma once

#include <vector>

#include "constructions/dp/positions.hpp"

namespace wrought {

// The largest of the formulas, which are polynomials in the lengths (positions.hpp) of which none is known to be at least
// another for all admissible lengths. Nothing is read where there are none.
using LargestOf = std::vector<Polynomial>;

// m with the input symbols included, as Definition 5.3 asks, and of either kind of token alone. Where a problem reads tokens
// by their distance (repeat_until), symbols and states are not told apart: `inputs` and `states` are empty.
struct Locality {
  LargestOf m, inputs, states;
};

// From distance_bound() of every dependency. Throws Inadmissible if a loop variable may be below 0, or if a distance depends
// on what is read and has no stated bound.
Locality locality(const Problem& problem);

// The largest of the formulas at given lengths; 1, the previous token, if there are none.
Integer largest_at(const Problem& problem, const LargestOf& formulas,
                   const std::vector<std::int64_t>& lengths);

// Whether the distances of a run of L tokens are small enough to build on: 2m <= L. (Every problem is m-local for m = L.)
bool is_local(const Integer& m, const Integer& length);

// True if a - b >= 0 for all admissible lengths follows from its coefficients, once lengths are written as 1 + x, and as the
// problem's requirements of the form n_1 = n_2 + c, n_1 = c and n_1 >= n_2 + c say. False means: not known.
bool is_at_least(const Polynomial& a, const Polynomial& b, const Problem& problem);

// "3" or "max(length(a) + 1, length(b))".
std::string to_string(const LargestOf& formulas, const Variables& variables);

}  // namespace wrought
