// Symbols that state tokens carry along, which makes problems m-local whose inputs are read at fixed columns (the paper's
// ED_Local idea).
//
// Take states (i, j), one row after the other: i = 0, 1, … and in each row j = 0..last. A state that reads an input symbol
// reads it from afar, ever further with every row. If tokens carry the symbol, row 0 reads the input, and every later state
// reads a token in the row above or the one beside it: distances of about two rows, however many rows there are.
//
//     const auto s_j = carry_column_symbol(p, "s_j", s, i, j);   // after value(…), before transition(…)
//     p.transition(… s_j.symbol …, s_j.transition);              // in the order of value(…)
#pragma once

#include "constructions/dp/problem.hpp"

namespace wrought {

// A field that carries a symbol.
struct CarriedSymbol {
  FieldHandle field;
  Expr symbol;      // of the state that is being generated, for its transition to use; i >= 1 and j >= 1 only
  Expr transition;  // what the field gets
};

// States (i, j) carry s_j, and 0 in column 0. Reads s_j in row 0 and the state (i - 1, j) in later ones. The
// columns end at length(input) or before.
CarriedSymbol carry_column_symbol(ProblemBuilder& p, const std::string& name, const InputHandle& input,
                                  const Expr& i, const Expr& j);

// States (i, j) carry s_i, for i >= 1, in the field `row`; for that the tokens before carry it leftwards, one column with
// each row, in the field `ahead`: s_{i+j}, and 0 beyond the end. Rows are 0..length(input), columns 0..last with
// last >= length(input). Reads s_j in row 0 and the states (i - 1, j + 1) and (i, j - 1) in later ones.
struct CarriedRowSymbol {
  CarriedSymbol ahead, row;
};
CarriedRowSymbol carry_row_symbol(ProblemBuilder& p, const std::string& ahead, const std::string& row,
                                  const InputHandle& input, const Expr& i, const Expr& j, const Expr& last);

}  // namespace wrought
