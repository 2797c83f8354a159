// What follows from linear inequalities: Fourier–Motzkin elimination over the rationals.
#pragma once

#include <optional>
#include <vector>

#include "verifier/certificate/polynomial.hpp"

namespace wrought::certificate {

// Polynomials that are known to be >= 0 at once. Products of unknowns count as unknowns of their own.
class Inequalities {
 public:
  void add(const Polynomial& nonnegative) { known_.push_back(nonnegative); }
  void add_equal(const Polynomial& zero) {
    add(zero);
    add(Polynomial(0) - zero);
  }

  // Whether `p` >= 0 follows; false says nothing.
  bool imply(const Polynomial& p) const;
  // Whether no values of the unknowns satisfy all of them, `p` being an integer wherever they do.
  bool contradictory() const;

  const std::vector<Polynomial>& known() const { return known_; }

 private:
  std::vector<Polynomial> known_;
};

}  // namespace wrought::certificate
