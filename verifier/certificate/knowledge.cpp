#include "verifier/certificate/knowledge.hpp"

#include <algorithm>

#include "verifier/certificate/gadgets.hpp"

namespace wrought::certificate {

namespace {

constexpr int deepest = 4;  // facts used one inside the other

}  // namespace

Knowledge::Knowledge(const Certificate& certificate, const Network& network, const Wiring& wiring)
    : certificate_(certificate),
      network_(network),
      wiring_(wiring),
      held_(certificate.quantities.size()),
      bounds_(certificate.quantities.size()) {}

// What coordinates hold may be tied together more closely than the quantities are: min(x, y) - x is one hidden unit.
Knowledge::Interval Knowledge::held_interval(const Form& form) const {
  Interval sum{0, 0};
  for (const auto& [id, c] : wiring_.row(form)) {
    sum.lo += c * (c > 0 ? held_[id].lo : held_[id].hi);
    sum.hi += c * (c > 0 ? held_[id].hi : held_[id].lo);
  }
  return sum;
}

void Knowledge::set(QuantityId id, Bounds bounds) {
  bounds_[id] = std::move(bounds);
  // Integrality by the symbolic run holds where tokens generate.
  if (!bounds_[id].integer && run_ && run_->is_integer(Form::quantity(id))) {
    bounds_[id].integer = true;
    bounds_[id].everywhere = false;
  }
}

void Knowledge::learn(const Form& form, const Bounds& bounds) {
  if (!form.terms.empty()) facts_[form.terms.rbegin()->first].push_back({form, bounds});
}

bool Knowledge::is_everywhere(const Form& form) const {
  return std::all_of(form.terms.begin(), form.terms.end(), [&](const auto& t) { return bounds_[t.first].everywhere; });
}

Knowledge::Interval Knowledge::naive(const Form& form) const {
  Interval sum{form.constant, form.constant};
  for (const auto& [id, c] : form.terms) {
    sum.lo += c * (c > 0 ? bounds_[id].lo : bounds_[id].hi);
    sum.hi += c * (c > 0 ? bounds_[id].hi : bounds_[id].lo);
  }
  return sum;
}

Knowledge::Interval Knowledge::interval(const Form& form, Scope scope, int depth) const {
  Interval best = naive(form);
  if (depth == 0) return best;
  const auto narrow = [&](const Interval& other) {
    best.lo = std::max(best.lo, other.lo);
    best.hi = std::min(best.hi, other.hi);
  };
  if (depth == deepest) narrow(held_interval(form));
  for (const auto& [id, coefficient] : form.terms) {
    const auto facts = facts_.find(id);
    if (facts != facts_.end())
      for (const Fact& fact : facts->second) {
        if (scope == Scope::everywhere && !fact.bounds.everywhere) continue;
        const Rational k = coefficient / fact.form.terms.at(id);
        const Interval rest = interval(form - k * fact.form, scope, depth - 1);
        narrow({rest.lo + std::min<Rational>(k * fact.bounds.lo, k * fact.bounds.hi),
                rest.hi + std::max<Rational>(k * fact.bounds.lo, k * fact.bounds.hi)});
      }
    if (const auto other = by_definition(form, id, scope, depth)) narrow(*other);
  }
  return best;
}

// A threshold, a staircase and a clamp tie themselves to their arguments: B⌊x/B⌋ is x less 0..B-1, [x >= c] is 1 only
// where x >= c, and what is clamped stays below its top.
std::optional<Knowledge::Interval> Knowledge::by_definition(const Form& form, QuantityId id, Scope scope,
                                                            int depth) const {
  const Quantity& q = certificate_.quantities[id];
  if (q.pieces.size() != 1) return {};
  const Piece& piece = q.pieces.front();
  const Rational coefficient = form.terms.at(id);
  if (piece.rule == "staircase") {
    const Form& x = piece.arguments.at(0);
    const Rational &B = piece.numbers.at(0), &A = piece.numbers.at(1);
    const Interval range = interval(x, scope, depth - 1);
    if (range.lo < 0 || range.hi >= A * B) return {};
    // x - B·(q - rest)/factor lies in 0..B-1.
    const Form remainder = x - (B / piece.factor) * (Form::quantity(id) - q.rest);
    const Rational k = -coefficient * piece.factor / B;
    const Interval rest = interval(form - k * remainder, scope, depth - 1);
    return Interval{rest.lo + std::min<Rational>(0, k * (B - 1)), rest.hi + std::max<Rational>(0, k * (B - 1))};
  }
  if (piece.rule == "clamp") {
    // top - clamp lies in 0..top.
    const Form& top = piece.arguments.at(1);
    const Form below = top - (1 / piece.factor) * (Form::quantity(id) - q.rest);
    const Interval limit = naive(top);
    const Rational k = -coefficient * piece.factor;
    const Interval rest = interval(form - k * below, scope, depth - 1);
    return Interval{rest.lo + std::min<Rational>(0, k * limit.hi), rest.hi + std::max<Rational>(0, k * limit.hi)};
  }
  if (piece.rule == "threshold") {
    const Form& y = piece.arguments.at(0);
    if (y.terms.empty()) return {};
    const Interval range = interval(y, scope, depth - 1);
    const Rational at = piece.numbers.at(0);
    Form base = form;
    base.add(id, -coefficient);
    base.add(q.rest, coefficient);
    const QuantityId pivot = y.terms.rbegin()->first;
    const auto in_base = base.terms.find(pivot);
    const Rational k = in_base == base.terms.end() ? Rational(0) : Rational(in_base->second / y.terms.at(pivot));
    const Interval others = interval(base - k * y, scope, depth - 1);
    std::optional<Interval> hull;
    for (const bool active : {false, true}) {
      const Rational lo = active ? std::max(range.lo, at) : range.lo;
      const Rational hi = active ? range.hi : std::min<Rational>(range.hi, at - 1);
      if (lo > hi) continue;
      const Rational step = active ? Rational(coefficient * piece.factor) : Rational(0);
      const Interval here{others.lo + step + std::min<Rational>(k * lo, k * hi),
                          others.hi + step + std::max<Rational>(k * lo, k * hi)};
      hull = hull ? Interval{std::min(hull->lo, here.lo), std::max(hull->hi, here.hi)} : here;
    }
    return hull;
  }
  return {};
}

Bounds Knowledge::plain_value(const Form& form) const {
  const Interval range = naive(form);
  Bounds sum{range.lo, range.hi, 0, denominator(form.constant) == 1, is_everywhere(form)};
  for (const auto& [id, c] : form.terms) {
    sum.error += abs(c) * bounds_[id].error;
    sum.integer = sum.integer && bounds_[id].integer && denominator(c) == 1;
  }
  return sum;
}

Bounds Knowledge::value(const Form& form) const {
  Bounds sum = plain_value(form);
  const Interval range = interval(form, sum.everywhere ? Scope::everywhere : Scope::generating, deepest);
  sum.lo = range.lo;
  sum.hi = range.hi;
  if (!sum.integer && integer(form) != Scope::nowhere) {
    sum.integer = true;
    sum.everywhere = false;
  }
  return sum;
}

Scope Knowledge::within(const Form& form, const Rational& lo, const Rational& hi) const {
  if (is_everywhere(form)) {
    const Interval range = interval(form, Scope::everywhere, deepest);
    if (lo <= range.lo && range.hi <= hi) return Scope::everywhere;
  }
  const Interval range = interval(form, Scope::generating, deepest);
  if (lo <= range.lo && range.hi <= hi) return Scope::generating;
  return symbolically_within(form, lo, hi) ? Scope::generating : Scope::nowhere;
}

bool Knowledge::symbolically_within(const Form& form, const Rational& lo, const Rational& hi) const {
  if (!run_) return false;
  Form followed = form;
  Form others;
  for (const auto& [id, c] : form.terms)
    if (!facts_.contains(id) && !run_->follows(id)) {
      followed.add(id, -c);
      others.add(id, c);
    }
  const Interval rest = naive(others);
  return run_->within(followed, lo - rest.lo, hi - rest.hi);
}

Scope Knowledge::integer(const Form& form) const {
  const Bounds plain = plain_value(form);
  if (plain.integer) return plain.everywhere ? Scope::everywhere : Scope::generating;
  // What a claim says to be an integer, and an integer form beside it.
  for (const auto& [id, coefficient] : form.terms) {
    const auto facts = facts_.find(id);
    if (facts == facts_.end()) continue;
    for (const Fact& fact : facts->second) {
      const Rational k = coefficient / fact.form.terms.at(id);
      if (fact.bounds.integer && denominator(k) == 1 && integer(form - k * fact.form) != Scope::nowhere)
        return Scope::generating;
    }
  }
  return run_ && run_->is_integer(form) ? Scope::generating : Scope::nowhere;
}

Scope Knowledge::at_most(const Form& form, const Rational& hi) const {
  if (is_everywhere(form) && interval(form, Scope::everywhere, deepest).hi <= hi) return Scope::everywhere;
  const Interval range = interval(form, Scope::generating, deepest);
  if (range.hi <= hi) return Scope::generating;
  return symbolically_within(form, range.lo, hi) ? Scope::generating : Scope::nowhere;
}

bool Knowledge::is_feature(const Form& form, const std::function<std::int64_t(std::int64_t)>& f) const {
  if (form.constant != 0 || form.terms.size() != 1 || form.terms.begin()->second != 1) return false;
  const Quantity& q = certificate_.quantities[form.terms.begin()->first];
  if (q.origin != Origin::position) return false;
  for (const PositionFeature& feature : network_.positions) {
    if (static_cast<std::size_t>(feature.coordinate) != q.at.coordinate) continue;
    for (std::size_t p = 0; p < network_.max_length; ++p)
      if (feature.values[p] != f(static_cast<std::int64_t>(p))) return false;
    return true;
  }
  return false;
}

}  // namespace wrought::certificate
