#include "constructions/dp/carried_symbols.hpp"

#include <algorithm>

namespace wrought {

namespace {

FieldHandle symbol_field(ProblemBuilder& p, const std::string& name, const InputHandle& input) {
  const InputSequence symbols = p.symbols(input);
  return p.value(name, std::min<std::int64_t>(0, symbols.lo), std::max<std::int64_t>(0, symbols.hi));
}

}  // namespace

CarriedSymbol carry_column_symbol(ProblemBuilder& p, const std::string& name, const InputHandle& input,
                                  const Expr& i, const Expr& j) {
  const FieldHandle field = symbol_field(p, name, input);
  const Expr above = p.state(i - 1, j)[field];
  return {field, above, cases(j == 0, 0, i == 0, p.at(input, j), otherwise, above)};
}

CarriedRowSymbol carry_row_symbol(ProblemBuilder& p, const std::string& ahead, const std::string& row,
                                  const InputHandle& input, const Expr& i, const Expr& j, const Expr& last) {
  const FieldHandle ahead_field = symbol_field(p, ahead, input), row_field = symbol_field(p, row, input);
  const Expr right_above = p.state(i - 1, j + 1)[ahead_field], left = p.state(i, j - 1)[row_field];
  const Expr first_row = cases(j >= 1 && j <= length(input), p.at(input, j), otherwise, 0);
  return {{ahead_field, right_above, cases(i == 0, first_row, j == last, 0, otherwise, right_above)},
          {row_field, left, cases(i == 0, 0, j == 0, right_above, otherwise, left)}};
}

}  // namespace wrought
