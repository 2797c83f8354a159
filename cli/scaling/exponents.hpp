// The exponents of a scaling table, and what the paper says of each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/scaling/cell.hpp"
#include "cli/scaling/fit.hpp"

namespace wrought::cli {

struct Exponents {
  std::string quantity;  // "D", "D_paper", "cost", "run", "parameters"
  std::string variable;  // "L", or "m" for the width of a local construction, and for all of it where L grows less than m
  std::optional<PowerLaw> law;
  std::optional<ShiftedPowerLaw> shifted;  // with a constant taken away; widths only
  std::optional<double> last;              // between the two largest sizes
  std::string claim;                       // the paper's, for a construction of this kind
};

// All cells are of one attention kind.
std::vector<Exponents> exponents(const std::vector<Cell>& cells);

}  // namespace wrought::cli
