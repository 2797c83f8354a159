// Lower bounds as several commands show them.
#pragma once

#include <optional>
#include <string>

#include "proofs/bounds/lower_bound.hpp"

namespace wrought::cli {

// "12"; "-" where nothing is claimed.
std::string bound_text(const std::optional<Integer>& bound);

}  // namespace wrought::cli
