// Problems in the words of certificates.
#include "constructions/dp/overloaded.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "proofs/certificate/certify.hpp"

namespace wrought {

namespace {

using certificate::Expression;

Expression express(const Expr& e);

std::vector<Expression> express_all(const std::vector<Expr>& all) {
  std::vector<Expression> result;
  for (const Expr& e : all) result.push_back(express(e));
  return result;
}

std::int64_t number(std::size_t n) { return static_cast<std::int64_t>(n); }

Expression express(const Expr& e) {
  return std::visit(
      Overloaded{
          [](const expr::Constant& c) { return Expression{"constant", {c.value}, {}}; },
          [](const expr::LoopVariable& v) { return Expression{"loop", {number(v.index)}, {}}; },
          [](const expr::Length& n) { return Expression{"length", {number(n.sequence)}, {}}; },
          [](const expr::Symbol& s) { return Expression{"symbol", {number(s.sequence)}, {express(s.index)}}; },
          [](const expr::StateValue& s) { return Expression{"state", {number(s.field)}, express_all(s.coordinates)}; },
          [](const expr::Back& b) {
            Expression back{"back", {number(b.field)}, {express(b.distance)}};
            if (b.at_most) back.operands.push_back(express(*b.at_most));
            return back;
          },
          [](const expr::IsFirst&) { return Expression{"first", {}, {}}; },
          [](const expr::LastValue& l) { return Expression{"last", {number(l.field)}, {}}; },
          [](const expr::Sum& s) {
            Expression sum{"sum", {s.constant}, {}};
            for (const auto& [factor, term] : s.terms) {
              sum.numbers.push_back(factor);
              sum.operands.push_back(express(term));
            }
            return sum;
          },
          [](const expr::IsZero& c) { return Expression{"zero", {}, {express(c.difference)}}; },
          [](const expr::IsNonNegative& c) { return Expression{"nonnegative", {}, {express(c.difference)}}; },
          [](const expr::Not& n) { return Expression{"not", {}, {express(n.condition)}}; },
          [](const expr::And& c) { return Expression{"and", {}, express_all({c.a, c.b})}; },
          [](const expr::Or& c) { return Expression{"or", {}, express_all({c.a, c.b})}; },
          [](const expr::Gated& g) { return Expression{"gated", {}, express_all({g.condition, g.value})}; },
          [](const expr::Minimum& m) { return Expression{"minimum", {}, express_all({m.a, m.b})}; },
          [](const expr::Maximum& m) { return Expression{"maximum", {}, express_all({m.a, m.b})}; },
          [](const expr::Choice& c) { return Expression{"choice", {}, express_all({c.condition, c.then, c.otherwise})}; },
          [](const expr::Lookup& t) {
            Expression table{"lookup", {t.first}, {express(t.argument)}};
            table.numbers.insert(table.numbers.end(), t.values.begin(), t.values.end());
            return table;
          },
          [](const expr::Quotient& q) { return Expression{"quotient", {q.divisor}, {express(q.argument)}}; },
          [](const expr::Remainder& r) { return Expression{"remainder", {r.divisor}, {express(r.argument)}}; }},
      e.node().kind);
}

// The plain chain of thought of arithmetic over F_p (tasks/plain_chain.hpp).
class PlainArithmetic {
 public:
  explicit PlainArithmetic(std::int64_t p) : p_(p), is_(p) {}

  certificate::Rewriting rewriting(std::int64_t longest) const {
    certificate::Rewriting r;
    r.longest = longest;
    r.separator = is_.equals;
    r.end = is_.end;
    r.numbers = {0, p_ - 1};
    r.rules = {{"(x)", {{{{is_.open, is_.open}}, numbers(), {{is_.close, is_.close}}}}, any(), any(), symbol(1)},
               sum(is_.plus, 1), sum(is_.minus, -1), product(is_.times), product(is_.divide)};
    return r;
  }

 private:
  using Rule = certificate::Rewriting::Rule;

  certificate::SymbolSet numbers() const { return {{0, p_ - 1}}; }
  certificate::SymbolSet any() const { return {{0, is_.equals}}; }
  certificate::SymbolSet not_multiplying() const { return {{0, is_.minus}, {is_.open, is_.equals}}; }
  static Expression symbol(std::int64_t k) { return {"symbol", {k}, {}}; }

  // x + y and x - y where ( or the start stands before and neither × nor ÷ behind.
  Rule sum(std::int64_t sign, std::int64_t factor) const {
    const Expression value{"remainder", {p_}, {{"sum", {0, 1, factor}, {symbol(0), symbol(2)}}}};
    return {operation(sign), handle(sign), {{is_.open, is_.open}, {is_.equals, is_.equals}}, not_multiplying(), value};
  }
  // x × y and x ÷ y where neither × nor ÷ stands before.
  Rule product(std::int64_t sign) const {
    Expression value{"lookup", {0}, {{"sum", {0, p_, 1}, {symbol(0), symbol(2)}}}};
    for (std::int64_t x = 0; x < p_; ++x)
      for (std::int64_t y = 0; y < p_; ++y) value.numbers.push_back(combined(x, sign, y, p_));
    return {operation(sign), handle(sign), not_multiplying(), any(), value};
  }
  std::array<certificate::SymbolSet, 3> handle(std::int64_t sign) const { return {numbers(), {{sign, sign}}, numbers()}; }
  std::string operation(std::int64_t sign) const { return "x " + expression_text({sign}, p_) + " y"; }

  std::int64_t p_;
  ArithmeticSymbols is_;
};

}  // namespace

certificate::Statement state(const Construction& construction) {
  if (construction.format.is_plain()) {
    // Of the symbols, the largest is `)`.
    const std::int64_t p = construction.problem.inputs.front().hi - 5;
    certificate::Statement plain;
    plain.name = construction.problem.name;
    plain.rewriting = PlainArithmetic(p).rewriting(construction.max_lengths.front());
    return plain;
  }
  const Problem& problem = construction.problem;
  certificate::Statement s;
  s.name = problem.name;
  for (std::size_t k = 0; k < problem.inputs.size(); ++k)
    s.inputs.push_back({problem.inputs[k].name, problem.inputs[k].lo, problem.inputs[k].hi, construction.max_lengths[k]});
  for (const Loop& loop : problem.loops) s.loops.push_back({loop.name, express(loop.lo), express(loop.hi)});
  for (const auto& [exponents, coefficient] : problem.rank.terms()) {
    if (problem.repetition) break;
    certificate::Statement::Term term{to_string(coefficient), {}};
    for (const auto& [variable, exponent] : exponents) term.unknowns.insert(term.unknowns.end(), exponent, variable);
    s.rank.push_back(std::move(term));
  }
  if (problem.repetition) s.until.push_back(express(problem.repetition->until));
  for (const Field& field : problem.fields) {
    s.fields.push_back({field.name, express(field.lo), express(field.hi), {}});
    if (field.at_most) s.fields.back().at_most.push_back(express(*field.at_most));
  }
  for (const Requirement& requirement : problem.requirements) s.requirements.push_back(express(requirement.condition));
  s.transition = express_all(problem.transition);
  s.answer = express(problem.answer);
  if (construction.plan.has_bos()) {
    s.capacity = construction.plan.memory.A * construction.plan.memory.B;
    s.evicted = construction.format.evicted_fields();
  }
  return s;
}

}  // namespace wrought
