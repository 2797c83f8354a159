#include "constructions/dp/expression.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "constructions/dp/overloaded.hpp"

namespace wrought {

namespace {

template <class Kind>
const Kind* as(const Expr& e) {
  return std::get_if<Kind>(&e.node().kind);
}

expr::Sum as_sum(const Expr& e) {
  if (const auto* sum = as<expr::Sum>(e)) return *sum;
  if (const auto* constant = as<expr::Constant>(e)) return {{}, constant->value};
  return {{{1, e}}, 0};
}

Expr normalised(expr::Sum sum) {
  // Equal terms are added up, so that i - i is 0 and positions compare as formulas.
  std::map<std::string, std::pair<std::int64_t, Expr>> collected;
  std::vector<std::string> order;
  for (const auto& [factor, term] : sum.terms) {
    const std::string text = to_string(term);
    const auto [it, inserted] = collected.try_emplace(text, 0, term);
    if (inserted) order.push_back(text);
    it->second.first += factor;
  }
  sum.terms.clear();
  for (const std::string& text : order)
    if (const auto& term = collected.at(text); term.first != 0) sum.terms.push_back(term);
  if (sum.terms.empty()) return Expr(sum.constant);
  if (sum.constant == 0 && sum.terms.size() == 1 && sum.terms.front().first == 1) return sum.terms.front().second;
  return make_expr(std::move(sum));
}

Expr scaled(std::int64_t factor, const Expr& e) {
  expr::Sum sum = as_sum(e);
  sum.constant *= factor;
  for (auto& [coefficient, term] : sum.terms) coefficient *= factor;
  return normalised(std::move(sum));
}

void require_condition(const Expr& e, const char* operation) {
  if (!e.is_boolean())
    throw Inadmissible(std::string(operation) + " needs conditions, but `" + to_string(e) +
                       "` is a number; compare it with something, for instance " + to_string(e) + " > 0");
}

void require_divisor(const Expr& x, std::int64_t divisor) {
  if (divisor < 1)
    throw Inadmissible("`" + to_string(x) + "` is divided by " + std::to_string(divisor) +
                       "; the divisor must be 1 or more");
}

std::string parenthesised(const Expr& e) {
  const bool compound = !as<expr::Constant>(e) && !as<expr::LoopVariable>(e) && !as<expr::Length>(e) &&
                        !as<expr::Symbol>(e) && !as<expr::StateValue>(e) && !as<expr::Back>(e) &&
                        !as<expr::IsFirst>(e) && !as<expr::LastValue>(e) &&
                        !as<expr::Minimum>(e) && !as<expr::Maximum>(e) && !as<expr::Lookup>(e);
  return compound ? "(" + to_string(e) + ")" : to_string(e);
}

// A comparison of a difference with 0, written with the negative terms on the right: i + 1 = j.
std::string compared(const Expr& difference, const char* relation) {
  expr::Sum left{{}, 0}, right{{}, 0};
  const expr::Sum sum = as_sum(difference);
  for (const auto& [factor, term] : sum.terms)
    (factor > 0 ? left : right).terms.emplace_back(factor > 0 ? factor : -factor, term);
  (sum.constant > 0 ? left : right).constant = std::abs(sum.constant);
  return to_string(normalised(left)) + " " + relation + " " + to_string(normalised(right));
}

std::string joined(const std::vector<Expr>& expressions) {
  std::string text;
  for (const Expr& e : expressions) text += (text.empty() ? "" : ", ") + to_string(e);
  return text;
}

std::string sum_text(const expr::Sum& sum) {
  std::string text;
  const auto append = [&text](std::int64_t factor, const std::string& term) {
    text += text.empty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + ");
    const std::string size = std::to_string(factor < 0 ? -factor : factor);
    text += term.empty() ? size : (size == "1" ? "" : size + "·") + term;
  };
  for (const auto& [factor, term] : sum.terms) append(factor, parenthesised(term));
  if (sum.constant != 0) append(sum.constant, "");
  return text;
}

}  // namespace

Expr::Expr(std::int64_t constant)
    : node_(std::make_shared<const ExprNode>(ExprNode{expr::Constant{constant}})) {}

bool Expr::is_boolean() const {
  return std::visit(
      [](const auto& kind) {
        using Kind = std::decay_t<decltype(kind)>;
        return std::is_same_v<Kind, expr::IsZero> || std::is_same_v<Kind, expr::IsNonNegative> ||
               std::is_same_v<Kind, expr::IsFirst> || std::is_same_v<Kind, expr::Not> || std::is_same_v<Kind, expr::And> || std::is_same_v<Kind, expr::Or>;
      },
      node().kind);
}

Expr operator+(const Expr& a, const Expr& b) {
  expr::Sum sum = as_sum(a);
  const expr::Sum other = as_sum(b);
  sum.terms.insert(sum.terms.end(), other.terms.begin(), other.terms.end());
  sum.constant += other.constant;
  return normalised(std::move(sum));
}

Expr operator-(const Expr& a, const Expr& b) { return a + scaled(-1, b); }
Expr operator-(const Expr& a) { return scaled(-1, a); }

Expr operator*(const Expr& a, const Expr& b) {
  if (const auto* constant = as<expr::Constant>(a)) return scaled(constant->value, b);
  if (const auto* constant = as<expr::Constant>(b)) return scaled(constant->value, a);
  if (a.is_boolean()) return make_expr(expr::Gated{a, b});
  if (b.is_boolean()) return make_expr(expr::Gated{b, a});
  throw Inadmissible("the product of `" + to_string(a) + "` and `" + to_string(b) +
                     "` is not admissible: one factor must be a constant or a condition (0 or 1); "
                     "a function of one small number can be given by lookup(argument, first, values)");
}

Expr operator==(const Expr& a, const Expr& b) { return make_expr(expr::IsZero{a - b}); }
Expr operator!=(const Expr& a, const Expr& b) { return !(a == b); }
Expr operator>=(const Expr& a, const Expr& b) { return make_expr(expr::IsNonNegative{a - b}); }
Expr operator<=(const Expr& a, const Expr& b) { return b >= a; }
Expr operator>(const Expr& a, const Expr& b) { return a >= b + 1; }
Expr operator<(const Expr& a, const Expr& b) { return b >= a + 1; }

Expr operator!(const Expr& condition) {
  require_condition(condition, "!");
  return make_expr(expr::Not{condition});
}

Expr operator&&(const Expr& a, const Expr& b) {
  require_condition(a, "&&");
  require_condition(b, "&&");
  return make_expr(expr::And{a, b});
}

Expr operator||(const Expr& a, const Expr& b) {
  require_condition(a, "||");
  require_condition(b, "||");
  return make_expr(expr::Or{a, b});
}

Expr min(const Expr& a, const Expr& b) { return make_expr(expr::Minimum{a, b}); }
Expr max(const Expr& a, const Expr& b) { return make_expr(expr::Maximum{a, b}); }

Expr quotient(const Expr& x, std::int64_t divisor) {
  require_divisor(x, divisor);
  return make_expr(expr::Quotient{x, divisor});
}

Expr mod(const Expr& x, std::int64_t divisor) {
  require_divisor(x, divisor);
  return make_expr(expr::Remainder{x, divisor});
}

Expr lookup(const Expr& argument, std::int64_t first, std::vector<std::int64_t> values) {
  if (values.empty()) throw Inadmissible("the table of `" + to_string(argument) + "` has no values");
  return make_expr(expr::Lookup{argument, first, std::move(values)});
}

Expr choose(const Expr& condition, const Expr& then, const Expr& other) {
  require_condition(condition, "cases");
  return make_expr(expr::Choice{condition, then, other});
}

std::string to_string(const Expr& e) {
  return std::visit(
      Overloaded{
          [](const expr::Constant& c) { return std::to_string(c.value); },
          [](const expr::LoopVariable& v) { return v.name; },
          [](const expr::Length& l) { return "length(" + l.name + ")"; },
          [](const expr::Symbol& s) { return s.name + "[" + to_string(s.index) + "]"; },
          [](const expr::StateValue& s) { return s.name + "(" + joined(s.coordinates) + ")"; },
          [](const expr::Back& b) {
            if (!b.reading.empty()) return b.name + " " + b.reading;
            const std::string distance = to_string(b.distance);
            return distance == "1" ? b.name + " before" : b.name + " " + parenthesised(b.distance) + " back";
          },
          [](const expr::IsFirst&) { return std::string("first"); },
          [](const expr::LastValue& l) { return l.name + "(last)"; },
          [](const expr::Sum& s) { return sum_text(s); },
          [](const expr::IsZero& c) { return compared(c.difference, "="); },
          [](const expr::IsNonNegative& c) { return compared(c.difference, "≥"); },
          [](const expr::Not& n) { return "not " + parenthesised(n.condition); },
          [](const expr::And& c) { return parenthesised(c.a) + " and " + parenthesised(c.b); },
          [](const expr::Or& c) { return parenthesised(c.a) + " or " + parenthesised(c.b); },
          [](const expr::Gated& g) { return "[" + to_string(g.condition) + "]·" + parenthesised(g.value); },
          [](const expr::Minimum& m) { return "min(" + to_string(m.a) + ", " + to_string(m.b) + ")"; },
          [](const expr::Maximum& m) { return "max(" + to_string(m.a) + ", " + to_string(m.b) + ")"; },
          [](const expr::Choice& c) {
            return to_string(c.then) + " if " + to_string(c.condition) + " else " + parenthesised(c.otherwise);
          },
          [](const expr::Lookup& t) {
            std::string values;
            for (const std::int64_t v : t.values) values += (values.empty() ? "" : ", ") + std::to_string(v);
            return "table(" + to_string(t.argument) + " - " + std::to_string(t.first) + "; " + values + ")";
          },
          [](const expr::Quotient& q) {
            return "⌊" + parenthesised(q.argument) + "/" + std::to_string(q.divisor) + "⌋";
          },
          [](const expr::Remainder& r) {
            return parenthesised(r.argument) + " mod " + std::to_string(r.divisor);
          }},
      e.node().kind);
}

std::vector<Expr> children(const Expr& e) {
  using List = std::vector<Expr>;
  return std::visit(Overloaded{[](const expr::Symbol& s) { return List{s.index}; },
                               [](const expr::StateValue& s) { return s.coordinates; },
                               [](const expr::Back& b) { return List{b.distance}; },
                               [](const expr::Sum& s) {
                                 List terms;
                                 for (const auto& [factor, term] : s.terms) terms.push_back(term);
                                 return terms;
                               },
                               [](const expr::IsZero& c) { return List{c.difference}; },
                               [](const expr::IsNonNegative& c) { return List{c.difference}; },
                               [](const expr::Not& n) { return List{n.condition}; },
                               [](const expr::And& c) { return List{c.a, c.b}; },
                               [](const expr::Or& c) { return List{c.a, c.b}; },
                               [](const expr::Gated& g) { return List{g.condition, g.value}; },
                               [](const expr::Minimum& m) { return List{m.a, m.b}; },
                               [](const expr::Maximum& m) { return List{m.a, m.b}; },
                               [](const expr::Choice& c) { return List{c.condition, c.then, c.otherwise}; },
                               [](const expr::Lookup& t) { return List{t.argument}; },
                               [](const expr::Quotient& q) { return List{q.argument}; },
                               [](const expr::Remainder& r) { return List{r.argument}; },
                               [](const auto&) { return List{}; }},
                    e.node().kind);
}

}  // namespace wrought
