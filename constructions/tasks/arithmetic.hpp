// Arithmetic over F_p by reducing the leftmost handle, as an m-local problem (§6.2; paper Propositions 5.1 and 5.2).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"

namespace wrought {

// Symbols 0..p-1 are the numbers; the others follow.
struct ArithmeticSymbols {
  explicit ArithmeticSymbols(std::int64_t p)
      : plus(p), minus(p + 1), times(p + 2), divide(p + 3), open(p + 4), close(p + 5), equals(p + 6), end(p + 7) {}
  std::int64_t plus, minus, times, divide, open, close, equals;
  std::int64_t end;  // of a plain chain of thought
};

// x + y, x - y, x × y or x ÷ y in F_p, after the symbol between them; 0 for a division by 0.
std::int64_t combined(std::int64_t x, std::int64_t sign, std::int64_t y, std::int64_t p);

// The chain of thought copies the expression, then writes it again and again with its leftmost handle reduced, joined by
// `=`, until one number is left. Handles have three symbols and become one number: (v); v×w and v÷w unless × or ÷ stands
// before; v+w and v-w if ( or the start stands before and neither × nor ÷ behind.
//
// A token carries besides its symbol: its index in the expression being written and that expression's length; start and
// value of the handle reduced there; start and value of the leftmost handle found in it so far; the three symbols before.
// All follow from the token before, except the symbol to copy, which stands length + 1 or length + 3 tokens back. So the
// problem is m-local with m = n + 1.
//
// p must be a prime, 2 <= p <= 97. Inputs that are no expression, or that divide by zero, are refused.
Problem arithmetic(std::int64_t p);

bool is_prime(std::int64_t p);

// "7*5/(6+4)" as symbols; `×`, `÷`, blanks and numbers of several digits are understood. On failure `symbols` is empty
// and `error` says what and where.
struct ParsedExpression {
  std::vector<std::int64_t> symbols;
  std::string error;
};
ParsedExpression parse_expression(const std::string& text, std::int64_t p);

// A random expression of at most `size` symbols (size >= 1) without division by zero; `draw(bound)` gives a number in
// 0..bound-1. Grown from a number by replacing numbers with sums, differences, products, quotients and brackets.
std::vector<std::int64_t> random_expression(std::int64_t p, std::int64_t size,
                                            const std::function<std::uint64_t(std::uint64_t)>& draw);

// Symbols as an expression, the inverse of parse_expression.
std::string expression_text(const std::vector<std::int64_t>& symbols, std::int64_t p);

}  // namespace wrought
