// What an expression is worth, and within which range.
#include <algorithm>

#include "constructions/dp/expression.hpp"
#include "constructions/dp/overloaded.hpp"

namespace wrought {

namespace {

std::int64_t floor_quotient(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

std::int64_t evaluate(const Expr& e, const Environment& environment) {
  const auto value = [&](const Expr& x) { return evaluate(x, environment); };
  return std::visit(
      Overloaded{
          [](const expr::Constant& c) { return c.value; },
          [&](const expr::LoopVariable& v) { return environment.loop(v); },
          [&](const expr::Length& l) { return environment.length(l); },
          [&](const expr::Symbol& s) { return environment.symbol(s, value(s.index)); },
          [&](const expr::StateValue& s) {
            std::vector<std::int64_t> coordinates;
            for (const Expr& c : s.coordinates) coordinates.push_back(value(c));
            return environment.state(s, coordinates);
          },
          [&](const expr::Back& b) { return environment.back(b, value(b.distance)); },
          [&](const expr::IsFirst&) { return std::int64_t{environment.is_first()}; },
          [&](const expr::LastValue& l) { return environment.last(l); },
          [&](const expr::Sum& s) {
            std::int64_t total = s.constant;
            for (const auto& [factor, term] : s.terms) total += factor * value(term);
            return total;
          },
          [&](const expr::IsZero& c) { return std::int64_t{value(c.difference) == 0}; },
          [&](const expr::IsNonNegative& c) { return std::int64_t{value(c.difference) >= 0}; },
          [&](const expr::Not& n) { return 1 - value(n.condition); },
          [&](const expr::And& c) { return std::int64_t{value(c.a) == 1 && value(c.b) == 1}; },
          [&](const expr::Or& c) { return std::int64_t{value(c.a) == 1 || value(c.b) == 1}; },
          [&](const expr::Gated& g) { return value(g.condition) == 1 ? value(g.value) : 0; },
          [&](const expr::Minimum& m) { return std::min(value(m.a), value(m.b)); },
          [&](const expr::Maximum& m) { return std::max(value(m.a), value(m.b)); },
          [&](const expr::Choice& c) { return value(c.condition) == 1 ? value(c.then) : value(c.otherwise); },
          [&](const expr::Lookup& t) {
            const auto last = static_cast<std::int64_t>(t.values.size()) - 1;
            return t.values[static_cast<std::size_t>(std::clamp(value(t.argument) - t.first, std::int64_t{0}, last))];
          },
          [&](const expr::Quotient& q) { return floor_quotient(value(q.argument), q.divisor); },
          [&](const expr::Remainder& r) {
            const std::int64_t x = value(r.argument);
            return x - r.divisor * floor_quotient(x, r.divisor);
          }},
      e.node().kind);
}

Range range(const Expr& e, const LeafRange& leaf) {
  const auto of = [&](const Expr& x) { return range(x, leaf); };
  return std::visit(
      Overloaded{
          [](const expr::Constant& c) { return Range{c.value, c.value}; },
          [&](const expr::Sum& s) {
            Range total{s.constant, s.constant};
            for (const auto& [factor, term] : s.terms) total = total + Rational(factor) * of(term);
            return total;
          },
          [&](const expr::Gated& g) { return hull(of(g.value), {0, 0}); },
          [&](const expr::Minimum& m) {
            const Range a = of(m.a), b = of(m.b);
            return Range{std::min(a.lo, b.lo), std::min(a.hi, b.hi)};
          },
          [&](const expr::Maximum& m) {
            const Range a = of(m.a), b = of(m.b);
            return Range{std::max(a.lo, b.lo), std::max(a.hi, b.hi)};
          },
          [&](const expr::Choice& c) { return hull(of(c.then), of(c.otherwise)); },
          [](const expr::Lookup& t) {
            const auto [lo, hi] = std::minmax_element(t.values.begin(), t.values.end());
            return Range{*lo, *hi};
          },
          [&](const expr::Quotient& q) {
            const Range a = of(q.argument);
            return Range{floor(a.lo / q.divisor), floor(a.hi / q.divisor)};
          },
          [](const expr::Remainder& r) { return Range{0, r.divisor - 1}; },
          [&](const auto&) { return e.is_boolean() ? Range{0, 1} : leaf(e); }},
      e.node().kind);
}

}  // namespace wrought
