// What the watched quantities of a row should be, derived from the problem and its chain of thought alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "constructions/compile.hpp"

namespace wrought::cli {

// What each quantity should be; nothing where a dependency does not exist for the state at hand, so that whatever is found
// there goes unused. Quantities of which neither is certain are left out.
using Expectations = std::map<std::string, std::optional<Integer>>;

// For the row that generates the token at `position` of the chain (as Construction::encode gives it).
Expectations expected_quantities(const Construction& construction, const Inputs& inputs,
                                 const ChainOfThought& chain, std::size_t position);

}  // namespace wrought::cli
