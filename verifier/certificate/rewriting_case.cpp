#include "verifier/certificate/rewriting_case.hpp"

namespace wrought::certificate {

RewritingCase::RewritingCase(const Rewriting& rewriting, std::size_t length, const Assumptions& assumptions)
    : rewriting_(rewriting),
      part_(static_cast<Part>(assumptions.branch)),
      assumptions_(assumptions),
      functions_(facts_) {
  const Integer longest = rewriting_.longest_chain();
  if (longest > length)
    throw Unproved{"the longest chain of thought has " + to_string(longest) + " tokens, and the network has " +
                   std::to_string(length) + " positions"};
  place();
  for (const Polynomial& p : assumptions_.compared) facts_.assume(p);
  facts_.tighten();
}

void RewritingCase::place() {
  if (has_handle()) {
    place_handle();
  } else {
    before_ = -1;
    length_ = 1;
    index_ = part_ == Part::copy ? 1 : 2;
  }
  last_ = before_ + length_ + 1;
  position_ = last_ + index_ - 1;
}

void RewritingCase::place_handle() {
  // `end` is not read, and before it stand at least one number and one separator.
  const Rational most = Rational(rewriting_.longest_chain()) - 2, longest(rewriting_.longest_expression());
  before_ = facts_.control("s'", -1, most);
  length_ = facts_.control("length", 3, longest);
  index_ = facts_.control("index", 1, longest);
  const Polynomial h = facts_.control("h", 1, longest), new_length = length_ - 2;
  handle_ = before_ + h;
  facts_.assume(length_ - 2 - h);
  facts_.assume(Polynomial(most) - (before_ + length_ + index_));
  const auto assume_equal = [this](const Polynomial& a, const Polynomial& b) {
    facts_.assume(a - b);
    facts_.assume(b - a);
  };
  switch (part_) {
    case Part::left: facts_.assume(h - index_ - 1); break;
    case Part::value: assume_equal(index_, h); break;
    case Part::right:
      facts_.assume(index_ - h - 1);
      facts_.assume(new_length - index_);
      break;
    case Part::separator:
      facts_.assume(new_length - 2);
      assume_equal(index_, new_length + 1);
      break;
    case Part::end:
      assume_equal(new_length, 1);
      assume_equal(index_, 2);
      break;
    case Part::copy:
    case Part::copy_end: break;
  }
}

std::string RewritingCase::description() const {
  static const char* const names[parts] = {"left of the handle", "in the handle's place", "behind the handle",
                                           "at a separator",     "at the end",            "in the copy of a number",
                                           "behind the copy of a number"};
  std::string text = names[static_cast<std::size_t>(part_)];
  for (const Polynomial& p : assumptions_.compared) text += ", " + facts_.text(p) + " >= 0";
  return text;
}

// ---- tokens ----

std::vector<Polynomial> RewritingCase::next_token() {
  switch (part_) {
    case Part::left:
    case Part::copy: return {symbol(before_ + index_)};
    case Part::value: return {handle_value()};
    case Part::right: return {symbol(before_ + index_ + 2)};
    case Part::separator: return {Rational(rewriting_.separator)};
    case Part::end:
    case Part::copy_end: break;
  }
  return {Rational(rewriting_.end)};
}

Polynomial RewritingCase::token(std::size_t) { return symbol(position_); }

// Between the last two separators stand symbols of an expression. Behind them all that is known is that `end` is not read.
Polynomial RewritingCase::symbol(const Polynomial& position) {
  const Polynomial q = facts_.reduce(position);
  const Application application{"symbol", {}, {q}};
  if (facts_.reduce(q - last_).is_zero()) return Rational(rewriting_.separator);
  const bool inside = facts_.imply(q - before_ - 1) && facts_.imply(last_ - 1 - q);
  return facts_.integer(application, 0, inside ? rewriting_.separator - 1 : rewriting_.separator);
}

Polynomial RewritingCase::handle_value() {
  return facts_.integer({"value of the handle", {}, {}}, rewriting_.numbers.lo, rewriting_.numbers.hi);
}

bool RewritingCase::is_in_sequence(const Polynomial& position) const {
  return facts_.imply(position) && facts_.imply(position_ - position);
}

std::optional<Polynomial> RewritingCase::payload(std::size_t, const std::optional<Polynomial>& position) {
  if (!position) return {};
  return symbol(*position);
}

// ---- what the lemmas of rewriting_lemmas.hpp say ----

std::optional<Polynomial> RewritingCase::landmark(const std::string& lemma, const std::vector<Rational>& numbers) {
  if (lemma == "last_separator") return landmark_at(lemma, position_);
  if (lemma == "leftmost_handle") {
    if (has_handle()) return handle_;
    // Without a handle it is where one would begin that ends before one of the first three tokens, put behind.
    const Rational first = numbers.at(0) - 3;
    return facts_.integer({"no handle", {}, {}}, first, first + 2);
  }
  if (lemma == "leftmost_value") {
    if (has_handle()) return handle_value();
    return facts_.integer({"no handle's value", {}, {}}, rewriting_.numbers.lo, rewriting_.numbers.hi);
  }
  return {};
}

// One more than the position of the last separator at or before `position`.
std::optional<Polynomial> RewritingCase::landmark_at(const std::string& lemma, const Polynomial& position) {
  if (lemma != "last_separator") return {};
  if (facts_.imply(position - last_) && facts_.imply(position_ - position)) return last_ + 1;
  if (facts_.imply(position - before_) && facts_.imply(last_ - 1 - position)) return before_ + 1;
  return {};
}

}  // namespace wrought::certificate
