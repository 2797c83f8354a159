#include "verifier/certificate/polynomial.hpp"

#include <algorithm>

namespace wrought::certificate {

Rational Polynomial::constant() const {
  const auto it = terms_.find({});
  return it == terms_.end() ? Rational(0) : it->second;
}

bool Polynomial::is_affine() const {
  return std::all_of(terms_.begin(), terms_.end(), [](const auto& term) { return term.first.size() <= 1; });
}

Rational Polynomial::coefficient(Unknown x) const {
  const auto it = terms_.find({x});
  return it == terms_.end() ? Rational(0) : it->second;
}

bool Polynomial::contains(Unknown x) const {
  return std::any_of(terms_.begin(), terms_.end(), [x](const auto& term) {
    return std::binary_search(term.first.begin(), term.first.end(), x);
  });
}

Polynomial& Polynomial::operator+=(const Polynomial& other) {
  for (const auto& [monomial, coefficient] : other.terms_) {
    const auto [it, inserted] = terms_.try_emplace(monomial, coefficient);
    if (inserted) continue;
    it->second += coefficient;
    if (it->second == 0) terms_.erase(it);
  }
  return *this;
}

Polynomial& Polynomial::operator*=(const Rational& factor) {
  if (factor == 0) terms_.clear();
  for (auto& [monomial, coefficient] : terms_) coefficient *= factor;
  return *this;
}

Polynomial Polynomial::substitute(Unknown x, const Polynomial& by) const {
  Polynomial result;
  for (const auto& [monomial, coefficient] : terms_) {
    Monomial others;
    Polynomial factor = coefficient;
    for (const Unknown y : monomial) {
      if (y == x)
        factor = factor * by;
      else
        others.push_back(y);
    }
    Polynomial rest;
    rest.terms_[others] = 1;
    result += factor * rest;
  }
  return result;
}

Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }

Polynomial operator-(Polynomial a, const Polynomial& b) {
  Polynomial negated = b;
  return a += (negated *= Rational(-1));
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial product;
  for (const auto& [left, x] : a.terms_)
    for (const auto& [right, y] : b.terms_) {
      Polynomial::Monomial monomial = left;
      monomial.insert(monomial.end(), right.begin(), right.end());
      std::sort(monomial.begin(), monomial.end());
      Polynomial term;
      term.terms_[monomial] = x * y;
      product += term;
    }
  return product;
}

std::string to_string(const Polynomial& p, const std::function<std::string(Unknown)>& name) {
  std::string text;
  for (const auto& [monomial, coefficient] : p.terms()) {
    const Rational size = abs(coefficient);
    text += text.empty() ? (coefficient < 0 ? "-" : "") : (coefficient < 0 ? " - " : " + ");
    std::string factors;
    for (const Unknown x : monomial) factors += (factors.empty() ? "" : "·") + name(x);
    if (factors.empty())
      text += to_string(size);
    else
      text += size == 1 ? factors : to_string(size) + "·" + factors;
  }
  return text.empty() ? "0" : text;
}

}  // namespace wrought::certificate
