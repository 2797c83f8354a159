// What the rules of softmax heads and of linear heads have in common (rules.hpp).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

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

  // The position feature that a form is.
  const PositionFeature& feature(const Form& f) const;
  void require_square(const Form& x, const Form& x_squared) const;
  // At most how many tokens share a value of a position feature.
  std::size_t tokens_of_one_block(const Form& block) const;
  // A token's coordinate, up to a constant.
  const Quantity* single_token(const Form& f) const;

  // A mean over the tokens meant; `leak` is at most the weight that goes elsewhere, relative.
  static HeadLemma averages(const Rational& leak, bool everywhere, bool integer_mean, const Rational& roundings);

  // Knowledge::is_feature, for the same function whenever the same is asked: of as many values as a head has it is looked up once.
  bool is_feature(const char* asked, const Form& form, const std::function<std::int64_t(std::int64_t)>& f) const;

  // What a form is alone, if it is the result of one gadget.
  const Piece* single_piece(const Form& form) const;

  const HeadUse& head_;
  Premises premises_;
  const Knowledge& knowledge_;
  const HeadCircumstances at_;
  const Rational N_;
  const Rational unit_;  // 2^-p

 private:
  mutable std::map<std::string, Form> found_;  // of each that is asked, a form that is it
};

std::unique_ptr<HeadRule> softmax_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);
std::unique_ptr<HeadRule> linear_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);

}  // namespace wrought::certificate
