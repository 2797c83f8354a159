// What a problem's transition reads, and how far back, as formulas.
#pragma once

#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"

namespace wrought::cli {

struct DependencyText {
  std::string reads;     // "dp(i - 1, j)"
  std::string distance;  // "length(b) + 1"
  std::string bound;     // the distance with loop variables at their bounds
  std::string position;  // from the start of the sequence; empty where that does not follow from the formulas
};

std::vector<DependencyText> dependency_texts(const Problem& problem);

}  // namespace wrought::cli
