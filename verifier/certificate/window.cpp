#include "verifier/certificate/window.hpp"

#include <algorithm>

#include "verifier/certificate/head_source.hpp"
#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

Window::Window(const Knowledge& knowledge, Form form)
    : knowledge_(knowledge), certificate_(knowledge.certificate()), form_(std::move(form)) {
  symbols_ = explore(form_);
  require_no_symbol_alone(form_);
}

// ---- what it depends on ----

std::set<std::size_t> Window::explore(const Form& form) {
  std::set<std::size_t> all;
  for (const auto& [id, coefficient] : form.terms) all.merge(std::set(explore(id)));
  return all;
}

std::set<std::size_t> Window::explore(QuantityId id) {
  if (const auto found = explored_.find(id); found != explored_.end()) return found->second;
  const Quantity& q = certificate_.quantities.at(id);
  if (!knowledge_.bounds(id).everywhere) throw Unproved{"'" + q.name + "' is not known at every token"};
  std::set<std::size_t> all;
  if (q.origin == Origin::token || q.origin == Origin::attention) {
    all.insert(back_[id] = symbol_before(id));
  } else if (q.origin == Origin::feed_forward) {
    all = explore(q.rest);
    require_no_symbol_alone(q.rest);
    for (const Piece& piece : q.pieces) all.merge(explore(piece));
  }
  return explored_[id] = all;
}

std::set<std::size_t> Window::explore(const Piece& piece) {
  std::set<std::size_t> all;
  for (const Form& argument : piece.arguments) all.merge(explore(argument));
  if (all.size() == 1)
    alone_[*all.begin()].push_back(&piece);
  else
    for (const Form& argument : piece.arguments) require_no_symbol_alone(argument);
  if (const auto steps = as_steps(piece)) {
    StepFunction& f = steps_[&piece];
    f.values.push_back(steps->constant);
    for (const auto& [at, weight] : steps->steps) {
      f.at.push_back(at);
      f.values.push_back(f.values.back() + weight);
    }
  } else if (piece.rule != "gate" && piece.rule != "move") {
    throw Unproved{"a " + piece.rule + " is not followed symbol by symbol"};
  }
  return all;
}

// Where a symbol itself is a term, every symbol may make a difference.
void Window::require_no_symbol_alone(const Form& form) {
  for (const auto& [id, coefficient] : form.terms)
    if (const auto found = back_.find(id); found != back_.end()) combined_.insert(found->second);
}

std::size_t Window::symbol_before(QuantityId id) const {
  const Quantity& q = certificate_.quantities.at(id);
  if (q.origin == Origin::token) return 0;
  const HeadSource source = single_source(certificate_, id);
  const Quantity& symbol = certificate_.quantities.at(single_quantity(*source.value));
  const auto back = looks_back(*source.head, knowledge_);
  constexpr int furthest = 1 << 20;  // a number that can be counted to
  const bool near = back && *back <= furthest && sees_back(knowledge_.network(), *back);
  if (symbol.origin != Origin::token || !near)
    throw Unproved{"'" + q.name + "' is not the symbol a fixed number of tokens back"};
  return static_cast<std::size_t>(numerator(*back));
}

std::optional<std::vector<Rational>> Window::signature(std::size_t k, std::int64_t symbol) const {
  if (combined_.contains(k)) return {};
  std::vector<Rational> values;
  const auto pieces = alone_.find(k);
  if (pieces == alone_.end()) return values;
  Known known;
  for (const Piece* piece : pieces->second) {
    const Interval v = value(*piece, {{k, Interval::point(symbol)}}, {0, true}, known);
    if (!v.is_point()) return {};
    values.push_back(v.lo);
  }
  return values;
}

// ---- what it is ----

Interval Window::value(const NearSymbols& symbols, const Where& where) const {
  Known known;
  return value(form_, symbols, where, known);
}

Interval Window::value(const Form& form, const NearSymbols& symbols, const Where& where, Known& known) const {
  Interval sum = Interval::point(form.constant);
  for (const auto& [id, c] : form.terms) {
    const Interval x = value(id, symbols, where, known);
    sum.lo += c * (c > 0 ? x.lo : x.hi);
    sum.hi += c * (c > 0 ? x.hi : x.lo);
  }
  return sum;
}

Interval Window::value(QuantityId id, const NearSymbols& symbols, const Where& where, Known& known) const {
  if (const auto found = known.find(id); found != known.end()) return found->second;
  const Quantity& q = certificate_.quantities[id];
  Interval result;
  if (q.origin == Origin::position) {
    result = feature(id, where);
  } else if (q.origin == Origin::feed_forward) {
    result = value(q.rest, symbols, where, known);
    for (const Piece& piece : q.pieces) {
      const Interval x = value(piece, symbols, where, known);
      result.lo += piece.factor * (piece.factor > 0 ? x.lo : x.hi);
      result.hi += piece.factor * (piece.factor > 0 ? x.hi : x.lo);
    }
  } else {
    const auto given = symbols.find(back_.at(id));
    const Bounds& any = knowledge_.bounds(id);
    result = given != symbols.end() ? given->second : Interval{any.lo, any.hi};
  }
  return known[id] = result;
}

Interval Window::value(const Piece& piece, const NearSymbols& symbols, const Where& where, Known& known) const {
  const Interval x = value(piece.arguments.at(0), symbols, where, known);
  if (const auto f = steps_.find(&piece); f != steps_.end()) return value(f->second, x);
  if (piece.rule == "move") return x;
  // A gate's condition is 1 or counts as 0.
  const Interval g = value(piece.arguments.at(1), symbols, where, known);
  if (g.hi <= 0) return Interval::point(0);
  if (g.lo >= 1) return x;
  return {std::min<Rational>(x.lo, 0), std::max<Rational>(x.hi, 0)};
}

Interval Window::value(const StepFunction& f, const Interval& x) {
  const auto index = [&](const Rational& at) { return std::upper_bound(f.at.begin(), f.at.end(), at) - f.at.begin(); };
  const auto [lo, hi] = std::minmax_element(f.values.begin() + index(x.lo), f.values.begin() + index(x.hi) + 1);
  return {*lo, *hi};
}

Interval Window::feature(QuantityId id, const Where& where) const {
  const Bounds& any = knowledge_.bounds(id);
  for (const PositionFeature& f : knowledge_.network().positions) {
    if (static_cast<std::size_t>(f.coordinate) != certificate_.quantities[id].at.coordinate) continue;
    const std::size_t end = where.onwards ? knowledge_.network().max_length : where.from + 1;
    if (where.from >= end || end > f.values.size()) break;
    const auto offset = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n); };
    const auto [lo, hi] = std::minmax_element(f.values.begin() + offset(where.from), f.values.begin() + offset(end));
    return {*lo, *hi};
  }
  return {any.lo, any.hi};
}

}  // namespace wrought::certificate
