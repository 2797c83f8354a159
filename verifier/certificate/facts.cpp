#include "verifier/certificate/facts.hpp"

#include <algorithm>
#include <set>

namespace wrought::certificate {

Polynomial Facts::control(const std::string& label, const Rational& lo, const Rational& hi) {
  return add({label, lo, hi, true, true, true});
}

Polynomial Facts::integer(const Application& application, const Rational& lo, const Rational& hi) {
  return apply(application, lo, hi, true);
}

Polynomial Facts::real(const Application& application, const Rational& lo, const Rational& hi) {
  return apply(application, lo, hi, false);
}

Polynomial Facts::anything(const std::string& label) { return add({label, 0, 0, false, false, false}); }

Polynomial Facts::apply(const Application& application, const Rational& lo, const Rational& hi, bool integer) {
  const auto [found, inserted] = applications_.try_emplace(application, unknowns_.size());
  if (!inserted) return Polynomial::unknown(found->second);
  definitions_.emplace(unknowns_.size(), application);
  return add({text(application), lo, hi, false, integer, true});
}

Polynomial Facts::add(const Info& info) {
  const Polynomial x = Polynomial::unknown(unknowns_.size());
  unknowns_.push_back(info);
  if (info.bounded) {
    known_.add(x - info.lo);
    known_.add(Polynomial(info.hi) - x);
  }
  return x;
}

const Application* Facts::definition(Unknown x) const {
  const auto found = definitions_.find(x);
  return found == definitions_.end() ? nullptr : &found->second;
}

void Facts::assume(const Polynomial& p) {
  const Polynomial q = reduce(p);
  if (imply(Polynomial(0) - q) && solve(q)) return;
  known_.add(q);
}

void Facts::tighten() {
  if (contradictory()) return;
  for (Unknown i = 0; i < unknowns_.size(); ++i) {
    Info& info = unknowns_[i];
    if (!info.control) continue;
    const Polynomial x = reduce(Polynomial::unknown(i));
    // The last integer between `sure` and `hope` up to which `holds` says no is found by halving.
    const auto narrowed = [](Rational sure, Rational hope, const auto& holds) {
      while (sure != hope) {
        const bool up = hope > sure;
        const Rational gap = abs(Rational(hope - sure));
        const Rational step = Rational(floor((gap + 1) / 2));
        const Rational middle = up ? sure + step : sure - step;
        if (holds(middle))
          sure = middle;
        else
          hope = up ? middle - 1 : middle + 1;
      }
      return sure;
    };
    const Rational hi = narrowed(info.hi, info.lo, [&](const Rational& b) { return known_.imply(Polynomial(b) - x); });
    const Rational lo = narrowed(info.lo, hi, [&](const Rational& b) { return known_.imply(x - b); });
    info.lo = lo;
    info.hi = hi;
  }
}

bool Facts::imply(const Polynomial& p) const {
  const Polynomial q = reduce(p);
  const auto bounds = range(q);
  return (bounds && bounds->first >= 0) || known_.imply(q);
}

bool Facts::solve(const Polynomial& zero) {
  // Applications first: those of control unknowns are known by polynomials in these.
  for (const bool control : {false, true})
    for (const auto& [monomial, coefficient] : zero.terms()) {
      if (monomial.size() != 1 || abs(coefficient) != 1) continue;
      const Unknown x = monomial.front();
      const Polynomial rest = zero - Polynomial(coefficient) * Polynomial::unknown(x);
      if (unknowns_[x].control != control || rest.contains(x)) continue;
      const Polynomial solution = Polynomial(-1 / coefficient) * rest;
      for (auto& [y, expression] : solved_) expression = expression.substitute(x, solution);
      solved_[x] = solution;
      Inequalities known;
      for (const Polynomial& p : known_.known()) known.add(reduce(p));
      known_ = known;
      return true;
    }
  return false;
}

Polynomial Facts::reduce(Polynomial p) const {
  for (const auto& [x, solution] : solved_)
    if (p.contains(x)) p = p.substitute(x, solution);
  return p;
}

std::optional<std::pair<Rational, Rational>> Facts::range(const Polynomial& p) const {
  Rational lo = 0, hi = 0;
  for (const auto& [monomial, coefficient] : p.terms()) {
    Rational low = coefficient, high = coefficient;
    for (const Unknown x : monomial) {
      const Info& info = unknowns_[x];
      if (!info.bounded) return {};
      const auto [least, most] = std::minmax({Rational(low * info.lo), Rational(low * info.hi), Rational(high * info.lo),
                                              Rational(high * info.hi)});
      low = least, high = most;
    }
    lo += std::min(low, high);
    hi += std::max(low, high);
  }
  return std::pair{lo, hi};
}

bool Facts::is_control(const Polynomial& p) const {
  for (const auto& [monomial, coefficient] : p.terms())
    for (const Unknown x : monomial)
      if (!unknowns_[x].control) return false;
  return true;
}

bool Facts::is_integer(const Polynomial& p) const {
  std::set<Unknown> unknowns;
  std::size_t degree = 0;
  bool integer_coefficients = true;
  for (const auto& [monomial, coefficient] : p.terms()) {
    for (const Unknown x : monomial)
      if (!unknowns_[x].integer) return false;
    unknowns.insert(monomial.begin(), monomial.end());
    degree = std::max(degree, monomial.size());
    integer_coefficients = integer_coefficients && denominator(coefficient) == 1;
  }
  if (integer_coefficients) return true;
  // A polynomial of degree d is integer-valued if it is on {0, …, d}^k (Newton's interpolation).
  if (unknowns.size() > 5 || degree > 3) return false;
  std::vector<std::pair<Unknown, std::size_t>> point;
  for (const Unknown x : unknowns) point.emplace_back(x, 0);
  while (true) {
    Polynomial value = p;
    for (const auto& [x, at] : point) value = value.substitute(x, Rational(at));
    if (denominator(value.constant()) != 1) return false;
    std::size_t i = 0;
    while (i < point.size() && point[i].second == degree) point[i++].second = 0;
    if (i == point.size()) return true;
    ++point[i].second;
  }
}

std::string Facts::text(const Polynomial& p) const {
  return to_string(p, [this](Unknown x) { return unknowns_[x].label; });
}

std::string Facts::text(const Application& application) const {
  std::string text = application.function + "(";
  const auto list = [&](const std::string& item) { text += (text.back() == '(' ? "" : ", ") + item; };
  for (const Polynomial& operand : application.operands) list(this->text(operand));
  for (const Rational& number : application.numbers) list(to_string(number));
  return text + ")";
}

}  // namespace wrought::certificate
