#include "proofs/bounds/lower_bound.hpp"

namespace wrought {

std::size_t tokens_before_cut(const Construction& construction, const std::vector<std::int64_t>& lengths) {
  std::int64_t prompt = construction.format.has_bos() ? 1 : 0;
  for (const std::int64_t n : lengths) prompt += n + 1;
  return static_cast<std::size_t>(prompt - 1);
}

WidthBounds lower_bound(const Construction& construction, const ChainEvidence& chains,
                        std::optional<unsigned> bits) {
  return width_bounds(construction.network(), tokens_before_cut(construction, chains.lengths),
                      chains.at_least(), bits.value_or(standard_bits(construction.network().max_length)));
}

}  // namespace wrought
