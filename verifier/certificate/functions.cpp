#include "verifier/certificate/functions.hpp"

#include <algorithm>

namespace wrought::certificate {

namespace {

// The polynomial of degree at most 3 that takes these values at first, first + 1, …, if there is one; at x.
std::optional<Polynomial> interpolate(const Polynomial& x, const Rational& first, const std::vector<Rational>& values) {
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

bool is_whole(const Rational& x) { return denominator(x) == 1; }

}  // namespace

bool Functions::between(const Rational& lo, const Polynomial& x, const Rational& hi) const {
  return facts_.imply(x - lo) && facts_.imply(Polynomial(hi) - x);
}

Polynomial Functions::nonnegative(const Polynomial& x) const {
  const Polynomial y = facts_.reduce(x);
  if (facts_.imply(y)) return 1;
  const Application application{"nonnegative", {}, {y}};
  if (!facts_.is_integer(y)) return facts_.real(application, 0, 1);
  if (facts_.imply(Polynomial(-1) - y)) return 0;
  if (facts_.is_control(y)) throw Undecided{y};
  return facts_.reduce(facts_.integer(application, 0, 1));
}

Polynomial Functions::zero(const Polynomial& x) const {
  const Polynomial y = facts_.reduce(x);
  if (y.is_zero()) return 1;
  const Application application{"zero", {}, {y}};
  if (!facts_.is_integer(y)) return facts_.real(application, 0, 1);
  if (facts_.imply(y - 1) || facts_.imply(Polynomial(-1) - y)) return 0;
  if (facts_.is_control(y)) return nonnegative(y) - nonnegative(y - 1);
  return facts_.integer(application, 0, 1);
}

Polynomial Functions::gate(const Polynomial& condition, const Polynomial& x) const { return select(condition, x, 0); }

Polynomial Functions::select(const Polynomial& condition, const Polynomial& then, const Polynomial& otherwise) const {
  const Polynomial g = facts_.reduce(condition), x = facts_.reduce(then), y = facts_.reduce(otherwise);
  if (g.is_zero() || x == y) return y;
  if (g == Polynomial(1)) return x;
  const auto a = facts_.range(x), b = facts_.range(y);
  if (!a || !b || !facts_.is_integer(g) || !between(0, g, 1)) return facts_.anything("a selection");
  const Application application{"select", {}, {g, x, y}};
  const Rational lo = std::min(a->first, b->first), hi = std::max(a->second, b->second);
  return facts_.is_integer(x) && facts_.is_integer(y) ? facts_.integer(application, lo, hi)
                                                      : facts_.real(application, lo, hi);
}

Polynomial Functions::extremum(const Polynomial& left, const Polynomial& right, bool least) const {
  const Polynomial x = facts_.reduce(left), y = facts_.reduce(right);
  if (facts_.imply(y - x)) return least ? x : y;
  if (facts_.imply(x - y)) return least ? y : x;
  const auto a = facts_.range(x), b = facts_.range(y);
  if (!a || !b) return facts_.anything("an extremum");
  const Application application{least ? "min" : "max", {}, {x, y}};
  const Rational lo = least ? std::min(a->first, b->first) : std::max(a->first, b->first);
  const Rational hi = least ? std::min(a->second, b->second) : std::max(a->second, b->second);
  return facts_.is_integer(x) && facts_.is_integer(y) ? facts_.integer(application, lo, hi)
                                                      : facts_.real(application, lo, hi);
}

Polynomial Functions::table(const Polynomial& x, const Rational& first, const std::vector<Rational>& values) const {
  const Polynomial y = facts_.reduce(x);
  const Rational last = first + Rational(values.size() - 1);
  const bool integers = is_whole(first) && facts_.is_integer(y);
  if (integers && y.is_constant())
    return values.at(static_cast<std::size_t>(numerator(Rational(std::clamp<Rational>(y.constant(), first, last) - first))));
  if (integers && between(first, y, last))
    if (const auto formula = interpolate(y, first, values)) return facts_.reduce(*formula);
  Application application{"table", {first}, {y}};
  application.numbers.insert(application.numbers.end(), values.begin(), values.end());
  const auto [lo, hi] = std::minmax_element(values.begin(), values.end());
  return integers && std::all_of(values.begin(), values.end(), is_whole) ? facts_.integer(application, *lo, *hi)
                                                                       : facts_.real(application, *lo, *hi);
}

bool Functions::is_never_negative(const Polynomial& x) const {
  const Polynomial p = facts_.reduce(x);
  if (facts_.imply(p)) return true;
  for (const auto& [monomial, coefficient] : p.terms()) {
    const Application* chosen = monomial.size() == 1 ? facts_.definition(monomial.front()) : nullptr;
    if (!chosen) continue;
    const bool is_least = chosen->function == "min", is_largest = chosen->function == "max";
    if (!is_least && !is_largest && chosen->function != "select") continue;
    const Unknown u = monomial.front();
    if ((p - Polynomial(coefficient) * Polynomial::unknown(u)).contains(u)) continue;
    const auto holds_with = [&](std::size_t from_last) {
      return is_never_negative(p.substitute(u, chosen->operands.at(chosen->operands.size() - from_last)));
    };
    // -min(x, y) is at least -x, and max(x, y) at least x: one of the two is enough.
    const bool one_is_enough = (is_least && coefficient < 0) || (is_largest && coefficient > 0);
    return one_is_enough ? holds_with(1) || holds_with(2) : holds_with(1) && holds_with(2);
  }
  return false;
}

// With whatever multiples of B can be seen taken out.
Polynomial Functions::quotient(const Polynomial& x, const Rational& B) const {
  const Polynomial y = facts_.reduce(x);
  const auto bounds = facts_.range(y);
  if (!bounds || !is_whole(B) || B < 1 || !facts_.is_integer(y)) return facts_.anything("a quotient");
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
  if (between(0, rest, B - 1)) return multiples;
  const auto [lo, hi] = *facts_.range(rest);
  const Polynomial q = facts_.integer({"quotient", {B}, {rest}}, floor(lo / B), floor(hi / B));
  facts_.assume(rest - Polynomial(B) * q);
  facts_.assume(Polynomial(B) * q + (B - 1) - rest);
  return multiples + q;
}

Polynomial Functions::staircase(const Polynomial& x, const Rational& B, const Rational& A) const {
  if (between(0, x, A * B - 1)) return quotient(x, B);
  const Polynomial y = facts_.reduce(x);
  const Application application{"staircase", {B, A}, {y}};
  return facts_.is_integer(y) && is_whole(B) && is_whole(A) ? facts_.integer(application, 0, A - 1)
                                                         : facts_.real(application, 0, A - 1);
}

}  // namespace wrought::certificate
