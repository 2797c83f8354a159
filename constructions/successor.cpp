#include "constructions/successor.hpp"

#include <algorithm>

#include "constructions/gadgets/select.hpp"
#include "constructions/gadgets/threshold.hpp"
#include "constructions/transition.hpp"

namespace wrought {

namespace {

// A loop bound, with the given forms in place of the loop variables.
Form bound(Program& program, const Expr& expression, const std::vector<Form>& coordinates,
           const std::vector<Form>& lengths) {
  ExpressionCompiler compiler(program, [&](const Expr& leaf) {
    if (const auto* n = std::get_if<expr::Length>(&leaf.node().kind)) return lengths.at(n->sequence);
    return coordinates.at(std::get<expr::LoopVariable>(leaf.node().kind).index);
  });
  return compiler.compile(expression);
}

}  // namespace

Successor successor(Program& program, const Problem& problem, const StateRegisters& now,
                    const std::vector<Range>& loop_ranges) {
  const std::size_t depth = problem.loops.size();
  // left = Σ_{m >= k} (hi_m - c_m) is 0 at a state exactly when all loops from k inwards are at their bounds.
  std::vector<Form> reset(depth + 1, Form(1));
  Form left = 0;
  for (std::size_t k = depth; k-- > 0;) {
    left += bound(program, problem.loops[k].hi, now.coordinates, now.lengths) - now.coordinates[k];
    const Rational M = std::max<Rational>(left.range().hi, 0);
    reset[k] = program.compute("reset " + problem.loops[k].name, at_least(M * now.is_start - left, 0));
  }
  const Rational M = std::max<Rational>(-left.range().lo, 0);
  Successor next;
  next.done = program.compute("done", at_least((M + 1) * now.is_state - M - left, 1));
  for (std::size_t k = 0; k < depth; ++k) {
    const Form lo = bound(program, problem.loops[k].lo, next.coordinates, now.lengths);
    const ReluSum coordinate = select(reset[k], lo, now.coordinates[k] + reset[k + 1]);
    next.coordinates.push_back(
        program.compute("next " + problem.loops[k].name, with_range(coordinate, loop_ranges[k])));
  }
  return next;
}

}  // namespace wrought
