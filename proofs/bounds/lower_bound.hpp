// The lower bounds on the width of a construction (§8).
#pragma once

#include <optional>

#include "constructions/compile.hpp"
#include "proofs/bounds/chain_count.hpp"
#include "proofs/bounds/width.hpp"

namespace wrought {

// Tokens before the cut, which runs just before the last separator, for inputs of these lengths.
std::size_t tokens_before_cut(const Construction& construction, const std::vector<std::int64_t>& lengths);

// The bounds on a construction's width that its task's chains of thought give; b is standard_bits(L) unless given.
WidthBounds lower_bound(const Construction& construction, const ChainEvidence& chains,
                        std::optional<unsigned> bits = std::nullopt);

}  // namespace wrought
