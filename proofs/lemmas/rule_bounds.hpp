// The error bounds that the certificate's rules use (verifier/certificate/gadget_rules.cpp), as functions of the arguments' errors.
// They are tighter than the bounds stated with the gadgets where a rule looks at the distance of each unit from 0.
#pragma once

#include <algorithm>

#include "constructions/range.hpp"
#include "verifier/certificate/errors.hpp"

namespace wrought::lemmas {

using certificate::gelu_gap;

// steps_error_le: f_0 + Σ w_k T_{at_k}(x) with |w_k| <= heaviest and Σ|w_k| = total, x within eps of an integer. Two units stand
// at distance 1/2 from 0 before errors, two at 3/2, all others at 5/2 or more.
inline Rational steps_error_bound(const Rational& kappa, const Rational& eps, const Rational& heaviest,
                                  const Rational& total) {
  const auto gap = [&](int halves) { return gelu_gap(kappa, Rational(halves, 2) - 2 * eps); };
  return 2 * heaviest * (gap(1) + gap(3)) + 2 * total * gap(5);
}

// select_error_le: x if g = 1, y if g = 0, with lo <= x - y <= hi. Gate is the case y = 0.
inline Rational select_error_bound(const Rational& kappa, const Range& difference, const Rational& eps_x,
                                   const Rational& eps_y, const Rational& eps_difference,
                                   const Rational& eps_g) {
  const Rational M = difference.hi - difference.lo + 2;
  return std::max<Rational>(eps_x + abs(Rational(difference.hi + 1)) * eps_g,
                            eps_y + abs(Rational(difference.lo - 1)) * eps_g) +
         gelu_gap(kappa, 1 - eps_difference - M * eps_g);
}

// minimum_error_le for integers: the minimum moves by at most the larger error, the unit stands at 0 or at least 1 from it.
inline Rational extremum_error_bound(const Rational& kappa, const Rational& eps) {
  return eps + std::max<Rational>(gelu_gap(kappa, 1 - 2 * eps), eps);
}

// clamp_error_le.
inline Rational clamp_rule_bound(const Rational& kappa, const Range& x, const Rational& eps_x,
                                 const Rational& eps_top, const Rational& eps_g) {
  const Rational off = eps_x + (std::max<Rational>(x.hi, 0) + 1) * eps_g + eps_top;
  return off + 2 * std::max<Rational>(gelu_gap(kappa, 1 - off), off / 2);
}

// pick_error_le: two units stand at least 1 from 0 before errors, the others at least M = V + 1.
inline Rational pick_rule_bound(const Rational& kappa, const Rational& V, std::size_t B,
                                const Rational& eps_z, const Rational& eps_beta) {
  const Rational off = 2 * (V + 1) * eps_beta + eps_z;
  return eps_z + 2 * gelu_gap(kappa, 1 - off) + Rational(2 * B) * gelu_gap(kappa, V + 1 - off);
}

// rescale_error_le: one unit stands at least 1 from 0 before errors, the others at least M = V + 1.
inline Rational rescale_rule_bound(const Rational& kappa, const Rational& V, std::size_t C,
                                   const Rational& eps_y, const Rational& eps_c) {
  const Rational off = 2 * (V + 1) * eps_c + eps_y;
  return Rational(C) * eps_y + gelu_gap(kappa, 1 - off) + Rational(2 * C) * gelu_gap(kappa, V + 1 - off);
}

}  // namespace wrought::lemmas
