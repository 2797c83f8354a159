// The nearest valid names to one that is not valid.
#pragma once

#include <string>
#include <vector>

#include "cli/error.hpp"

namespace wrought::cli {

// Valid names close enough to be what was meant, nearest first.
std::vector<std::string> nearest(const std::string& given, const std::vector<std::string>& valid);

// "unknown task 'lsi'; did you mean lis? Valid: edit-distance, lis, reversed-sums".
UsageError unknown_name(const std::string& what, const std::string& given,
                        const std::vector<std::string>& valid);

}  // namespace wrought::cli
