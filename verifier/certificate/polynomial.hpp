// Polynomials over named unknowns, for the symbolic run of a certificate.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "verifier/numbers/rational.hpp"

namespace wrought::certificate {

using Unknown = std::size_t;

// Sum of coefficient · monomial; a monomial lists its unknowns in increasing order, with repetition.
class Polynomial {
 public:
  using Monomial = std::vector<Unknown>;

  Polynomial() = default;
  Polynomial(const Rational& constant) {  // NOLINT(google-explicit-constructor)
    if (constant != 0) terms_[{}] = constant;
  }
  Polynomial(int constant) : Polynomial(Rational(constant)) {}  // NOLINT(google-explicit-constructor)
  static Polynomial unknown(Unknown x) {
    Polynomial p;
    p.terms_[{x}] = 1;
    return p;
  }

  const std::map<Monomial, Rational>& terms() const { return terms_; }
  bool is_zero() const { return terms_.empty(); }
  bool is_constant() const { return terms_.empty() || (terms_.size() == 1 && terms_.begin()->first.empty()); }
  Rational constant() const;
  bool is_affine() const;
  // The coefficient of x in the first power alone.
  Rational coefficient(Unknown x) const;
  bool contains(Unknown x) const;

  Polynomial& operator+=(const Polynomial& other);
  Polynomial& operator*=(const Rational& factor);
  Polynomial substitute(Unknown x, const Polynomial& by) const;

  friend bool operator==(const Polynomial& a, const Polynomial& b) { return a.terms_ == b.terms_; }
  friend bool operator<(const Polynomial& a, const Polynomial& b) { return a.terms_ < b.terms_; }

 private:
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  std::map<Monomial, Rational> terms_;
};

Polynomial operator+(Polynomial a, const Polynomial& b);
Polynomial operator-(Polynomial a, const Polynomial& b);
Polynomial operator*(const Polynomial& a, const Polynomial& b);

std::string to_string(const Polynomial& p, const std::function<std::string(Unknown)>& name);

}  // namespace wrought::certificate
