#include "verifier/certificate/case.hpp"

namespace wrought::certificate {

Case::Case(const Statement& statement, std::size_t length, const Assumptions& assumptions)
    : statement_(statement), length_(length), assumptions_(assumptions), functions_(facts_) {
  for (const Statement::Input& input : statement_.inputs)
    lengths_.push_back(facts_.control("length(" + input.name + ")", 1, input.max_length));
  // Where a requirement is more than comparisons, the proof does without.
  for (const Expression& requirement : statement_.requirements) assume_true(requirement);
  place();
  for (const Polynomial& p : assumptions_.compared) facts_.assume(p);
  facts_.tighten();
}

std::string Case::description() const {
  std::string text = assumptions_.at == At::separator    ? "at the last separator"
                     : assumptions_.at == At::last_state ? "at the last state"
                     : statement_.loops.empty()          ? "at a state"
                                                         : "at a state where " +
                                                      statement_.loops[assumptions_.branch].name + " moves on";
  for (const Polynomial& p : assumptions_.compared) text += ", " + facts_.text(p) + " >= 0";
  return text;
}

// ---- the token that generates ----

// What a condition that holds says of its parts.
void Case::assume_true(const Expression& condition) {
  if (condition.kind == "and")
    for (const Expression& part : condition.operands) {
      this->condition(part);
      assume_true(part);
    }
  if (condition.kind != "zero" && condition.kind != "nonnegative") return;
  const Polynomial x = evaluate(condition.operands.at(0));
  facts_.assume(x);
  if (condition.kind == "zero") facts_.assume(Polynomial(0) - x);
}

void Case::place() {
  first_state_ = statement_.has_bos() ? 1 : 0;
  for (const Polynomial& n : lengths_) {
    first_symbol_.push_back(first_state_);
    first_state_ += n + 1;
  }
  if (assumptions_.at == At::separator)
    position_ = first_state_ - 1;
  else
    place_state();
  if (assumptions_.at != At::last_state) place_next();
}

void Case::place_state() {
  for (std::size_t k = 0; k < statement_.loops.size(); ++k) {
    const Statement::Loop& loop = statement_.loops[k];
    const auto [least, most] = statement_.token_range(statement_.coordinate(k));
    const Polynomial c = facts_.control(loop.name, least, most);
    coordinates_.push_back(c);
    const Polynomial lo = bound(loop.lo, coordinates_), hi = bound(loop.hi, coordinates_);
    const bool at_bound = assumptions_.at == At::last_state || k > assumptions_.branch;
    const bool moves = !at_bound && k == assumptions_.branch;
    facts_.assume(c - lo);
    facts_.assume(moves ? hi - c - 1 : hi - c);
    if (at_bound) facts_.assume(c - hi);
  }
  if (statement_.loops.empty()) {
    position_ = facts_.control("p", 0, length_ - 1);
    facts_.assume(position_ - first_state_);
  } else {
    position_ = first_state_ + rank(coordinates_);
  }
}

void Case::place_next() {
  for (std::size_t k = 0; k < statement_.loops.size(); ++k) {
    const bool stays = assumptions_.at == At::state && k < assumptions_.branch;
    const bool moves = assumptions_.at == At::state && k == assumptions_.branch;
    next_.push_back(stays   ? coordinates_[k]
                    : moves ? coordinates_[k] + 1
                            : bound(statement_.loops[k].lo, next_));
  }
}

Polynomial Case::token(std::size_t c) {
  const Statement& s = statement_;
  const bool is_state = assumptions_.at != At::separator;
  if (c == s.state_flag()) return is_state ? 1 : 0;
  if (c < s.state_flag()) return !is_state && c == s.separator(s.inputs.size() - 1) ? 1 : 0;
  if (c == s.answer_flag()) return 0;
  if (c < s.value(0)) return is_state ? facts_.reduce(coordinates_.at(c - s.coordinate(0))) : Polynomial(0);
  const std::size_t f = c - s.value(0);
  if (f < s.fields.size()) return is_state ? value(f, position_) : Polynomial(0);
  const auto [lo, hi] = s.token_range(c);
  return facts_.integer({"evicted", {Rational(f - s.fields.size())}, {}}, lo, hi);
}

// ---- the token that comes next ----

std::vector<Polynomial> Case::next_token() {
  if (assumptions_.ends) assume_end();
  if (statement_.until.empty()) check_successor();
  std::vector<Polynomial> token(statement_.token_width(), Polynomial(0));
  if (assumptions_.at == At::last_state || assumptions_.ends.value_or(false)) {
    token.at(statement_.answer_flag()) = 1;
    token.at(statement_.value(0)) = evaluate(statement_.answer);
    return token;
  }
  token.at(statement_.state_flag()) = 1;
  for (std::size_t k = 0; k < next_.size(); ++k) token.at(statement_.coordinate(k)) = next_[k];
  for (std::size_t f = 0; f < statement_.fields.size(); ++f) {
    const Polynomial value = token.at(statement_.value(f)) = evaluate(statement_.transition.at(f));
    if (!keeps_to_its_range(f, value)) at_large_.insert(f);
  }
  for (std::size_t k = 0; k < statement_.evicted.size(); ++k)
    token.at(statement_.evicted_value(k)) = evicted(statement_.evicted[k], position_ + 1 - Rational(statement_.capacity));
  return token;
}

void Case::assume_end() {
  const Expression& until = statement_.until.front();
  const Polynomial holds = condition(until), wanted = *assumptions_.ends ? 1 : 0;
  if (*assumptions_.ends) assume_true(until);
  facts_.assume(holds - wanted);
  facts_.assume(wanted - holds);
}

// The next state exists and its rank is one more: so states stand where the rank says. The last one still has a position.
void Case::check_successor() const {
  if (assumptions_.at == At::last_state) {
    if (!facts_.imply(Polynomial(length_ - 1) - position_))
      throw Unproved{"the last state may stand beyond the network's " + to_string(length_) + " positions"};
    return;
  }
  for (std::size_t k = 0; k < next_.size(); ++k)
    if (!facts_.imply(bound(statement_.loops[k].hi, next_) - next_[k]) ||
        !facts_.imply(next_[k] - bound(statement_.loops[k].lo, next_)))
      throw Unproved{"the next " + statement_.loops[k].name + " may be beyond its bounds, " + description()};
  if (!facts_.reduce(first_state_ + rank(next_) - position_ - 1).is_zero())
    throw Unproved{"the rank of the next state is not one more, " + description()};
}

Polynomial Case::bound(const Expression& e, const std::vector<Polynomial>& coordinates) const {
  if (e.kind == "constant") return Rational(e.numbers.at(0));
  if (e.kind == "length") return lengths_.at(static_cast<std::size_t>(e.numbers.at(0)));
  if (e.kind == "loop") return coordinates.at(static_cast<std::size_t>(e.numbers.at(0)));
  if (e.kind != "sum") throw Unproved{"a bound that is not affine"};
  Polynomial sum = Rational(e.numbers.at(0));
  for (std::size_t i = 0; i < e.operands.size(); ++i)
    sum += Polynomial(Rational(e.numbers.at(i + 1))) * bound(e.operands[i], coordinates);
  return sum;
}

Polynomial Case::rank(const std::vector<Polynomial>& coordinates) const {
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

// ---- ranges, by induction along the run ----

// The most that field f can be at a state, by its own statement.
std::optional<Polynomial> Case::most_at(std::size_t f, std::vector<Polynomial> coordinates) {
  const Statement::Field& field = statement_.fields.at(f);
  if (field.at_most.empty()) return {};
  std::swap(next_, coordinates);  // what loops stand for
  const Polynomial most = evaluate(field.at_most.front());
  std::swap(next_, coordinates);
  return most;
}

bool Case::keeps_to_its_range(std::size_t f, const Polynomial& value) {
  const Statement::Field& field = statement_.fields.at(f);
  const auto most = most_at(f, next_);
  return functions_.is_never_negative(value - bound(field.lo, {})) &&
         functions_.is_never_negative(bound(field.hi, {}) - value) &&
         (!most || functions_.is_never_negative(*most - value));
}

// ---- expressions ----

Polynomial Case::evaluate(const Expression& e) {
  const auto number = [&](std::size_t i) { return static_cast<std::size_t>(e.numbers.at(i)); };
  const auto operand = [&](std::size_t i) { return evaluate(e.operands.at(i)); };
  if (e.kind == "constant") return Rational(e.numbers.at(0));
  if (e.kind == "loop") return next_.at(number(0));
  if (e.kind == "length") return lengths_.at(number(0));
  if (e.kind == "symbol") return symbol(number(0), operand(0));
  if (e.kind == "state") return state(e);
  if (e.kind == "back") return back(e);
  if (e.kind == "first") return assumptions_.at == At::separator ? 1 : 0;
  if (e.kind == "last") return value(number(0), position_);
  if (e.kind == "sum") return sum(e);
  if (e.kind == "zero") return functions_.zero(operand(0));
  if (e.kind == "nonnegative") return functions_.nonnegative(operand(0));
  if (e.kind == "not") return Polynomial(1) - condition(e.operands.at(0));
  if (e.kind == "and") return functions_.nonnegative(condition(e.operands.at(0)) + condition(e.operands.at(1)) - 2);
  if (e.kind == "or") return functions_.nonnegative(condition(e.operands.at(0)) + condition(e.operands.at(1)) - 1);
  if (e.kind == "gated" || e.kind == "choice") return choice(e);
  if (e.kind == "minimum") return functions_.minimum(operand(0), operand(1));
  if (e.kind == "maximum") return functions_.maximum(operand(0), operand(1));
  if (e.kind == "lookup" && e.numbers.size() < 2) throw Unproved{"a table without values"};
  if (e.kind == "lookup")
    return functions_.table(operand(0), e.numbers.at(0), std::vector<Rational>(e.numbers.begin() + 1, e.numbers.end()));
  if (e.kind == "quotient") return functions_.quotient(operand(0), e.numbers.at(0));
  if (e.kind == "remainder") {
    const Polynomial x = operand(0);
    return x - Polynomial(Rational(e.numbers.at(0))) * functions_.quotient(x, e.numbers.at(0));
  }
  throw Unproved{"an expression of an unknown kind, " + e.kind};
}

// What decides is 0 or 1.
Polynomial Case::condition(const Expression& e) {
  const Polynomial x = facts_.reduce(evaluate(e));
  if (!facts_.is_integer(x) || !facts_.imply(x) || !facts_.imply(Polynomial(1) - x))
    throw Unproved{"a condition may be other than 0 and 1: " + facts_.text(x)};
  return x;
}

Polynomial Case::sum(const Expression& e) {
  Polynomial sum = Rational(e.numbers.at(0));
  for (std::size_t i = 0; i < e.operands.size(); ++i)
    sum += Polynomial(Rational(e.numbers.at(i + 1))) * evaluate(e.operands[i]);
  return sum;
}

// What is not chosen for certain need not exist.
Polynomial Case::choice(const Expression& e) {
  const Polynomial condition = this->condition(e.operands.at(0));
  const auto then = [&] { return evaluate(e.operands.at(1)); };
  const auto otherwise = [&] { return e.kind == "gated" ? Polynomial(0) : evaluate(e.operands.at(2)); };
  if (condition.is_zero()) return otherwise();
  if (condition == Polynomial(1)) return then();
  return functions_.select(condition, then(), otherwise());
}

Polynomial Case::symbol(std::size_t k, const Polynomial& index) {
  if (!facts_.imply(index - 1) || !facts_.imply(lengths_.at(k) - index))
    throw Unproved{"a symbol of " + statement_.inputs.at(k).name + " at " + facts_.text(facts_.reduce(index)) +
                   " may not exist, " + description()};
  const Polynomial value = read(0, first_symbol_.at(k) + index - 1);
  facts_.assume(value - Rational(statement_.inputs[k].lo));
  facts_.assume(Polynomial(Rational(statement_.inputs[k].hi)) - value);
  return value;
}

// That the distance lies between 1 and its stated bound, whether it is read or not, is a hypothesis of the statement.
Polynomial Case::back(const Expression& e) {
  const Polynomial distance = evaluate(e.operands.at(0));
  facts_.assume(distance - 1);
  if (e.operands.size() > 1) facts_.assume(evaluate(e.operands[1]) - distance);
  const Polynomial position = position_ + 1 - distance;
  if (!facts_.imply(position))
    throw Unproved{"the token " + facts_.text(facts_.reduce(distance)) + " back may not exist, " + description()};
  return read(static_cast<std::size_t>(e.numbers.at(0)), position);
}

Polynomial Case::state(const Expression& e) {
  std::vector<Polynomial> at;
  if (e.operands.size() != statement_.loops.size()) throw Unproved{"a state is read with too many or too few coordinates"};
  for (const Expression& coordinate : e.operands) at.push_back(facts_.reduce(evaluate(coordinate)));
  for (std::size_t k = 0; k < at.size(); ++k)
    if (!facts_.imply(at[k] - bound(statement_.loops.at(k).lo, at)) ||
        !facts_.imply(bound(statement_.loops.at(k).hi, at) - at[k]))
      throw Unproved{"a state with " + statement_.loops[k].name + " = " + facts_.text(at[k]) + " may not exist, " +
                     description()};
  if (!is_earlier(at)) throw Unproved{"a state that is read may not be earlier, " + description()};
  const auto f = static_cast<std::size_t>(e.numbers.at(0));
  const Polynomial value = read(f, first_state_ + rank(at));
  facts_.assume(value - bound(statement_.fields.at(f).lo, {}));
  facts_.assume(bound(statement_.fields.at(f).hi, {}) - value);
  if (const auto most = most_at(f, at)) facts_.assume(*most - value);
  return value;
}

// Whether a state comes before the one that is generated.
bool Case::is_earlier(const std::vector<Polynomial>& coordinates) const {
  for (std::size_t k = 0; k < coordinates.size(); ++k) {
    if (facts_.imply(next_.at(k) - coordinates[k] - 1)) return true;
    if (!facts_.reduce(next_[k] - coordinates[k]).is_zero()) return false;
  }
  return false;
}

Polynomial Case::read(std::size_t f, const Polynomial& position) {
  read_.insert(facts_.reduce(position));
  return value(f, position);
}

// Value f of the token at a position, or 0 if that lies before the first token.
Polynomial Case::evicted(std::size_t f, const Polynomial& position) {
  const Polynomial exists = functions_.nonnegative(position);
  return exists.is_zero() ? Polynomial(0) : read(f, position);
}

std::optional<Polynomial> Case::separator_position(std::size_t k) const {
  if (k >= statement_.inputs.size()) return {};
  return facts_.reduce(first_symbol_[k] + lengths_[k]);
}

std::optional<Polynomial> Case::payload(std::size_t coordinate, const std::optional<Polynomial>& position) {
  if (coordinate < statement_.value(0) || coordinate >= statement_.value(statement_.fields.size())) return {};
  return position ? value(coordinate - statement_.value(0), *position) : Polynomial(0);
}

Polynomial Case::value(std::size_t f, const Polynomial& position) {
  if (f >= statement_.fields.size()) throw Unproved{"a value of a field that there is not"};
  const Polynomial q = facts_.reduce(position);
  if ((q - facts_.reduce(first_state_ - 1)).is_zero()) return 0;  // the last separator
  const auto [lo, hi] = statement_.token_range(statement_.value(f));
  return facts_.integer({"value", {Rational(f)}, {q}}, lo, hi);
}

bool Case::is_in_sequence(const Polynomial& position) const {
  const Polynomial q = facts_.reduce(position);
  return read_.contains(q) || (facts_.imply(q) && facts_.imply(position_ - q));
}

}  // namespace wrought::certificate
