#include "cli/shape_table.hpp"

namespace wrought::cli {

std::vector<Column> shape_columns() {
  return {{"L"},        {"B"},         {"D"},          {"D_paper"},  {"layers"}, {"heads"},
          {"head dim"}, {"FFN width"}, {"parameters"}, {"non-zero"}, {"max |w|"}};
}

std::vector<std::string> shape_cells(const Shape& s) {
  return {std::to_string(s.length),
          s.block == 0 ? "-" : std::to_string(s.block),
          std::to_string(s.width),
          std::to_string(s.paper_width),
          std::to_string(s.layers),
          std::to_string(s.heads),
          std::to_string(s.head_dim),
          std::to_string(s.ffn_width),
          std::to_string(s.dense_parameters),
          std::to_string(s.nonzero_parameters),
          to_string(s.max_abs_weight)};
}

}  // namespace wrought::cli
