#include "cli/lower_bound.hpp"

namespace wrought::cli {

WidthBounds lower_bound(const Construction& construction, const ChainEvidence& chains,
                        std::optional<unsigned> bits) {
  std::int64_t prompt = construction.format.has_bos() ? 1 : 0;
  for (const std::int64_t n : chains.lengths) prompt += n + 1;
  return width_bounds(construction.network(), static_cast<std::size_t>(prompt - 1), chains.at_least(),
                      bits.value_or(standard_bits(construction.network().max_length)));
}

std::string bound_text(const std::optional<Integer>& bound) { return bound ? bound->str() : "-"; }

}  // namespace wrought::cli
