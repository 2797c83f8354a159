// What gadgets and expressions make of numbers that are polynomials over unknowns: a polynomial again where the facts decide,
// and else a new unknown that stands for the function applied.
#pragma once

#include "verifier/certificate/facts.hpp"

namespace wrought::certificate {

// A comparison of control unknowns that the facts do not decide.
struct Undecided {
  Polynomial compared;  // with 0
};

// Numbers that are not integers may come in where a gadget gets what it is not meant for. Its result is then some number
// between its least and its largest one.
class Functions {
 public:
  // Keeps the reference.
  explicit Functions(Facts& facts) : facts_(facts) {}

  Polynomial nonnegative(const Polynomial& x) const;  // [x >= 0]; may throw Undecided
  Polynomial zero(const Polynomial& x) const;         // [x = 0]; may throw Undecided
  // x if the condition is 1, 0 or `otherwise` if it is 0.
  Polynomial gate(const Polynomial& condition, const Polynomial& x) const;
  Polynomial select(const Polynomial& condition, const Polynomial& then, const Polynomial& otherwise) const;
  Polynomial minimum(const Polynomial& x, const Polynomial& y) const { return extremum(x, y, true); }
  Polynomial maximum(const Polynomial& x, const Polynomial& y) const { return extremum(x, y, false); }
  // values[x - first], the first value before and the last one behind them.
  Polynomial table(const Polynomial& x, const Rational& first, const std::vector<Rational>& values) const;
  Polynomial quotient(const Polynomial& x, const Rational& B) const;                      // ⌊x/B⌋
  Polynomial staircase(const Polynomial& x, const Rational& B, const Rational& A) const;  // the same clipped to 0..A-1

  // Whether x >= 0 follows, every minimum, maximum and selection in it being one of its two numbers; false says nothing.
  bool is_never_negative(const Polynomial& x) const;

 private:
  Polynomial extremum(const Polynomial& x, const Polynomial& y, bool least) const;
  bool between(const Rational& lo, const Polynomial& x, const Rational& hi) const;

  Facts& facts_;
};

}  // namespace wrought::certificate
