#include "constructions/sharpness.hpp"

#include <algorithm>

namespace wrought {

namespace {

// ⌈log₂ x⌉ for x >= 1.
int ceil_log2(const Integer& x) { return x <= 1 ? 0 : static_cast<int>(msb(Integer(x - 1))) + 1; }

int ceil_sqrt(int n) {
  int root = 0;
  while (root * root < n) ++root;
  return root;
}

}  // namespace

Sharpness standard_sharpness(const Construction& construction) {
  Integer widest = 1;
  const std::vector<std::string>& names = construction.format.names();
  for (const Placement& placement : construction.layout.placements)
    if (placement.first_stage == 0 && std::find(names.begin(), names.end(), placement.name) != names.end())
      widest = std::max(widest, floor(placement.range.hi - placement.range.lo) + 1);
  const int length_bits = ceil_log2(construction.network().max_length);
  const int value_bits = ceil_log2(widest);
  const Rational score = 3 * length_bits + value_bits + 12;
  return {ceil_sqrt(8 * (length_bits + value_bits + 10)), score, score};
}

}  // namespace wrought
