// Enclosures of real numbers with operators, so that formulas of smooth functions read like formulas.
#pragma once

#include "proofs/lemmas/affine.hpp"
#include "verifier/numbers/interval.hpp"

namespace wrought::lemmas {

// All that is known of a real number. Every operation encloses all possible results.
class Enclosed {
 public:
  Enclosed() = default;
  Enclosed(int value) : Enclosed(Rational(value)) {}  // NOLINT: numbers are enclosed by themselves
  Enclosed(const Rational& value);                    // NOLINT
  Enclosed(const Span& span);                         // NOLINT

  Span span() const;

  friend Enclosed operator+(Enclosed a, const Enclosed& b);
  friend Enclosed operator-(Enclosed a, const Enclosed& b);
  friend Enclosed operator*(Enclosed a, const Enclosed& b);
  friend Enclosed operator/(Enclosed a, const Enclosed& b);
  friend Enclosed exp(const Enclosed& x);
  friend Enclosed gelu(const Enclosed& x);
  friend Enclosed elu_plus_one(const Enclosed& x);

 private:
  Interval value_;
};

// √(2π).
Enclosed root_two_pi();

// R(x) - GeLU(κx)/κ = |x| Φ(-κ|x|) >= 0, for every x in `argument`: how far GeLU falls short of ReLU.
Span shortfall(const Rational& kappa, const Span& argument);

}  // namespace wrought::lemmas
