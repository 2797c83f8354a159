// Lower bounds as several commands show them.
#pragma once

#include <optional>
#include <string>

#include "constructions/compile.hpp"
#include "proofs/bounds/chain_count.hpp"
#include "proofs/bounds/width.hpp"

namespace wrought::cli {

// The bounds on a construction's width that its task's chains of thought give; b is standard_bits(L) unless given.
WidthBounds lower_bound(const Construction& construction, const ChainEvidence& chains,
                        std::optional<unsigned> bits = std::nullopt);

// "12"; "-" where nothing is claimed.
std::string bound_text(const std::optional<Integer>& bound);

}  // namespace wrought::cli
