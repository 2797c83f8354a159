// Integer expressions in which a dynamic program is stated.
//
// An expression is built from loop variables, input lengths, input symbols and values of earlier states by the
// operations that the gadgets of mathematics.md §3 can compute. What they cannot compute is refused where it is
// written, with the name of the piece and what would be admissible.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "constructions/range.hpp"

namespace wrought {

// Thrown where a problem is stated in a way that no construction can follow.
struct Inadmissible : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

struct ExprNode;

class Expr {
 public:
  Expr(std::int64_t constant);  // NOLINT(google-explicit-constructor): 2 * i + 1 reads like the formula it is
  Expr(int constant) : Expr(static_cast<std::int64_t>(constant)) {}  // NOLINT(google-explicit-constructor)
  explicit Expr(std::shared_ptr<const ExprNode> node) : node_(std::move(node)) {}

  const ExprNode& node() const { return *node_; }
  // Comparisons and what logic makes of them: 0 or 1.
  bool is_boolean() const;

 private:
  std::shared_ptr<const ExprNode> node_;
};

namespace expr {

struct Constant { std::int64_t value; };
struct LoopVariable { std::size_t index; std::string name; };
struct Length { std::size_t sequence; std::string name; };
// The 1-based symbol `index` of an input sequence.
struct Symbol { std::size_t sequence; std::string name; Expr index; };
// A field of the value of an earlier state.
struct StateValue { std::size_t field; std::string name; std::vector<Expr> coordinates; };
// A field of the token `distance` positions before the state that is generated, an input symbol counting as the first
// field. With distance 1 that is the previous token. A reading may have a name for people, and a bound that the distance
// never exceeds, in constants and lengths.
struct Back {
  std::size_t field;
  std::string name;
  Expr distance;
  std::string reading = "";
  std::optional<Expr> at_most = std::nullopt;
};
// Whether the state that is generated is the first.
struct IsFirst {};
// A field of the value of the last state; in the answer and in repeat_until only.
struct LastValue { std::size_t field; std::string name; };
// constant + Σ factor · term; no term is itself a sum or a constant.
struct Sum { std::vector<std::pair<std::int64_t, Expr>> terms; std::int64_t constant; };
// [difference = 0] or [difference >= 0].
struct IsZero { Expr difference; };
struct IsNonNegative { Expr difference; };
struct Not { Expr condition; };
struct And { Expr a, b; };
struct Or { Expr a, b; };
// value if condition, 0 otherwise.
struct Gated { Expr condition, value; };
struct Minimum { Expr a, b; };
struct Maximum { Expr a, b; };
struct Choice { Expr condition, then, otherwise; };
// values[argument - first]; clipped to the first and last value outside.
struct Lookup { Expr argument; std::int64_t first; std::vector<std::int64_t> values; };
// ⌊argument / divisor⌋ and what is left, 0 <= remainder < divisor.
struct Quotient { Expr argument; std::int64_t divisor; };
struct Remainder { Expr argument; std::int64_t divisor; };

}  // namespace expr

using ExprVariant =
    std::variant<expr::Constant, expr::LoopVariable, expr::Length, expr::Symbol, expr::StateValue, expr::Back,
                 expr::IsFirst, expr::LastValue, expr::Sum, expr::IsZero, expr::IsNonNegative, expr::Not, expr::And,
                 expr::Or, expr::Gated, expr::Minimum, expr::Maximum, expr::Choice, expr::Lookup, expr::Quotient,
                 expr::Remainder>;

struct ExprNode {
  ExprVariant kind;
};

template <class Kind>
Expr make_expr(Kind kind) {
  return Expr(std::make_shared<const ExprNode>(ExprNode{std::move(kind)}));
}

Expr operator+(const Expr& a, const Expr& b);
Expr operator-(const Expr& a, const Expr& b);
Expr operator-(const Expr& a);
// One factor must be a constant or a condition; otherwise throws Inadmissible.
Expr operator*(const Expr& a, const Expr& b);
Expr operator==(const Expr& a, const Expr& b);
Expr operator!=(const Expr& a, const Expr& b);
Expr operator<=(const Expr& a, const Expr& b);
Expr operator>=(const Expr& a, const Expr& b);
Expr operator<(const Expr& a, const Expr& b);
Expr operator>(const Expr& a, const Expr& b);
Expr operator!(const Expr& condition);
Expr operator&&(const Expr& a, const Expr& b);
Expr operator||(const Expr& a, const Expr& b);

Expr min(const Expr& a, const Expr& b);
Expr max(const Expr& a, const Expr& b);
template <class... More>
Expr min(const Expr& a, const Expr& b, const More&... more) { return min(min(a, b), more...); }
template <class... More>
Expr max(const Expr& a, const Expr& b, const More&... more) { return max(max(a, b), more...); }

// ⌊x / divisor⌋ and x mod divisor; divisor >= 1.
Expr quotient(const Expr& x, std::int64_t divisor);
Expr mod(const Expr& x, std::int64_t divisor);

// f given by its values on first, first + 1, …
Expr lookup(const Expr& argument, std::int64_t first, std::vector<std::int64_t> values);

// The first alternative whose condition holds: cases(c1, x1, c2, x2, otherwise, x3).
struct Otherwise {};
inline constexpr Otherwise otherwise{};
inline Expr cases(Otherwise, const Expr& value) { return value; }
Expr choose(const Expr& condition, const Expr& then, const Expr& other);
template <class... More>
Expr cases(const Expr& condition, const Expr& value, const More&... more) {
  return choose(condition, value, cases(more...));
}

// The expression as a formula; equal texts mean equal expressions.
std::string to_string(const Expr& expression);

// The expressions directly below a node.
std::vector<Expr> children(const Expr& expression);

// What the leaves of an expression stand for.
struct Environment {
  std::function<std::int64_t(const expr::LoopVariable&)> loop;
  std::function<std::int64_t(const expr::Length&)> length;
  std::function<std::int64_t(const expr::Symbol&, std::int64_t index)> symbol;
  std::function<std::int64_t(const expr::StateValue&, const std::vector<std::int64_t>& coordinates)> state;
  std::function<std::int64_t(const expr::Back&, std::int64_t distance)> back;
  std::function<bool()> is_first;
  std::function<std::int64_t(const expr::LastValue&)> last;
};

// The value of an expression. Alternatives that are not taken are not evaluated, so they may speak of states and
// symbols that do not exist.
std::int64_t evaluate(const Expr& expression, const Environment& environment);

// The range of an expression, from the ranges of its leaves.
using LeafRange = std::function<Range(const Expr& leaf)>;
Range range(const Expr& expression, const LeafRange& leaf);

}  // namespace wrought
