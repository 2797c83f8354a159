// The two semantics of the same weights (mathematics.md §2), each over the arithmetics that can carry it.
#pragma once

#include <vector>

#include "verifier/numbers/arithmetic.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::detail {

// σ = ReLU; softmax -> average over the argmax set; φ -> x + 1 for x >= 0, 0 for x <= -1, undefined between.
template <OrderedArithmetic A>
struct IdealModel {
  using Arithmetic = A;
  using Value = typename A::Value;

  A arithmetic;

  static Rational kappa() { return 1; }
  static Rational tau() { return 1; }
  static Rational lambda() { return 1; }

  Value activation(const Value& x) const { return arithmetic.sign(x) > 0 ? x : Value{}; }

  // Turns scores into unnormalised attention weights: 1 where the score is largest, 0 elsewhere.
  void weigh(std::vector<Value>& scores) const {
    const Value* best = &scores.front();
    for (const Value& score : scores)
      if (arithmetic.less(*best, score)) best = &score;
    const Value top = *best;
    for (Value& score : scores) score = arithmetic.from(std::int64_t{arithmetic.less(score, top) ? 0 : 1});
  }

  Value feature(const Value& x) const {
    Value shifted = x;
    arithmetic.add(shifted, arithmetic.from(std::int64_t{1}));
    if (arithmetic.sign(x) >= 0) return shifted;
    if (arithmetic.sign(shifted) <= 0) return Value{};
    throw Undefined("feature-map argument " + arithmetic.text(x) +
                    " lies in (-1, 0), where the ideal semantics is not defined");
  }

  // A linear head whose visible weights are all zero returns the plain average of what is visible.
  bool averages_plainly(const Value& total_weight) const { return arithmetic.is_zero(total_weight); }
};

// The paper's model: GeLU(κx)/κ with κ folded into W1 and W2, softmax with τ folded into W_Q, φ = elu + 1.
template <SmoothArithmetic A>
struct SmoothModel {
  using Arithmetic = A;
  using Value = typename A::Value;

  A arithmetic;
  Sharpness sharpness;

  const Rational& kappa() const { return sharpness.kappa; }
  const Rational& tau() const { return sharpness.tau; }
  const Rational& lambda() const { return sharpness.lambda; }

  Value activation(const Value& x) const { return arithmetic.gelu(x); }

  // exp(score - shift); any shift gives the same softmax, one near the largest score keeps exp in range.
  void weigh(std::vector<Value>& scores) const {
    const Value* best = &scores.front();
    for (const Value& score : scores)
      if (arithmetic.likely_less(*best, score)) best = &score;
    const Value shift = *best;
    for (Value& score : scores) {
      arithmetic.subtract(score, shift);
      score = arithmetic.exp(score);
    }
  }

  Value feature(const Value& x) const { return arithmetic.elu_plus_one(x); }

  bool averages_plainly(const Value&) const { return false; }
};

}  // namespace wrought::detail
