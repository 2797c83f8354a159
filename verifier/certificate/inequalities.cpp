#include "verifier/certificate/inequalities.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace wrought::certificate {

namespace {

// A linear inequality c + Σ a_m · m >= 0 over monomials m, or > 0 if strict.
struct Row {
  std::map<Polynomial::Monomial, Rational> coefficients;
  Rational constant = 0;
  bool strict = false;

  friend bool operator<(const Row& a, const Row& b) {
    return std::tie(a.coefficients, a.constant, a.strict) < std::tie(b.coefficients, b.constant, b.strict);
  }
};

Row row(const Polynomial& p, bool strict) {
  Row r;
  r.strict = strict;
  for (const auto& [monomial, coefficient] : p.terms())
    if (monomial.empty())
      r.constant = coefficient;
    else
      r.coefficients[monomial] = coefficient;
  return r;
}

// Scaled so that equal half-spaces become equal rows.
void normalise(Row& r) {
  if (r.coefficients.empty()) return;
  const Rational scale = 1 / abs(r.coefficients.begin()->second);
  for (auto& [monomial, coefficient] : r.coefficients) coefficient *= scale;
  r.constant *= scale;
}

Row combine(const Row& lower, const Row& upper, const Polynomial::Monomial& eliminated) {
  const Rational up = lower.coefficients.at(eliminated), down = -upper.coefficients.at(eliminated);
  Row sum;
  sum.constant = down * lower.constant + up * upper.constant;
  sum.strict = lower.strict || upper.strict;
  for (const auto& [m, c] : lower.coefficients) sum.coefficients[m] += down * c;
  for (const auto& [m, c] : upper.coefficients) sum.coefficients[m] += up * c;
  std::erase_if(sum.coefficients, [](const auto& entry) { return entry.second == 0; });
  normalise(sum);
  return sum;
}

bool is_false(const Row& r) { return r.coefficients.empty() && (r.strict ? r.constant <= 0 : r.constant < 0); }

// Only the rows that share unknowns, directly or through others, with `start`.
std::vector<Row> connected(const std::vector<Row>& rows, const Row& start) {
  std::set<Polynomial::Monomial> reached;
  for (const auto& [m, c] : start.coefficients) reached.insert(m);
  std::vector<bool> taken(rows.size());
  std::vector<Row> result{start};
  for (bool grew = true; grew;) {
    grew = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (taken[i]) continue;
      const auto& entries = rows[i].coefficients;
      if (std::none_of(entries.begin(), entries.end(), [&](const auto& e) { return reached.contains(e.first); }))
        continue;
      taken[i] = grew = true;
      for (const auto& [m, c] : entries) reached.insert(m);
      result.push_back(rows[i]);
    }
  }
  return result;
}

constexpr std::size_t most_rows = 4000;  // beyond, the answer is "not known"

bool infeasible(std::set<Row> rows) {
  while (true) {
    if (std::any_of(rows.begin(), rows.end(), is_false)) return true;
    // The monomial whose elimination makes the fewest rows.
    std::map<Polynomial::Monomial, std::pair<std::size_t, std::size_t>> occurrences;
    for (const Row& r : rows)
      for (const auto& [m, c] : r.coefficients) ++(c > 0 ? occurrences[m].first : occurrences[m].second);
    if (occurrences.empty()) return false;
    const auto best = std::min_element(occurrences.begin(), occurrences.end(), [](const auto& a, const auto& b) {
      return a.second.first * a.second.second < b.second.first * b.second.second;
    });
    std::set<Row> next;
    std::vector<const Row*> lower, upper;
    for (const Row& r : rows) {
      const auto it = r.coefficients.find(best->first);
      if (it == r.coefficients.end())
        next.insert(r);
      else
        (it->second > 0 ? lower : upper).push_back(&r);
    }
    for (const Row* l : lower)
      for (const Row* u : upper) next.insert(combine(*l, *u, best->first));
    if (next.size() > most_rows) return false;
    rows = std::move(next);
  }
}

}  // namespace

bool Inequalities::imply(const Polynomial& p) const {
  if (p.is_constant()) return p.constant() >= 0 || contradictory();
  std::vector<Row> rows;
  for (const Polynomial& q : known_) rows.push_back(row(q, false));
  std::set<Row> system;
  for (Row& r : connected(rows, row(Polynomial(0) - p, true))) {
    normalise(r);
    system.insert(std::move(r));
  }
  return infeasible(std::move(system));
}

bool Inequalities::contradictory() const {
  std::set<Row> system;
  for (const Polynomial& q : known_) {
    Row r = row(q, false);
    normalise(r);
    system.insert(std::move(r));
  }
  return infeasible(std::move(system));
}

}  // namespace wrought::certificate
