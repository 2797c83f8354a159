// Families of tasks under one kind of attention: the same depth and heads at every size, a law for the width, every run right.
#pragma once

#include <string>
#include <vector>

#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

struct ConstantShape {
  bool holds =
      true;  // M, H and the measure of the width are constant in each family, and every token is right
  std::string shapes;    // "lis (L = 21…171) 8/2/15, …"
  std::string runs;      // how much was run
  std::string failures;  // what was not right
};

// The families at their sizes, and on every input of their small cases.
ConstantShape constant_shape(Evidence& evidence, const std::vector<Family>& families, AttentionKind attention,
                             const Measure& measure_of_width);

}  // namespace wrought::statements
