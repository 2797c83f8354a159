// Gadgets that count thresholds: threshold, equality, table, staircase.
#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/staircase.hpp"
#include "constructions/gadgets/table.hpp"
#include "proofs/lemmas/instance.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "proofs/lemmas/rule_bounds.hpp"

namespace wrought::lemmas {

namespace {

const Rational quarter(1, 4);

// A gadget of one near-integer x, and its values: constant up to `first` and from `last` on.
struct Stepped {
  std::string text;
  std::function<ReluSum(const Form&)> build;
  std::function<Rational(const Integer&)> value;
  Integer first, last;
  std::function<Rational(const Rational& kappa, const Rational& eps)> bound = {};
};

// x ranges over [n - eps, n + eps] for every integer n, all those with the same value at either end at once.
Claims claims_within(const Stepped& gadget, const Rational& eps, const Level& level) {
  Claims claims;
  for (Integer n = gadget.first; n <= gadget.last; ++n) {
    Arguments arguments;
    const Register x = arguments.add("x", {Rational(gadget.first), Rational(gadget.last)});
    Span span = Span::of(n - eps, n + eps);
    if (n == gadget.first) span.lo = std::nullopt;
    if (n == gadget.last) span.hi = std::nullopt;
    Parameters parameters;
    const Affine value = parameters.add("x", span);
    claims.push_back(claim(gadget.text + ", eps = " + to_string(eps), parameters, gadget.build(x),
                           {{x, value}}, gadget.value(n), level));
  }
  return claims;
}

Claims identity(const std::vector<Stepped>& gadgets, const Rational& eps) {
  Claims claims;
  for (const Stepped& gadget : gadgets) append(claims, claims_within(gadget, eps, {}));
  return claims;
}

Claims errors(const std::vector<Stepped>& gadgets) {
  Claims claims;
  for (const Stepped& gadget : gadgets)
    for (const Rational& kappa : kappas)
      for (const Rational& eps : tolerances)
        append(claims, claims_within(gadget, eps, {kappa, gadget.bound(kappa, eps)}));
  return claims;
}

// lo <= gadget(x) <= hi for every real x.
Claims stays_within(const std::vector<Stepped>& gadgets, const std::function<Range(const Stepped&)>& range) {
  Claims claims;
  for (const Stepped& gadget : gadgets) {
    const Range r = range(gadget);
    Arguments arguments;
    const Register x = arguments.add("x", r);
    Parameters parameters;
    const Affine value = parameters.add("x", Span::everything());
    claims.push_back(claim(gadget.text, parameters, gadget.build(x), {{x, value}}, (r.lo + r.hi) / 2,
                           {std::nullopt, (r.hi - r.lo) / 2}));
  }
  return claims;
}

Statement identity_statement(const std::string& name, const std::string& domain,
                             const std::vector<Stepped>& gadgets) {
  return {name, domain, "exact", Method::case_analysis, [=] { return identity(gadgets, quarter); }, {}};
}

Statement error_statement(const std::string& name, const std::string& domain, const std::string& bound,
                          const std::vector<Stepped>& gadgets) {
  return {name,
          domain + "; " + kappas_text + ", " + tolerances_text,
          bound,
          Method::subdivision,
          [=] { return errors(gadgets); },
          {}};
}

Statement range_statement(const std::string& name, const std::string& domain,
                          const std::vector<Stepped>& gadgets,
                          const std::function<Range(const Stepped&)>& range) {
  return {name,
          domain,
          "within the least and the greatest value",
          Method::case_analysis,
          [=] { return stays_within(gadgets, range); },
          {}};
}

Range unit_range(const Stepped&) { return {0, 1}; }

Lemma threshold_lemma() {
  std::vector<Stepped> gadgets;
  for (const int c : {-4, 0, 3})
    gadgets.push_back({"c = " + std::to_string(c), [c](const Form& x) { return at_least(x, c); },
                       [c](const Integer& n) { return Rational(n >= c ? 1 : 0); }, c - 1, c,
                       threshold_error_bound});
  const std::string domain = "every integer n, c in {-4, 0, 3}, |x - n| <= ";
  return {"threshold",
          "Lemma A.5, formula (12), with tolerance 1/4",
          {identity_statement("threshold_eq", domain + "1/4", gadgets),
           range_statement("threshold_mem_unit", "every real x, c in {-4, 0, 3}", gadgets, unit_range),
           error_statement("threshold_error_le", domain + "eps", "2·g(κ, 1/2 - 2eps)", gadgets)}};
}

Lemma equality_lemma() {
  std::vector<Stepped> gadgets;
  for (const int c : {-4, 0, 3})
    gadgets.push_back({"c = " + std::to_string(c), [c](const Form& x) { return equals(x, c); },
                       [c](const Integer& n) { return Rational(n == c ? 1 : 0); }, c - 1, c + 1,
                       equality_error_bound});
  const std::string domain = "every integer n, c in {-4, 0, 3}, |x - n| <= ";
  return {"equality",
          "the one-hot e_i = m_i ⊙ n_i of Lemmas A.5 and A.6",
          {identity_statement("equality_eq", domain + "1/4", gadgets),
           range_statement("equality_mem_unit", "every real x, c in {-4, 0, 3}", gadgets, unit_range),
           error_statement("equality_error_le", domain + "eps", "4·g(κ, 1/2 - 2eps)", gadgets)}};
}

std::vector<std::vector<Rational>> example_tables() {
  std::vector<Rational> inverses;  // modulo 7, as arithmetic uses them
  for (int x = 0; x < 7; ++x)
    for (int y = 0; y < 7; ++y)
      if (x * y % 7 == 1 || (x == 0 && y == 0)) inverses.emplace_back(y);
  return {{3}, {0, 1}, {5, -2, -2, 7, Rational(1, 3)}, inverses};
}

Stepped table_gadget(const std::vector<Rational>& values, const Integer& first) {
  const Integer last = first + values.size() - 1;
  return {std::to_string(values.size()) + " values from " + first.str(),
          [=](const Form& x) { return table(x, first, values); },
          [=](const Integer& n) { return values.at(static_cast<std::size_t>(Integer(n - first))); },
          first,
          last,
          [=](const Rational& kappa, const Rational& eps) { return table_error_bound(values, kappa, eps); }};
}

// The same gadgets with the bound of the certificate's rule.
Stepped with_rule_bound(Stepped gadget, const Rational& heaviest, const Rational& total) {
  gadget.bound = [=](const Rational& kappa, const Rational& eps) {
    return steps_error_bound(kappa, eps, heaviest, total);
  };
  return gadget;
}

Lemma table_lemma() {
  std::vector<Stepped> gadgets, by_rule;
  for (const auto& values : example_tables()) {
    gadgets.push_back(table_gadget(values, -2));
    Rational heaviest = 0, total = 0;
    for (std::size_t k = 1; k < values.size(); ++k) {
      const Rational step = abs(Rational(values[k] - values[k - 1]));
      heaviest = std::max(heaviest, step);
      total += step;
    }
    by_rule.push_back(with_rule_bound(gadgets.back(), heaviest, total));
  }
  const auto extremes = [](const Stepped& gadget) {
    Range range{gadget.value(gadget.first), gadget.value(gadget.first)};
    for (Integer n = gadget.first; n <= gadget.last; ++n)
      range = hull(range, {gadget.value(n), gadget.value(n)});
    return range;
  };
  const std::string domain = "tables of 1, 2, 5 and 7 values from -2 on, every integer n, |x - n| <= ";
  return {
      "table",
      "look-up table, Lemma C.5 of Feng et al.",
      {identity_statement("table_eq", domain + "1/4", gadgets),
       range_statement("table_mem_range", "the same tables, every real x", gadgets, extremes),
       error_statement("table_error_le", domain + "eps", "Σ|f_k - f_{k-1}| · 2·g(κ, 1/2 - 2eps)", gadgets),
       error_statement(
           "steps_error_le", domain + "eps",
           "2·max|f_k - f_{k-1}|·(g(κ, 1/2 - 2eps) + g(κ, 3/2 - 2eps)) + 2·Σ|f_k - f_{k-1}|·g(κ, 5/2 - 2eps)",
           by_rule)}};
}

Rational clipped_quotient(const Integer& n, const Integer& B, const Integer& A) {
  const Integer q = floor(Rational(n, B));
  return Rational(std::min<Integer>(std::max<Integer>(q, 0), A - 1));
}

Lemma staircase_lemma() {
  std::vector<Stepped> stairs, squares, by_rule;
  for (const auto& [B, A] : {std::pair<int, int>{1, 4}, {3, 4}, {4, 2}, {5, 1}}) {
    const std::string text = "B = " + std::to_string(B) + ", A = " + std::to_string(A);
    const Integer block = B, count = A;
    const Stepped stair{
        text,
        [=](const Form& x) { return staircase(x, block, count); },
        [=](const Integer& n) { return clipped_quotient(n, block, count); },
        -1,
        block * count,
        [=](const Rational& kappa, const Rational& eps) { return staircase_error_bound(count, kappa, eps); }};
    const Stepped square{text,
                         [=](const Form& x) { return staircase_square(x, block, count); },
                         [=](const Integer& n) {
                           const Rational a = clipped_quotient(n, block, count);
                           return Rational(a * a);
                         },
                         -1,
                         block * count,
                         [=](const Rational& kappa, const Rational& eps) {
                           return staircase_square_error_bound(count, kappa, eps);
                         }};
    stairs.push_back(stair);
    squares.push_back(square);
    by_rule.push_back(with_rule_bound(stair, 1, A - 1));
    by_rule.push_back(with_rule_bound(square, std::max(2 * A - 3, 0), (A - 1) * (A - 1)));
  }
  const std::string domain = "(B, A) in {(1,4), (3,4), (4,2), (5,1)}, every integer n, |x - n| <= ";
  return {
      "staircase",
      "Lemma A.7 with formula (14) corrected",
      {identity_statement("staircase_eq", domain + "1/4", stairs),
       identity_statement("staircase_square_eq", domain + "1/4", squares),
       error_statement("staircase_error_le", domain + "eps", "(A - 1) · 2·g(κ, 1/2 - 2eps)", stairs),
       error_statement("staircase_square_error_le", domain + "eps", "(A - 1)² · 2·g(κ, 1/2 - 2eps)", squares),
       error_statement("staircase_steps_error_le", domain + "eps, both",
                       "2w(g(κ, 1/2 - 2eps) + g(κ, 3/2 - 2eps)) + 2W·g(κ, 5/2 - 2eps); w = 1 or 2A - 3, W = "
                       "A - 1 or (A - 1)²",
                       by_rule)}};
}

}  // namespace

std::vector<Lemma> step_lemmas() {
  return {threshold_lemma(), equality_lemma(), table_lemma(), staircase_lemma()};
}

}  // namespace wrought::lemmas
