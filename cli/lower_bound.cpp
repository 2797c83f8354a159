#include "cli/lower_bound.hpp"

namespace wrought::cli {

std::string bound_text(const std::optional<Integer>& bound) { return bound ? bound->str() : "-"; }

}  // namespace wrought::cli
