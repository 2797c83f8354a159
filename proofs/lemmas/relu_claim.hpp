// Claims about what one feed-forward block computes: linear + Σ weight · σ(argument) against an affine target.
//
// In the ideal semantics σ is ReLU and everything is exact: where no argument changes its sign on a part, the sum is one affine
// function, and it equals the target if and only if the coefficients agree. Parts are cut where an argument changes its sign.
// In the smooth semantics σ(x) = GeLU(κx)/κ = R(x) - |x| Φ(-κ|x|), so the same affine function plus an enclosure of the last term.
#pragma once

#include "constructions/residual/relu_sum.hpp"
#include "proofs/lemmas/claim.hpp"

namespace wrought::lemmas {

class ReluClaim : public Claim {
 public:
  struct Unit {
    Affine argument;
    Rational weight;
  };

  // The error is `sum` at `values` less `target`. Without κ in the ideal semantics.
  ReluClaim(const ReluSum& sum, const Values& values, const Affine& target, std::optional<Rational> kappa);

  Span enclose(const Box& part) const override;
  std::vector<Box> promising(const Box& part) const override;
  Cut cut(const Box& part) const override;

  Affine linear;  // less the target
  std::vector<Unit> units;
  std::optional<Rational> kappa;

 private:
  struct Ideal {
    Affine function;
    Span slack;  // what is left where an argument changes its sign
  };
  Ideal ideal(const Box& part) const;
};

}  // namespace wrought::lemmas
