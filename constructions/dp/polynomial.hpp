// Polynomials with rational coefficients in named variables: ranks and distances of states as formulas.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "verifier/numbers/rational.hpp"

namespace wrought {

class Polynomial {
 public:
  using Variable = std::size_t;
  // Exponents of the variables that occur, all positive.
  using Monomial = std::map<Variable, unsigned>;
  using Terms = std::map<Monomial, Rational>;

  Polynomial() = default;
  Polynomial(const Rational& constant);  // NOLINT(google-explicit-constructor)
  Polynomial(int constant) : Polynomial(Rational(constant)) {}  // NOLINT(google-explicit-constructor)
  static Polynomial variable(Variable v) { return monomial({{v, 1}}, 1); }
  static Polynomial monomial(Monomial exponents, const Rational& coefficient);

  const Terms& terms() const { return terms_; }
  bool is_zero() const { return terms_.empty(); }

  Polynomial& operator+=(const Polynomial& other);
  Polynomial& operator*=(const Rational& factor);

  friend bool operator==(const Polynomial& a, const Polynomial& b) { return a.terms_ == b.terms_; }

  Polynomial substitute(Variable v, const Polynomial& by) const;
  Rational evaluate(const std::function<Rational(Variable)>& value) const;

 private:
  Terms terms_;  // no zero coefficients
};

Polynomial operator+(Polynomial a, const Polynomial& b);
Polynomial operator-(Polynomial a, const Polynomial& b);
Polynomial operator*(const Polynomial& a, const Polynomial& b);

// Σ_{v=lo}^{hi} p, as a polynomial; right whenever hi >= lo - 1. `v` must not occur in lo or hi.
Polynomial sum_over(const Polynomial& p, Polynomial::Variable v, const Polynomial& lo, const Polynomial& hi);

// "1/2·j² + k - 1".
std::string to_string(const Polynomial& p, const std::function<std::string(Polynomial::Variable)>& name);

}  // namespace wrought
