#include "verifier/certificate/head_rule.hpp"

#include <algorithm>

namespace wrought::certificate {

HeadRule::HeadRule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at)
    : head_(head),
      premises_(knowledge),
      knowledge_(knowledge),
      at_(at),
      N_(at.length),
      unit_(Integer(1), Integer(Integer(1) << at.precision)) {}

Rational HeadRule::rounded(const Integer& n) const {
  const auto bound = rounding(at_.precision, n);
  if (!bound) throw Unproved{"2^-p times the number of tokens is not small; more bits are needed"};
  return *bound;
}

const PositionFeature& HeadRule::feature(const Form& f) const {
  if (f.constant == 0 && f.terms.size() == 1 && f.terms.begin()->second == 1) {
    const Quantity& q = knowledge_.certificate().quantities[f.terms.begin()->first];
    for (const PositionFeature& p : knowledge_.network().positions)
      if (q.origin == Origin::position && static_cast<std::size_t>(p.coordinate) == q.at.coordinate) return p;
  }
  throw Unproved{"its key must be position features"};
}

void HeadRule::require_square(const Form& x, const Form& x_squared) const {
  const PositionFeature &value = feature(x), &square = feature(x_squared);
  for (std::size_t p = 0; p < at_.length; ++p)
    if (Rational(square.values[p]) != Rational(value.values[p]) * value.values[p])
      throw Unproved{"its key must be a position feature and its square"};
}

std::size_t HeadRule::tokens_of_one_block(const Form& block) const {
  std::map<std::int64_t, std::size_t> counts;
  std::size_t most = 0;
  for (std::size_t p = 0; p < at_.length; ++p) most = std::max(most, ++counts[feature(block).values[p]]);
  return most;
}

const Quantity* HeadRule::single_token(const Form& f) const {
  if (f.terms.size() != 1 || f.terms.begin()->second != 1) return nullptr;
  const Quantity& q = knowledge_.certificate().quantities[f.terms.begin()->first];
  return q.origin == Origin::token ? &q : nullptr;
}

HeadLemma HeadRule::averages(const Rational& leak, bool everywhere, bool integer_mean, const Rational& roundings) {
  const auto average = [=](const Bounds& value, const Form&, const Rational& size) {
    if (!value.everywhere) throw Unproved{"its values must be known at every token"};
    Bounds mean = value;
    mean.error += (value.hi - value.lo + 2 * value.error) * leak + size * (roundings + 4 * leak);
    mean.integer = value.integer && integer_mean;
    mean.everywhere = everywhere;
    return mean;
  };
  return {average, {}, 1};
}

bool HeadRule::is_feature(const char* asked, const Form& form, const std::function<std::int64_t(std::int64_t)>& f) const {
  const auto found = found_.find(asked);
  if (found != found_.end() && found->second == form) return true;
  if (!knowledge_.is_feature(form, f)) return false;
  found_.insert_or_assign(asked, form);
  return true;
}

const Piece* HeadRule::single_piece(const Form& form) const {
  if (form.constant != 0 || form.terms.size() != 1 || form.terms.begin()->second != 1) return nullptr;
  const Quantity& q = knowledge_.certificate().quantities[form.terms.begin()->first];
  const bool alone = q.pieces.size() == 1 && q.pieces.front().factor == 1 && q.rest == Form();
  return alone ? &q.pieces.front() : nullptr;
}

HeadLemma apply(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at) {
  // The lemma keeps the rule that made it.
  const std::shared_ptr<HeadRule> rule =
      at.attention.is_linear() ? linear_head_rule(head, knowledge, at) : softmax_head_rule(head, knowledge, at);
  const HeadLemma lemma = rule->run();
  const auto average = [rule, average = lemma.average](const Bounds& value, const Form& form, const Rational& size) {
    return average(value, form, size);
  };
  return {average, lemma.exact, lemma.scale};
}

}  // namespace wrought::certificate
