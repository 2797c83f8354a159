#include "verifier/certificate/symbolic.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "verifier/certificate/facts.hpp"

namespace wrought::certificate {

namespace {

// A comparison of control unknowns that the case does not decide.
struct Undecided {
  Polynomial compared;  // with 0
};

// Which token the case is about.
enum class At { separator, state, last_state };

std::string bracketed(const std::string& operation, const std::vector<std::string>& operands) {
  std::string text = operation + "(";
  for (const std::string& operand : operands) text += (text.back() == '(' ? "" : "; ") + operand;
  return text + ")";
}

}  // namespace

struct SymbolicRun::Assumptions {
  At at = At::separator;
  std::size_t branch = 0;             // of a state: the loop that moves on
  std::vector<Polynomial> compared;   // each >= 0
  std::optional<bool> ends;           // of a repetition: whether `until` holds
};

// One case with the meaning of every quantity in it.
class SymbolicRun::Leaf {
 public:
  Leaf(const Certificate& certificate, const Network& network, const Assumptions& assumptions)
      : certificate_(certificate),
        statement_(certificate.statement),
        network_(network),
        assumptions_(assumptions),
        meanings_(certificate.quantities.size()) {
    for (const Statement::Input& input : statement_.inputs)
      lengths_.push_back(facts_.unknown("length(" + input.name + ")", 1, input.max_length, true));
    for (const Expression& requirement : statement_.requirements) assume_requirement(requirement);
    place();
    for (const Polynomial& p : assumptions_.compared) facts_.assume(p);
    facts_.tighten();
    index_claims();
  }

  bool impossible() const { return facts_.contradictory(); }

  // Every quantity and every form of a claim, so that all splits happen now; and the outputs.
  void follow() {
    if (statement_.until.size() == 1 && assumptions_.at == At::state) assume_end();
    if (assumptions_.at != At::last_state) check_successor();
    const std::vector<Polynomial> expected = next_token();
    for (std::size_t c = 0; c < expected.size(); ++c) {
      const Polynomial output = meaning(certificate_.outputs.at(c));
      if (!(facts_.reduce(expected[c]) == output))
        throw Unproved{"output " + std::to_string(c) + " is " + facts_.text(output) + " where the problem says " +
                       facts_.text(facts_.reduce(expected[c])) + ", " + description()};
    }
    for (QuantityId id = 0; id < certificate_.quantities.size(); ++id)
      if (certificate_.quantities[id].origin == Origin::feed_forward) meaning(id);
  }

  bool within(const Form& form, const Rational& lo, const Rational& hi) {
    const Polynomial p = settled(form);
    return facts_.imply(p - lo) && facts_.imply(Polynomial(hi) - p);
  }
  bool follows(QuantityId id) const {
    const Quantity& q = certificate_.quantities[id];
    if (q.origin == Origin::attention) return claims_.contains(id);
    const auto in_lookups = [](const Piece& p) {
      return p.rule == "scatter" || p.rule == "scatter_difference" || p.rule == "pick" || p.rule == "rescale";
    };
    return claims_.contains(id) || std::none_of(q.pieces.begin(), q.pieces.end(), in_lookups);
  }
  bool is_integer(const Form& form) { return facts_.is_integer(settled(form)); }

 private:
  std::string description() const {
    std::string text = assumptions_.at == At::separator    ? "at the last separator"
                       : assumptions_.at == At::last_state ? "at the last state"
                       : statement_.loops.empty()          ? "at a state"
                                                  : "at a state where " + statement_.loops[assumptions_.branch].name +
                                                        " moves on";
    for (const Polynomial& p : assumptions_.compared) text += ", " + facts_.text(p) + " >= 0";
    return text;
  }

  void assume_requirement(const Expression& requirement) {
    const Expression* x = requirement.operands.empty() ? nullptr : &requirement.operands.front();
    // Anything else than a comparison is a hypothesis the proof does without.
    if (requirement.kind == "nonnegative") facts_.assume(evaluate(*x));
    if (requirement.kind == "zero") {
      facts_.assume(evaluate(*x));
      facts_.assume(Polynomial(0) - evaluate(*x));
    }
  }

  // The token that generates, its position, and the state that comes next.
  void place() {
    first_state_ = statement_.has_bos() ? 1 : 0;
    for (const Polynomial& n : lengths_) {
      first_symbol_.push_back(first_state_);
      first_state_ += n + 1;
    }
    token_.assign(statement_.token_width(), Polynomial(0));
    if (assumptions_.at == At::separator) {
      token_.at(statement_.separator(statement_.inputs.size() - 1)) = 1;
      position_ = first_state_ - 1;
    } else {
      token_.at(statement_.state_flag()) = 1;
      place_state();
    }
    next_coordinates();
  }

  void place_state() {
    for (std::size_t k = 0; k < statement_.loops.size(); ++k) {
      const Statement::Loop& loop = statement_.loops[k];
      const auto [least, most] = token_range(statement_.coordinate(k));
      const Polynomial c = facts_.unknown(loop.name, least, most, true);
      coordinates_.push_back(c);
      const Polynomial lo = bound(loop.lo, coordinates_), hi = bound(loop.hi, coordinates_);
      const bool at_bound = assumptions_.at == At::last_state || k > assumptions_.branch;
      facts_.assume(c - lo);
      facts_.assume((at_bound || k != assumptions_.branch) ? hi - c : hi - c - 1);
      if (at_bound) facts_.assume(c - hi);
      token_.at(statement_.coordinate(k)) = c;
    }
    if (statement_.loops.empty()) {
      position_ = facts_.unknown("p", 0, Rational(network_.max_length) - 1, true);
      facts_.assume(position_ - first_state_);
    } else {
      position_ = first_state_ + rank(coordinates_);
    }
    for (std::size_t k = 0; k < statement_.evicted.size(); ++k) {
      const auto [lo, hi] = token_range(statement_.evicted_value(k));
      token_.at(statement_.evicted_value(k)) = facts_.atom("evicted " + std::to_string(k), lo, hi);
    }
  }

  void next_coordinates() {
    if (assumptions_.at == At::last_state) return;
    for (std::size_t k = 0; k < statement_.loops.size(); ++k) {
      const bool stays = assumptions_.at == At::state && k < assumptions_.branch;
      const bool moves = assumptions_.at == At::state && k == assumptions_.branch;
      next_.push_back(stays   ? coordinates_[k]
                      : moves ? coordinates_[k] + 1
                              : bound(statement_.loops[k].lo, next_));
    }
  }

  // The next state exists, and its rank is one more: so states stand where the rank says.
  void check_successor() const {
    if (statement_.loops.empty()) return;
    for (std::size_t k = 0; k < next_.size(); ++k)
      if (!facts_.imply(bound(statement_.loops[k].hi, next_) - next_[k]) ||
          !facts_.imply(next_[k] - bound(statement_.loops[k].lo, next_)))
        throw Unproved{"the next " + statement_.loops[k].name + " may be beyond its bounds, " + description()};
    if (!facts_.reduce(first_state_ + rank(next_) - position_ - 1).is_zero())
      throw Unproved{"the rank of the next state is not one more, " + description()};
  }

  // What a condition that holds says of its parts.
  void assume_true(const Expression& condition) {
    if (condition.kind == "and")
      for (const Expression& part : condition.operands) assume_true(part);
    if (condition.kind != "zero" && condition.kind != "nonnegative") return;
    const Polynomial x = evaluate(condition.operands.at(0));
    facts_.assume(x);
    if (condition.kind == "zero") facts_.assume(Polynomial(0) - x);
  }

  void assume_end() {
    if (assumptions_.ends.value()) assume_true(statement_.until.front());
    const Polynomial condition = facts_.reduce(evaluate(statement_.until.front()));
    const Polynomial wanted = assumptions_.ends.value() ? Polynomial(1) : Polynomial(0);
    facts_.assume(condition - wanted);
    facts_.assume(wanted - condition);
  }

  Polynomial bound(const Expression& e, const std::vector<Polynomial>& coordinates) const {
    if (e.kind == "constant") return Rational(e.numbers.at(0));
    if (e.kind == "length") return lengths_.at(static_cast<std::size_t>(e.numbers.at(0)));
    if (e.kind == "loop") return coordinates.at(static_cast<std::size_t>(e.numbers.at(0)));
    if (e.kind != "sum") throw Unproved{"a bound that is not affine"};
    Polynomial sum = Rational(e.numbers.at(0));
    for (std::size_t i = 0; i < e.operands.size(); ++i)
      sum += Polynomial(Rational(e.numbers.at(i + 1))) * bound(e.operands[i], coordinates);
    return sum;
  }

  Polynomial rank(const std::vector<Polynomial>& coordinates) const {
    Polynomial sum;
    for (const Statement::Term& term : statement_.rank) {
      const auto coefficient = parse_rational(term.coefficient);
      if (!coefficient) throw Unproved{"a rank with a coefficient that is no number"};
      Polynomial product = *coefficient;
      for (const std::size_t x : term.unknowns)
        product = product * (x < coordinates.size() ? coordinates[x] : lengths_.at(x - coordinates.size()));
      sum += product;
    }
    return sum;
  }

  std::pair<Rational, Rational> token_range(std::size_t coordinate) const {
    for (const Quantity& quantity : certificate_.quantities)
      if (quantity.origin == Origin::token && quantity.token_coordinate == coordinate)
        return {quantity.bounds.lo, quantity.bounds.hi};
    return {0, Rational(network_.max_length)};
  }

  // Value f of the token at `position`.
  Polynomial cell(std::size_t f, const Polynomial& at) {
    const Polynomial q = facts_.reduce(at);
    if ((q - facts_.reduce(first_state_ - 1)).is_zero()) return 0;  // a separator
    const auto [lo, hi] = token_range(statement_.value(f));
    return facts_.atom("value " + std::to_string(f) + " @ " + facts_.text(q), lo, hi);
  }

  // The value of an expression in the state that is generated; `last` reads the token at hand.
  Polynomial evaluate(const Expression& e) {
    const auto number = [&](std::size_t i) { return static_cast<std::size_t>(e.numbers.at(i)); };
    const auto operand = [&](std::size_t i) { return evaluate(e.operands.at(i)); };
    if (e.kind == "constant") return Rational(e.numbers.at(0));
    if (e.kind == "loop") return next_.at(number(0));
    if (e.kind == "length") return lengths_.at(number(0));
    if (e.kind == "symbol") return symbol(number(0), operand(0));
    if (e.kind == "state") return state(e);
    if (e.kind == "back") return back(e);
    if (e.kind == "first") return assumptions_.at == At::separator ? 1 : 0;
    if (e.kind == "last") return cell(number(0), position_);
    if (e.kind == "sum") {
      Polynomial sum = Rational(e.numbers.at(0));
      for (std::size_t i = 0; i < e.operands.size(); ++i)
        sum += Polynomial(Rational(e.numbers.at(i + 1))) * operand(i);
      return sum;
    }
    if (e.kind == "zero") return equality(operand(0));
    if (e.kind == "nonnegative") return threshold(operand(0));
    if (e.kind == "not") return Polynomial(1) - operand(0);
    if (e.kind == "and") return threshold(operand(0) + operand(1) - 2);
    if (e.kind == "or") return threshold(operand(0) + operand(1) - 1);
    if (e.kind == "gated") {
      const Polynomial condition = facts_.reduce(operand(0));
      return condition.is_zero() ? Polynomial(0) : gate(operand(1), condition);
    }
    if (e.kind == "choice") {
      const Polynomial condition = facts_.reduce(operand(0));
      if (condition.is_constant()) return operand(condition.is_zero() ? 2 : 1);
      return select(condition, operand(1), operand(2));
    }
    if (e.kind == "minimum") return extremum(operand(0), operand(1), true);
    if (e.kind == "maximum") return extremum(operand(0), operand(1), false);
    if (e.kind == "lookup") {
      std::vector<Rational> values(e.numbers.begin() + 1, e.numbers.end());
      return table(operand(0), e.numbers.at(0), values);
    }
    if (e.kind == "quotient") return floor_quotient(operand(0), e.numbers.at(0));
    if (e.kind == "remainder") {
      const Polynomial x = operand(0);
      return x - Polynomial(Rational(e.numbers.at(0))) * floor_quotient(x, e.numbers.at(0));
    }
    throw Unproved{"an expression of an unknown kind, " + e.kind};
  }

  Polynomial symbol(std::size_t k, const Polynomial& index) {
    if (!facts_.imply(index - 1) || !facts_.imply(lengths_.at(k) - index))
      throw Unproved{"a symbol of " + statement_.inputs.at(k).name + " at " + facts_.text(facts_.reduce(index)) +
                     " may not exist, " + description()};
    return remember(0, first_symbol_.at(k) + index - 1);
  }

  Polynomial back(const Expression& e) {
    const Polynomial distance = evaluate(e.operands.at(0));
    if (e.operands.size() > 1) facts_.assume(evaluate(e.operands[1]) - distance);  // a hypothesis of the statement
    return remember(static_cast<std::size_t>(e.numbers.at(0)), position_ + 1 - distance);
  }

  Polynomial state(const Expression& e) {
    std::vector<Polynomial> at;
    for (const Expression& coordinate : e.operands) at.push_back(facts_.reduce(evaluate(coordinate)));
    for (std::size_t k = 0; k < at.size(); ++k)
      if (!facts_.imply(at[k] - bound(statement_.loops[k].lo, at)) ||
          !facts_.imply(bound(statement_.loops[k].hi, at) - at[k]))
        throw Unproved{"a state with " + statement_.loops[k].name + " = " + facts_.text(at[k]) + " may not exist, " +
                       description()};
    if (!is_earlier(at)) throw Unproved{"a state that is read may not be earlier, " + description()};
    return remember(static_cast<std::size_t>(e.numbers.at(0)), first_state_ + rank(at));
  }

  // Whether a state comes before the one that is generated.
  bool is_earlier(const std::vector<Polynomial>& at) const {
    for (std::size_t k = 0; k < at.size(); ++k) {
      if (facts_.imply(next_[k] - at[k] - 1)) return true;
      if (!facts_.reduce(next_[k] - at[k]).is_zero()) return false;
    }
    return false;
  }

  Polynomial remember(std::size_t f, const Polynomial& position) {
    earlier_.insert(facts_.reduce(position));
    return cell(f, position);
  }

  // The token that the problem says comes next.
  std::vector<Polynomial> next_token() {
    std::vector<Polynomial> token(statement_.token_width(), Polynomial(0));
    const bool ends = assumptions_.at == At::last_state || assumptions_.ends.value_or(false);
    if (ends) {
      token.at(statement_.answer_flag()) = 1;
      token.at(statement_.value(0)) = evaluate(statement_.answer);
      return token;
    }
    token.at(statement_.state_flag()) = 1;
    for (std::size_t k = 0; k < next_.size(); ++k) token.at(statement_.coordinate(k)) = next_[k];
    for (std::size_t f = 0; f < statement_.fields.size(); ++f)
      token.at(statement_.value(f)) = evaluate(statement_.transition.at(f));
    for (std::size_t k = 0; k < statement_.evicted.size(); ++k)
      token.at(statement_.evicted_value(k)) =
          evicted(statement_.evicted[k], position_ + 1 - Rational(statement_.capacity));
    return token;
  }

  // Value f of the token at a position, or 0 if that lies before the first token.
  Polynomial evicted(std::size_t f, const Polynomial& position) {
    const Polynomial exists = threshold(position);
    return exists.is_zero() ? Polynomial(0) : remember(f, position);
  }

  // ---- what rules make of meanings ----

  Polynomial threshold(const Polynomial& x) {  // [x >= 0]
    const Polynomial y = facts_.reduce(x);
    if (facts_.imply(y)) return 1;
    if (facts_.is_integer(y) && facts_.imply(Polynomial(-1) - y)) return 0;
    if (!facts_.is_integer(y)) return facts_.real("[" + facts_.text(y) + " >= 0]", 0, 1);
    if (facts_.is_control(y)) throw Undecided{y};
    return facts_.reduce(facts_.atom("[" + facts_.text(y) + " >= 0]", 0, 1));
  }

  Polynomial equality(const Polynomial& x) {  // [x = 0]
    const Polynomial y = facts_.reduce(x);
    if (y.is_zero()) return 1;
    if (!facts_.is_integer(y)) return facts_.real("[" + facts_.text(y) + " = 0]", 0, 1);
    if (facts_.imply(y - 1) || facts_.imply(Polynomial(-1) - y)) return 0;
    if (facts_.is_control(y)) return threshold(y) - threshold(y - 1);
    return facts_.atom("[" + facts_.text(y) + " = 0]", 0, 1);
  }

  Polynomial gate(const Polynomial& x, const Polynomial& condition) {
    const Polynomial g = facts_.reduce(condition), y = facts_.reduce(x);
    if (g.is_zero()) return 0;
    if (g == Polynomial(1)) return y;
    if (!facts_.is_integer(g)) return facts_.nameless(bracketed("gate", {facts_.text(g), facts_.text(y)}));
    return hull_atom(bracketed("gate", {facts_.text(g), facts_.text(y)}), 0, y);
  }

  Polynomial select(const Polynomial& condition, const Polynomial& then, const Polynomial& otherwise) {
    const Polynomial g = facts_.reduce(condition), x = facts_.reduce(then), y = facts_.reduce(otherwise);
    if (g.is_zero() || x == y) return y;
    if (g == Polynomial(1)) return x;
    if (!facts_.is_integer(g))
      return facts_.nameless(bracketed("select", {facts_.text(g), facts_.text(x), facts_.text(y)}));
    return hull_atom(bracketed("select", {facts_.text(g), facts_.text(x), facts_.text(y)}), x, y);
  }

  Polynomial extremum(const Polynomial& left, const Polynomial& right, bool least) {
    const Polynomial x = facts_.reduce(left), y = facts_.reduce(right);
    if (facts_.imply(y - x)) return least ? x : y;
    if (facts_.imply(x - y)) return least ? y : x;
    const std::string name = bracketed(least ? "min" : "max", {facts_.text(x), facts_.text(y)});
    const auto a = facts_.range(x), b = facts_.range(y);
    if (!a || !b) return facts_.nameless(name);
    const Rational lo = least ? std::min(a->first, b->first) : std::max(a->first, b->first);
    const Rational hi = least ? std::min(a->second, b->second) : std::max(a->second, b->second);
    return facts_.is_integer(x) && facts_.is_integer(y) ? facts_.atom(name, lo, hi) : facts_.real(name, lo, hi);
  }

  // A name for a number that is x or y.
  Polynomial hull_atom(const std::string& name, const Polynomial& x, const Polynomial& y) {
    const auto a = facts_.range(x), b = facts_.range(y);
    if (!a || !b) return facts_.nameless(name);
    const Rational lo = std::min(a->first, b->first), hi = std::max(a->second, b->second);
    return facts_.is_integer(x) && facts_.is_integer(y) ? facts_.atom(name, lo, hi) : facts_.real(name, lo, hi);
  }

  // values[x - first], clipped to the first and last value outside.
  Polynomial table(const Polynomial& x, const Rational& first, const std::vector<Rational>& values) {
    const Polynomial y = facts_.reduce(x);
    const Rational last = first + Rational(values.size() - 1);
    if (y.is_constant()) {
      const Rational at = std::clamp<Rational>(y.constant(), first, last);
      return values.at(static_cast<std::size_t>(floor(at - first)));
    }
    if (facts_.imply(y - first) && facts_.imply(Polynomial(last) - y))
      if (const auto formula = interpolate(y, first, values)) return facts_.reduce(*formula);
    std::string name = "table(" + facts_.text(y) + "; " + to_string(first);
    for (const Rational& value : values) name += ", " + to_string(value);
    const auto [lo, hi] = std::minmax_element(values.begin(), values.end());
    return facts_.atom(name + ")", *lo, *hi);
  }

  // The polynomial of degree at most 3 that takes these values at first, first + 1, …, if there is one; at x.
  static std::optional<Polynomial> interpolate(const Polynomial& x, const Rational& first,
                                               const std::vector<Rational>& values) {
    std::vector<Rational> differences = values, newton;
    for (std::size_t d = 0; d <= 3 && !differences.empty(); ++d) {
      newton.push_back(differences.front());
      for (std::size_t i = 0; i + 1 < differences.size(); ++i) differences[i] = differences[i + 1] - differences[i];
      differences.pop_back();
    }
    if (std::any_of(differences.begin(), differences.end(), [](const Rational& r) { return r != 0; })) return {};
    Polynomial sum, binomial = 1;
    for (std::size_t d = 0; d < newton.size(); ++d) {
      sum += Polynomial(newton[d]) * binomial;
      binomial = Polynomial(Rational(1) / Rational(d + 1)) * binomial * (x - first - Rational(d));
    }
    return sum;
  }

  // ⌊x/B⌋, with whatever multiples of B can be seen taken out.
  Polynomial floor_quotient(const Polynomial& x, const Rational& B) {
    const Polynomial y = facts_.reduce(x);
    Polynomial multiples, rest;
    for (const auto& [monomial, coefficient] : y.terms()) {
      const Rational whole = Rational(floor(coefficient / B));
      const bool splits = monomial.empty() || whole * B == coefficient;
      Polynomial product = 1;
      for (const Unknown u : monomial) product = product * Polynomial::unknown(u);
      if (splits) multiples += Polynomial(whole) * product;
      rest += Polynomial(splits ? Rational(coefficient - whole * B) : coefficient) * product;
    }
    if (rest.is_constant()) return multiples + Rational(floor(rest.constant() / B));
    if (facts_.imply(rest) && facts_.imply(Polynomial(B - 1) - rest)) return multiples;
    const std::string name = "⌊(" + facts_.text(rest) + ")/" + to_string(B) + "⌋";
    const auto bounds = facts_.range(rest);
    if (!bounds || !facts_.is_integer(rest)) return multiples + facts_.nameless(name);
    const Polynomial quotient = facts_.atom(name, floor(bounds->first / B), floor(bounds->second / B));
    facts_.assume(rest - Polynomial(B) * quotient);
    facts_.assume(Polynomial(B) * quotient + (B - 1) - rest);
    return multiples + quotient;
  }

  // ⌊x/B⌋ clipped to 0..A-1.
  Polynomial staircase(const Polynomial& x, const Rational& B, const Rational& A) {
    if (facts_.imply(x) && facts_.imply(Polynomial(A * B - 1) - x)) return floor_quotient(x, B);
    return facts_.atom("clipped ⌊(" + facts_.text(facts_.reduce(x)) + ")/" + to_string(B) + "⌋", 0, A - 1);
  }

  bool is_in_sequence(const Polynomial& q) {
    const Polynomial at = facts_.reduce(q);
    return earlier_.contains(at) || (facts_.imply(at) && facts_.imply(position_ - at));
  }

  Polynomial clamp(const Polynomial& x, const Polynomial& top, const Polynomial& condition) {
    const Polynomial g = facts_.reduce(condition);
    if (g.is_zero()) return 0;
    const Polynomial y = facts_.reduce(x);
    // A position that something is read from, or how far back it lies.
    const bool is_position = earlier_.contains(y) || earlier_.contains(facts_.reduce(position_ - y));
    const bool reaches_top = (is_position && facts_.reduce(top - position_).is_zero()) || facts_.imply(top - y);
    if (g == Polynomial(1) && (is_position || facts_.imply(y)) && reaches_top) return y;
    if (facts_.imply(Polynomial(0) - y)) return 0;
    const auto range = facts_.range(y), limit = facts_.range(facts_.reduce(top));
    const std::string name = bracketed("clamp", {facts_.text(y), facts_.text(facts_.reduce(top)), facts_.text(g)});
    if (!range || !limit || !facts_.is_integer(y)) return facts_.nameless(name);
    return facts_.atom(name, 0, std::max<Rational>(0, std::min(range->second, limit->second)));
  }

  Polynomial piece(const Piece& piece, QuantityId id) {
    const auto argument = [&](std::size_t i) { return meaning(piece.arguments.at(i)); };
    const auto number = [&](std::size_t i) { return piece.numbers.at(i); };
    if (piece.rule == "threshold") return threshold(argument(0) - number(0));
    if (piece.rule == "equality") return equality(argument(0) - number(0));
    if (piece.rule == "gate") return gate(argument(0), argument(1));
    if (piece.rule == "select") return select(argument(0), argument(1), argument(2));
    if (piece.rule == "move") return argument(0);
    if (piece.rule == "minimum") return extremum(argument(0), argument(1), true);
    if (piece.rule == "maximum") return extremum(argument(0), argument(1), false);
    if (piece.rule == "table")
      return table(argument(0), number(0), {piece.numbers.begin() + 1, piece.numbers.end()});
    if (piece.rule == "staircase") return staircase(argument(0), number(0), number(1));
    if (piece.rule == "staircase_square") {
      const Polynomial a = staircase(argument(0), number(0), number(1));
      return a * a;
    }
    if (piece.rule == "clamp") return clamp(argument(0), argument(1), argument(2));
    // Scatter, pick and rescale mean something in lookups only; those say what (claims).
    return opaque(id);
  }

  // ---- meanings of quantities ----

  void index_claims() {
    for (const Step& step : certificate_.steps)
      if (const auto* claim = std::get_if<Claim>(&step))
        if (!claim->conclusion.terms.empty()) claims_[claim->conclusion.terms.rbegin()->first].push_back(claim);
  }

  Polynomial meaning(const Form& form) {
    Polynomial sum = form.constant;
    for (const auto& [id, coefficient] : form.terms) sum += Polynomial(coefficient) * meaning(id);
    return facts_.reduce(sum);
  }

  // After follow() nothing may split any more: what is still undecided stays a name.
  Polynomial settled(const Form& form) {
    try {
      return meaning(form);
    } catch (const Undecided&) {
      in_progress_.clear();
      return facts_.nameless("undecided");
    }
  }

  Polynomial meaning(QuantityId id) {
    if (!meanings_.at(id)) {
      // A claim may speak of what depends on its conclusion.
      if (!in_progress_.insert(id).second) throw Unproved{"a claim about '" + certificate_.quantities[id].name + "' is circular"};
      meanings_[id] = facts_.reduce(new_meaning(id));
      in_progress_.erase(id);
    }
    return facts_.reduce(*meanings_[id]);
  }

  Polynomial new_meaning(QuantityId id) {
    const Quantity& quantity = certificate_.quantities[id];
    if (quantity.origin == Origin::token) return token_part(quantity.token_coordinate);
    if (quantity.origin == Origin::position) return position_feature(id);
    if (const auto claimed = claimed_meaning(id)) return *claimed;
    if (quantity.origin == Origin::attention) return opaque(id);
    Polynomial sum = meaning(quantity.rest);
    for (const Piece& p : quantity.pieces) sum += Polynomial(p.factor) * piece(p, id);
    return sum;
  }

  Polynomial token_part(std::size_t coordinate) {
    const std::size_t first = statement_.value(0);
    const bool is_value = coordinate >= first && coordinate < first + statement_.fields.size();
    return is_value && assumptions_.at != At::separator ? cell(coordinate - first, position_) : token_.at(coordinate);
  }

  Polynomial opaque(QuantityId id) {
    return facts_.nameless("quantity " + std::to_string(id));
  }

  Polynomial position_feature(QuantityId id) {
    const Quantity& quantity = certificate_.quantities[id];
    for (const PositionFeature& feature : network_.positions) {
      if (static_cast<std::size_t>(feature.coordinate) != quantity.at.coordinate) continue;
      const std::vector<std::int64_t>& values = feature.values;
      const auto matches = [&](const std::function<std::int64_t(std::int64_t)>& f) {
        for (std::size_t p = 0; p < values.size(); ++p)
          if (values[p] != f(static_cast<std::int64_t>(p))) return false;
        return true;
      };
      if (matches([](std::int64_t) { return 1; })) return 1;
      if (matches([](std::int64_t p) { return p; })) return position_;
      if (matches([](std::int64_t p) { return p * p; })) return position_ * position_;
      const auto [lo, hi] = std::minmax_element(values.begin(), values.end());
      return facts_.atom("feature " + quantity.name, *lo, *hi);
    }
    throw Unproved{"a position feature that the network does not have: " + quantity.name};
  }

  // What the claims about a form say of its last quantity.
  std::optional<Polynomial> claimed_meaning(QuantityId id) {
    const auto found = claims_.find(id);
    if (found == claims_.end()) return {};
    for (const Claim* claim : found->second) {
      const std::optional<Polynomial> value = claim_value(*claim);
      if (!value) continue;
      Polynomial others = claim->conclusion.constant;
      for (const auto& [other, coefficient] : claim->conclusion.terms)
        if (other != id) others += Polynomial(coefficient) * meaning(other);
      return Polynomial(1 / claim->conclusion.terms.at(id)) * (*value - others);
    }
    return {};
  }

  std::optional<Polynomial> claim_value(const Claim& claim) {
    if (claim.rule == "locate") return located(claim.arguments.at(0));
    if (claim.rule == "fetch_window") return fetched(claim, Rational(claim.numbers.at(0)), false);
    if (claim.rule == "fetch_sparse" || claim.rule == "fetch_strided" || claim.rule == "fetch_linear")
      return fetched(claim, Rational(network_.max_length), false);
    if (claim.rule == "fetch_telescoping") return fetched(claim, Rational(claim.numbers.at(0)), true);
    return {};
  }

  // The position of the token whose flag is 1: a separator stands once.
  std::optional<Polynomial> located(const Form& flag) const {
    if (flag.terms.size() != 1 || flag.constant != 0 || flag.terms.begin()->second != 1) return {};
    const Quantity& quantity = certificate_.quantities.at(flag.terms.begin()->first);
    if (quantity.origin != Origin::token || quantity.token_coordinate >= lengths_.size()) return {};
    const std::size_t k = quantity.token_coordinate;
    return facts_.reduce(first_symbol_.at(k) + lengths_.at(k));
  }

  // The payload of the token at a position less than `reach` tokens back.
  std::optional<Polynomial> fetched(const Claim& claim, const Rational& reach, bool none_before_start) {
    const Polynomial q = meaning(claim.arguments.at(0));
    const Form& payload = claim.arguments.at(1);
    if (none_before_start && threshold(q).is_zero()) return payload_of(payload, {});
    const bool near = reach >= Rational(network_.max_length) || facts_.imply(Polynomial(reach) - 1 - (position_ - q));
    if (is_in_sequence(q) && near) return payload_of(payload, q);
    // Some token's payload, or a mean of several where none is nearest.
    const auto bounds = payload_range(payload);
    if (!bounds) return {};
    const std::string name = "some payload " + std::to_string(claim.conclusion.terms.rbegin()->first);
    return near || claim.rule != "fetch_window" || network_.attention.kind == AttentionKind::standard
               ? facts_.atom(name, bounds->first, bounds->second)
               : facts_.real(name, bounds->first, bounds->second);
  }

  // The range of a form over tokens' coordinates, at any token.
  std::optional<std::pair<Rational, Rational>> payload_range(const Form& payload) const {
    std::pair<Rational, Rational> sum{payload.constant, payload.constant};
    for (const auto& [id, c] : payload.terms) {
      const Quantity& quantity = certificate_.quantities.at(id);
      if (quantity.origin != Origin::token) return {};
      const auto [lo, hi] = token_range(quantity.token_coordinate);
      sum.first += c * (c > 0 ? lo : hi);
      sum.second += c * (c > 0 ? hi : lo);
    }
    return sum;
  }

  std::optional<Polynomial> payload_of(const Form& payload, const std::optional<Polynomial>& q) {
    Polynomial sum = payload.constant;
    for (const auto& [id, coefficient] : payload.terms) {
      const Quantity& quantity = certificate_.quantities.at(id);
      if (quantity.origin != Origin::token || quantity.token_coordinate < statement_.value(0)) return {};
      const std::size_t f = quantity.token_coordinate - statement_.value(0);
      if (f >= statement_.fields.size()) return {};
      if (q) sum += Polynomial(coefficient) * cell(f, *q);
    }
    return sum;
  }

  const Certificate& certificate_;
  const Statement& statement_;
  const Network& network_;
  Assumptions assumptions_;
  Facts facts_;
  std::vector<Polynomial> lengths_, first_symbol_, coordinates_, next_, token_;
  Polynomial first_state_, position_;
  std::set<Polynomial> earlier_;  // positions of tokens that the problem reads
  std::map<QuantityId, std::vector<const Claim*>> claims_;
  std::vector<std::optional<Polynomial>> meanings_;
  std::set<QuantityId> in_progress_;
};

void SymbolicRun::explore(const Certificate& certificate, const Network& network, const Assumptions& assumptions) {
  constexpr std::size_t most_cases = 2000;
  if (leaves_.size() > most_cases) throw Unproved{"more than " + std::to_string(most_cases) + " cases"};
  auto leaf = std::make_unique<Leaf>(certificate, network, assumptions);
  if (leaf->impossible()) return;
  try {
    leaf->follow();
  } catch (const Undecided& undecided) {
    for (const Polynomial& p : {undecided.compared, Polynomial(-1) - undecided.compared}) {
      Assumptions more = assumptions;
      more.compared.push_back(p);
      explore(certificate, network, more);
    }
    return;
  }
  leaves_.push_back(std::move(leaf));
}

SymbolicRun::SymbolicRun(const Certificate& certificate, const Network& network) {
  explore(certificate, network, {At::separator, 0, {}, {}});
  if (certificate.statement.loops.empty()) {
    for (const bool ends : {false, true}) explore(certificate, network, {At::state, 0, {}, ends});
    return;
  }
  for (std::size_t k = 0; k < certificate.statement.loops.size(); ++k)
    explore(certificate, network, {At::state, k, {}, {}});
  explore(certificate, network, {At::last_state, 0, {}, {}});
}

SymbolicRun::~SymbolicRun() = default;

bool SymbolicRun::within(const Form& form, const Rational& lo, const Rational& hi) const {
  return std::all_of(leaves_.begin(), leaves_.end(), [&](const auto& leaf) { return leaf->within(form, lo, hi); });
}

bool SymbolicRun::is_integer(const Form& form) const {
  return std::all_of(leaves_.begin(), leaves_.end(), [&](const auto& leaf) { return leaf->is_integer(form); });
}

bool SymbolicRun::follows(QuantityId id) const { return leaves_.front()->follows(id); }

std::size_t SymbolicRun::cases() const { return leaves_.size(); }

}  // namespace wrought::certificate
