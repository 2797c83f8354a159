// The shape of networks as a table, one row each.
#pragma once

#include <string>
#include <vector>

#include "cli/table.hpp"
#include "verifier/network/network.hpp"

namespace wrought::cli {

std::vector<Column> shape_columns();
std::vector<std::string> shape_cells(const Shape& shape);

}  // namespace wrought::cli
