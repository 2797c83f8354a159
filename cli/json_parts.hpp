// Pieces of JSON that several commands write. For .cpp files only: the JSON library is slow to compile.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/dependencies.hpp"
#include "cli/job.hpp"
#include "proofs/bounds/chain_count.hpp"
#include "proofs/bounds/width.hpp"

namespace wrought::cli {

using Json = nlohmann::ordered_json;

// tool, task and params.
Json header_json(const Job& job);
Json tool_json();
Json shape_json(const Shape& shape);
Json locality_json(const LocalityText& locality);
Json sharpness_json(const Sharpness* sharpness);  // null without

// lengths, closed form and enumeration (null without), and log2 of the number of chains, rounded down.
Json chains_json(const ChainEvidence& chains);
// bits, tokens before the cut, and what is bounded: null where nothing is claimed.
Json lower_bound_json(const WidthBounds& bounds);

std::string dumped(const Json& json);

}  // namespace wrought::cli
