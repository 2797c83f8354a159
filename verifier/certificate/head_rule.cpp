#include "verifier/certificate/head_rule.hpp"

#include <algorithm>
#include <map>

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

std::size_t HeadRule::visible() const {
  std::size_t most = 0;
  const std::size_t L = at_.length, back = std::min<std::size_t>(L, 2 * at_.attention.block * at_.attention.window + 1);
  for (std::size_t i = L - back; i < L; ++i) most = std::max(most, at_.attention.visible_count(i));
  return most;
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
    if (square.values[p] != value.values[p] * value.values[p])
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

HeadLemma HeadRule::flagged(const Argument& f, const Rational& sharpness, const Rational& score_rounding, std::size_t tokens,
                  bool everywhere, bool exact) const {
  const bool is_flag = knowledge_.within(form(0), 0, 1) == Scope::everywhere && knowledge_.integer(form(0)) == Scope::everywhere;
  if (!f.everywhere || !is_flag) throw Unproved{"the flag must be one at every token"};
  // An exact flag gives equal scores to all who hold it, rounded or not.
  const Rational wobble = 4 * (sharpness * f.error + (f.error == 0 ? Rational(0) : score_rounding));
  if (wobble > Rational(1, 2) || score_rounding > quarter) throw Unproved{"the flag is too far off for this sharpness"};
  const Rational others = 2 * N_ * exp_minus(sharpness * (1 - 2 * f.error));
  const HeadLemma lemma = averages(others + 2 * wobble, everywhere, false, averaging(tokens));
  const auto average = [average = lemma.average, flag_form = form(0), first = flags_first(form(0))](
                           const Bounds& value, const Form& what, const Rational& size) {
    Bounds mean = average(value, what, size);
    // That of the flag itself is 1 if a flagged token is seen, and 0 if not; that of one token is its value.
    mean.integer = value.integer && (first || what == flag_form);
    return mean;
  };
  // Where no flagged token is seen, all weigh the same, if their flags are so near 0 that e to their scores is rounded to 1.
  const bool equal = exact && wobble < unit_ / 8;
  return {average, equal ? std::optional(ExactWeights{others}) : std::nullopt};
}

HeadLemma HeadRule::marker(const Rational& sharpness, const Rational& score_rounding, bool exact) const {
  const Form &flag = form(0), &first = form(1);
  if (!flags_separator(flag) || !flags_first(first)) throw Unproved{"it must look for a separator and the first token"};
  if (knowledge_.value(flag + first).error != 0) throw Unproved{"2^-p is too large for a flag"};
  if (score_rounding > quarter) throw Unproved{"rounding may move a score by more than 1/4; more bits are needed"};
  const Rational others = 2 * N_ * exp_minus(sharpness);
  const HeadLemma lemma = averages(others, true, true, averaging(2));
  const auto average = [this, average = lemma.average](const Bounds& value, const Form& what, const Rational& size) {
    if (!knowledge_.is_feature(what, [](std::int64_t p) { return Rational(p); })) throw Unproved{"its value must be the position"};
    Bounds mean = average(value, what, size);
    mean.lo = 0;
    mean.hi = value.hi / 2;
    return mean;
  };
  return {average, exact ? std::optional(ExactWeights{others}) : std::nullopt, 2};
}

std::size_t HeadRule::flagged_tokens() const {
  return flags_separator(form(0)) || flags_first(form(0)) ? 1 : visible();
}

bool HeadRule::flags_separator(const Form& flag) const {
  const Quantity* q = single_token(flag);
  return q && flag.constant == 0 && q->token_coordinate < knowledge_.certificate().statement.inputs.size();
}

bool HeadRule::flags_first(const Form& flag) const {
  const bool sees_all = at_.attention.is_linear() || at_.attention.kind == AttentionKind::standard;
  return sees_all && knowledge_.is_feature(flag, [](std::int64_t p) { return p == 0 ? 1 : 0; });
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
