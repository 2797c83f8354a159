// What the rules of softmax heads and of linear heads have in common (rules.hpp).
#pragma once

#include <memory>

#include "verifier/certificate/errors.hpp"
#include "verifier/certificate/premises.hpp"
#include "verifier/certificate/rules.hpp"

namespace wrought::certificate {

class HeadRule {
 public:
  HeadRule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);
  HeadRule(const HeadRule&) = delete;
  HeadRule& operator=(const HeadRule&) = delete;
  virtual ~HeadRule() = default;

  // What the head's rule says. Keeps a reference to this.
  virtual HeadLemma run() = 0;

 protected:
  const Form& form(std::size_t i) const { return head_.arguments.at(i); }

  Rational rounded(const Integer& n) const;
  // Weights are rounded once each, products and sums once for each of at most `meant` tokens. What the others weigh is less
  // than the leak, and adding a number is never off by more than that number.
  Rational averaging(const Integer& meant) const { return rounded(2 * meant + 24); }

  // At most how many tokens one token sees: the last ones see the most.
  std::size_t visible() const;
  // The position feature that a form is.
  const PositionFeature& feature(const Form& f) const;
  void require_square(const Form& x, const Form& x_squared) const;
  // At most how many tokens share a value of a position feature.
  std::size_t tokens_of_one_block(const Form& block) const;
  // A token's coordinate, up to a constant.
  const Quantity* single_token(const Form& f) const;

  // A mean over the tokens meant; `leak` is at most the weight that goes elsewhere, relative.
  static HeadLemma averages(const Rational& leak, bool everywhere, bool integer_mean, const Rational& roundings);

  // flagged_average_error_le. `score_rounding`: how far rounding moves a score, or the argument of a feature; `exact`: not at all
  // for flagged tokens. `tokens`: at most how many weigh the same, the most, where the result is claimed.
  HeadLemma flagged(const Argument& f, const Rational& sharpness, const Rational& score_rounding, std::size_t tokens,
                    bool everywhere, bool exact) const;
  // The mean of positions over the first token and the separator, if that has come: half the separator's position, or 0.
  // Their keys are 0 and 1 exactly, so that both weigh the same.
  HeadLemma marker(const Rational& sharpness, const Rational& score_rounding, bool exact) const;
  // At most how many tokens hold the flag: a separator stands once, and before all tokens that generate; and one is first.
  std::size_t flagged_tokens() const;
  // Whether it is the flag of a separator.
  bool flags_separator(const Form& flag) const;
  // Whether it is that of the first token, and every token sees that.
  bool flags_first(const Form& flag) const;

  const HeadUse& head_;
  Premises premises_;
  const Knowledge& knowledge_;
  const HeadCircumstances at_;
  const Rational N_;
  const Rational unit_;  // 2^-p
};

std::unique_ptr<HeadRule> softmax_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);
std::unique_ptr<HeadRule> linear_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);

}  // namespace wrought::certificate
