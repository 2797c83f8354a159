// Log precision: the least number of bits certified for all inputs up to a size, at growing sizes.
#pragma once

#include <string>
#include <vector>

#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

// `holds` if there is a certificate at every size of every family that is to be certified, and p/log₂ L never rises.
struct LogPrecision {
  bool holds = true;
  std::string text;
};

LogPrecision log_precision(Evidence& evidence, const std::vector<Family>& families, AttentionKind attention);

}  // namespace wrought::statements
