// The JSON that scripts rely on (keys stable across releases).
#pragma once

#include <string>

#include "cli/verification.hpp"

namespace wrought::cli {

std::string verification_json(const Job& job, const Options& options, const std::vector<Run>& runs);

}  // namespace wrought::cli
