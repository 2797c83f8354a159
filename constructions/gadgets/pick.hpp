// Pick: the slot that β names.
//
// Statement (pick_eq).  0 <= Z_b <= V for b in 0..B-1, M >= V + 1, β <= B - 1 an integer. Then
//     Σ_b ( R(Z_b + M(2(β-b)+1)) - R(Z_b + M(2(β-b)-1)) ) - R(M(2β+1)) = Z_β if β >= 0, and 0 if β < 0.
// Why: slots below β give 2M each, slot β gives Z_β + M, slots above nothing; together 2Mβ + M + Z_β.
// Statement (pick_error_le).  Z_b off by eps_z, β by eps_beta: at most
//     eps_z + (2B + 1) gelu_error_bound(κ, M(1 - 2 eps_beta) - V - eps_z).
// Shapes.    2B + 1 hidden units, 1 result.
// Source.    §3.10, extended to β < 0 so that "nothing" can be picked; layer (3) of Lemma A.12.
#pragma once

#include <algorithm>
#include <vector>

#include "constructions/gadgets/relu.hpp"

namespace wrought {

// Every slot's range must start at 0 or above.
inline ReluSum pick(const std::vector<Form>& slots, const Form& beta) {
  Rational V = 0;
  for (const Form& slot : slots) V = std::max(V, slot.range().hi);
  const Rational M = V + 1;
  const Form top = M * (Rational(2) * beta + 1);
  ReluSum sum{Form(), {relu(top, -1)}, {0, V}};
  for (std::size_t b = 0; b < slots.size(); ++b) {
    const Form upper = top - 2 * M * Rational(b);
    sum.units.push_back(relu(slots[b] + upper));
    sum.units.push_back(relu(slots[b] + upper - 2 * M, -1));
  }
  std::vector<Form> arguments = slots;
  arguments.push_back(beta);
  return instance_of("pick", std::move(arguments), {V}, std::move(sum));
}

inline Rational pick_error_bound(const Rational& kappa, const Rational& V, std::size_t B, const Rational& eps_z,
                                 const Rational& eps_beta) {
  const Rational distance = (V + 1) * (1 - 2 * eps_beta) - V - eps_z;
  return eps_z + Rational(2 * B + 1) * gelu_error_bound(kappa, distance);
}

}  // namespace wrought
