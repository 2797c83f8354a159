#include "constructions/dp/polynomial.hpp"

#include <algorithm>

namespace wrought {

namespace {

Polynomial power(const Polynomial& base, unsigned exponent) {
  Polynomial result(1);
  for (unsigned e = 0; e < exponent; ++e) result = result * base;
  return result;
}

Rational binomial(unsigned n, unsigned k) {
  Rational result = 1;
  for (unsigned i = 1; i <= k; ++i) result *= Rational(n - k + i, i);
  return result;
}

// S_k(x) = Σ_{v=0}^{x-1} v^k (Faulhaber), from Σ_{j<=k} C(k+1, j) S_j(x) = x^{k+1}.
Polynomial power_sum(unsigned k, const Polynomial& x) {
  std::vector<Polynomial> sums;
  for (unsigned m = 0; m <= k; ++m) {
    Polynomial s = power(x, m + 1);
    for (unsigned j = 0; j < m; ++j) s += Polynomial(-binomial(m + 1, j)) * sums[j];
    sums.push_back(s *= Rational(1, m + 1));
  }
  return sums.back();
}

std::string superscript(unsigned n) {
  static const char* const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char digit : std::to_string(n)) text += digits[digit - '0'];
  return text;
}

}  // namespace

Polynomial::Polynomial(const Rational& constant) {
  if (constant != 0) terms_[{}] = constant;
}

Polynomial Polynomial::monomial(Monomial exponents, const Rational& coefficient) {
  Polynomial p;
  if (coefficient != 0) p.terms_[std::move(exponents)] = coefficient;
  return p;
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

Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }
Polynomial operator-(Polynomial a, const Polynomial& b) { return a += Polynomial(-1) * b; }

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial product;
  for (const auto& [m, x] : a.terms())
    for (const auto& [n, y] : b.terms()) {
      Polynomial::Monomial exponents = m;
      for (const auto& [v, exponent] : n) exponents[v] += exponent;
      product += Polynomial::monomial(std::move(exponents), x * y);
    }
  return product;
}

Polynomial Polynomial::substitute(Variable v, const Polynomial& by) const {
  Polynomial result;
  for (const auto& [exponents, coefficient] : terms_) {
    Monomial rest = exponents;
    const auto found = rest.find(v);
    const unsigned exponent = found == rest.end() ? 0 : found->second;
    if (found != rest.end()) rest.erase(found);
    result += monomial(std::move(rest), coefficient) * power(by, exponent);
  }
  return result;
}

Rational Polynomial::evaluate(const std::function<Rational(Variable)>& value) const {
  Rational sum = 0;
  for (const auto& [exponents, coefficient] : terms_) {
    Rational term = coefficient;
    for (const auto& [v, exponent] : exponents)
      for (unsigned e = 0; e < exponent; ++e) term *= value(v);
    sum += term;
  }
  return sum;
}

Polynomial sum_over(const Polynomial& p, Polynomial::Variable v, const Polynomial& lo, const Polynomial& hi) {
  Polynomial sum;
  for (const auto& [exponents, coefficient] : p.terms()) {
    Polynomial::Monomial rest = exponents;
    const auto found = rest.find(v);
    const unsigned k = found == rest.end() ? 0 : found->second;
    if (found != rest.end()) rest.erase(found);
    sum += Polynomial::monomial(std::move(rest), coefficient) * (power_sum(k, hi + 1) - power_sum(k, lo));
  }
  return sum;
}

std::string to_string(const Polynomial& p, const std::function<std::string(Polynomial::Variable)>& name) {
  // High degrees first, the constant last.
  std::vector<std::pair<Polynomial::Monomial, Rational>> terms(p.terms().begin(), p.terms().end());
  const auto degree = [](const Polynomial::Monomial& m) {
    unsigned sum = 0;
    for (const auto& [v, exponent] : m) sum += exponent;
    return sum;
  };
  std::stable_sort(terms.begin(), terms.end(),
                   [&](const auto& a, const auto& b) { return degree(a.first) > degree(b.first); });
  std::string text;
  for (const auto& [exponents, coefficient] : terms) {
    text += text.empty() ? (coefficient < 0 ? "-" : "") : (coefficient < 0 ? " - " : " + ");
    std::string factors;
    for (const auto& [v, exponent] : exponents)
      factors += (factors.empty() ? "" : "·") + name(v) + (exponent > 1 ? superscript(exponent) : "");
    const Rational size = abs(coefficient);
    if (factors.empty())
      text += size.str();
    else
      text += (size == 1 ? "" : size.str() + "·") + factors;
  }
  return text.empty() ? "0" : text;
}

}  // namespace wrought
