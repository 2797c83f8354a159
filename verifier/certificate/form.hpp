// Affine forms over the quantities of a certificate.
#pragma once

#include <cstddef>
#include <map>

#include "verifier/numbers/rational.hpp"

namespace wrought::certificate {

using QuantityId = std::size_t;

// constant + Σ coefficient · quantity; no zero coefficients.
struct Form {
  Rational constant = 0;
  std::map<QuantityId, Rational> terms;

  Form() = default;
  Form(const Rational& c) : constant(c) {}  // NOLINT(google-explicit-constructor)
  static Form quantity(QuantityId id) {
    Form form;
    form.terms.emplace(id, 1);
    return form;
  }

  bool is_constant() const { return terms.empty(); }
  void add(QuantityId id, const Rational& coefficient) {
    if (coefficient == 0) return;
    const auto [it, inserted] = terms.try_emplace(id, coefficient);
    if (inserted) return;
    it->second += coefficient;
    if (it->second == 0) terms.erase(it);
  }
  void add(const Form& other, const Rational& factor) {
    constant += factor * other.constant;
    for (const auto& [id, coefficient] : other.terms) add(id, factor * coefficient);
  }

  friend bool operator==(const Form& a, const Form& b) { return a.constant == b.constant && a.terms == b.terms; }
  friend bool operator<(const Form& a, const Form& b) {
    return a.constant != b.constant ? a.constant < b.constant : a.terms < b.terms;
  }
};

inline Form operator+(Form a, const Form& b) { return a.add(b, 1), a; }
inline Form operator-(Form a, const Form& b) { return a.add(b, -1), a; }
inline Form operator*(const Rational& factor, const Form& b) {
  Form product;
  product.add(b, factor);
  return product;
}

}  // namespace wrought::certificate
