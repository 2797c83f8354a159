#include "constructions/dp/ranges.hpp"

namespace wrought {

ProblemRanges::ProblemRanges(const Problem& problem, const std::vector<std::int64_t>& max_lengths) : payload{0, 0} {
  for (const std::int64_t n : max_lengths) lengths.push_back({1, n});
  for (const Loop& loop : problem.loops) loops.push_back({of(loop.lo).lo, of(loop.hi).hi});
  for (const Field& field : problem.fields) fields.push_back({of(field.lo).lo, of(field.hi).hi});
  if (!fields.empty()) payload = hull(payload, fields.front());
  for (const InputSequence& input : problem.inputs) payload = hull(payload, {input.lo, input.hi});
}

Range ProblemRanges::carried(std::size_t field) const { return field == 0 ? payload : hull({0, 0}, fields.at(field)); }

Range ProblemRanges::of(const Expr& expression) const {
  return range(expression, [this](const Expr& leaf) {
    const ExprVariant& kind = leaf.node().kind;
    if (const auto* n = std::get_if<expr::Length>(&kind)) return lengths.at(n->sequence);
    if (const auto* v = std::get_if<expr::LoopVariable>(&kind)) return loops.at(v->index);
    if (const auto* s = std::get_if<expr::StateValue>(&kind)) return carried(s->field);
    if (const auto* b = std::get_if<expr::Back>(&kind)) return carried(b->field);
    if (const auto* l = std::get_if<expr::LastValue>(&kind)) return carried(l->field);
    return payload;  // a symbol
  });
}

}  // namespace wrought
