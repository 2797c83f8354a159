// What a problem's transition, or a task's own construction, reads, and how far back, as formulas.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/input.hpp"

namespace wrought::cli {

struct DependencyText {
  std::string reads;     // "dp(i - 1, j)"
  std::string distance;  // "length(b) + 1"
  std::string bound;     // the distance with loop variables at their bounds
  std::string position;  // from the start of the sequence; empty where that does not follow from the formulas
};

std::vector<DependencyText> dependency_texts(const TaskInstance& instance);

// m-locality (dp/locality.hpp) in words: m as formulas in the lengths, and whether the problem is local up to given lengths.
struct LocalityText {
  std::string m;               // "length(a) + length(b) + 3"
  std::string inputs, states;  // the same of symbols and states alone; empty where they are read alike
  bool local = false, local_in_states = false;
  std::string criterion;  // "2m = 32 ≤ L = 73"

  // "m = length(a) + length(b) + 3, local: 2m = 32 ≤ L = 73 at size 7"; `where` says which lengths that speaks of.
  std::string sentence(const std::string& where) const;
};

LocalityText locality_text(const TaskInstance& instance, const std::vector<std::int64_t>& max_lengths);

}  // namespace wrought::cli
