#include "verifier/certificate/statement.hpp"

#include <algorithm>

#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

namespace {

// Of an expression in lengths and the `outer` outermost loops, over all lengths.
Range range_of(const Statement& s, const Expression& e, std::size_t outer) {
  const auto number = [&] { return static_cast<std::size_t>(e.numbers.at(0)); };
  if (e.kind == "constant") return {e.numbers.at(0), e.numbers.at(0)};
  if (e.kind == "length") return {1, s.inputs.at(number()).max_length};
  if (e.kind == "loop") {
    if (number() >= outer) throw Unproved{"a bound of the problem that names no outer loop"};
    const Statement::Loop& loop = s.loops.at(number());
    return {range_of(s, loop.lo, number()).lo, range_of(s, loop.hi, number()).hi};
  }
  if (e.kind != "sum") throw Unproved{"a bound of the problem that is not affine"};
  Range sum{e.numbers.at(0), e.numbers.at(0)};
  for (std::size_t i = 0; i < e.operands.size(); ++i) {
    const Range term = range_of(s, e.operands[i], outer);
    const Rational factor = e.numbers.at(i + 1);
    sum.lo += factor * (factor > 0 ? term.lo : term.hi);
    sum.hi += factor * (factor > 0 ? term.hi : term.lo);
  }
  return sum;
}

}  // namespace

Range Statement::token_range(std::size_t c) const {
  if (rewriting) return {0, rewriting->separator};
  if (c < coordinate(0)) return {0, 1};
  Range range{0, 0};
  const auto include = [&](const Rational& lo, const Rational& hi) {
    range.lo = std::min(range.lo, lo);
    range.hi = std::max(range.hi, hi);
  };
  if (c < value(0)) {
    const Loop& loop = loops.at(c - coordinate(0));
    const std::size_t outer = c - coordinate(0);
    include(range_of(*this, loop.lo, outer).lo, range_of(*this, loop.hi, outer).hi);
    return range;
  }
  std::size_t field = c - value(0);
  if (field >= fields.size()) field = evicted.at(field - fields.size());
  include(range_of(*this, fields.at(field).lo, 0).lo, range_of(*this, fields.at(field).hi, 0).hi);
  if (field == 0)
    for (const Input& input : inputs) include(input.lo, input.hi);
  return range;
}

}  // namespace wrought::certificate
