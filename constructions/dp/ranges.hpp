// The ranges that a problem's numbers have over all admissible lengths up to given bounds.
#pragma once

#include <cstdint>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/range.hpp"

namespace wrought {

struct ProblemRanges {
  ProblemRanges(const Problem& problem, const std::vector<std::int64_t>& max_lengths);

  std::vector<Range> lengths, loops, fields;
  Range payload;  // of any number that a token carries in its first value: 0, symbols, the first field

  // Any expression of the problem; a value read from a token may be any that a token carries in that place.
  Range of(const Expr& expression) const;
  // What a token carries in a field of its value: the field itself, or for the first field also a symbol.
  Range carried(std::size_t field) const;
};

}  // namespace wrought
