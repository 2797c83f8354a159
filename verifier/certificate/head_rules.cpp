#include <algorithm>
#include <map>
#include <memory>

#include "verifier/certificate/errors.hpp"
#include "verifier/certificate/head_source.hpp"
#include "verifier/certificate/premises.hpp"
#include "verifier/certificate/rewriting_lemmas.hpp"
#include "verifier/certificate/rules.hpp"

namespace wrought::certificate {

namespace {

class HeadRule {
 public:
  HeadRule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at)
      : head_(head),
        premises_(knowledge),
        knowledge_(knowledge),
        at_(at),
        N_(at.length),
        unit_(Integer(1), Integer(Integer(1) << at.precision)) {}

  HeadLemma run() {
    const bool softmax = !at_.attention.is_linear();
    const std::string& rule = head_.rule;
    if (softmax && rule == "position_head") return position();
    if (softmax && rule == "block_head") return block();
    if (softmax && rule == "uniform_head") return uniform();
    if (softmax && rule == "flag_head") return flag();
    if (softmax && rule == "latest_head") return latest();
    if (softmax && rule == "leftmost_head") return leftmost();
    if (!softmax && rule == "linear_flag_head") return linear_flag();
    if (!softmax && rule == "one_hot_head") return one_hot();
    if (!softmax && rule == "anchored_head") return anchored();
    throw Unproved{"a rule of another kind of attention"};
  }

 private:
  const Form& form(std::size_t i) const { return head_.arguments.at(i); }

  Rational rounded(const Integer& n) const {
    const auto bound = rounding(at_.precision, n);
    if (!bound) throw Unproved{"2^-p times the number of tokens is not small; more bits are needed"};
    return *bound;
  }

  // Products and their sum are rounded, τ as it is read unless that is exact, and keys may be off. A quarter at most: e to the
  // power of twice that is below 2.
  void require_exact_scores() const {
    if (at_.off_score) return;
    const Rational& tau = at_.sharpness.tau;
    const bool exact = denominator(tau) == 1 && 2 * tau <= Rational(Integer(1) << at_.precision);
    if (tau * (rounded(exact ? 3 : 4) * at_.score_size + at_.key_error) > quarter)
      throw Unproved{"rounding may move a score by more than 1/4; more bits are needed"};
  }

  // Weights are rounded once each, products and sums once for each of at most `meant` tokens. What the others weigh is less
  // than the leak, and adding a number is never off by more than that number.
  Rational averaging(const Integer& meant) const { return rounded(2 * meant + 24); }

  // At most how many tokens one token sees: the last ones see the most.
  std::size_t visible() const {
    std::size_t most = 0;
    const std::size_t L = at_.length, back = std::min<std::size_t>(L, 2 * at_.attention.block * at_.attention.window + 1);
    for (std::size_t i = L - back; i < L; ++i) most = std::max(most, at_.attention.visible_count(i));
    return most;
  }

  void require_positions(const Form& p, const Form& p_squared) const {
    if (!knowledge_.is_feature(p, [](std::int64_t x) { return Rational(x); }) ||
        !knowledge_.is_feature(p_squared, [](std::int64_t x) { return Rational(x) * x; }))
      throw Unproved{"its key must be the position and its square"};
  }

  // The position feature that a form is.
  const PositionFeature& feature(const Form& f) const {
    if (f.constant == 0 && f.terms.size() == 1 && f.terms.begin()->second == 1) {
      const Quantity& q = knowledge_.certificate().quantities[f.terms.begin()->first];
      for (const PositionFeature& p : knowledge_.network().positions)
        if (q.origin == Origin::position && static_cast<std::size_t>(p.coordinate) == q.at.coordinate) return p;
    }
    throw Unproved{"its key must be position features"};
  }

  void require_square(const Form& x, const Form& x_squared) const {
    const PositionFeature &value = feature(x), &square = feature(x_squared);
    for (std::size_t p = 0; p < at_.length; ++p)
      if (square.values[p] != value.values[p] * value.values[p])
        throw Unproved{"its key must be a position feature and its square"};
  }

  // At most how many tokens share a value of a position feature.
  std::size_t tokens_of_one_block(const Form& block) const {
    std::map<std::int64_t, std::size_t> counts;
    std::size_t most = 0;
    for (std::size_t p = 0; p < at_.length; ++p) most = std::max(most, ++counts[feature(block).values[p]]);
    return most;
  }

  // copy_error_le: score q² - (q - p_j)². The token nearest to q wins; the k-th next on either side is k(k - 2ε) behind.
  HeadLemma position() {
    require_positions(form(1), form(2));
    const Argument q = premises_.near_integer(form(0), "the position");
    require_exact_scores();
    // The rounding of the query moves all scores alike, as an error of q would.
    const Rational margin = 1 - 2 * q.error - (at_.off_score ? Rational(0) : at_.query_rounding);
    if (margin <= Rational(1, 2)) throw Unproved{"the position is too far off"};
    const Rational r = exp_minus(at_.sharpness.tau * margin);
    // Where everything is visible, some token is nearest, and its value is what comes back.
    constexpr int nearest = 2;  // one on either side
    const Rational leak = 4 * r / (1 - r);
    const bool one = at_.attention.kind == AttentionKind::standard || looks_into_window();
    HeadLemma lemma = averages(leak, premises_.everywhere(), one, averaging(nearest));
    if (at_.off_score) lemma.exact = ExactWeights{leak};
    return lemma;
  }

  // Whether it looks for the token a fixed number back: that is seen, or else the first token is and is nearest.
  bool looks_into_window() const {
    if (at_.attention.kind != AttentionKind::sparse) return false;
    const auto back = looks_back(head_, knowledge_);
    return back && sees_back(knowledge_.network(), *back);
  }

  // best_key_error_le: keys are integers that differ from token to token, the symbol counting more than all positions.
  HeadLemma latest() {
    const Form &symbol = form(0), &p = form(1);
    if (!single_token(symbol) || symbol.constant != 0) throw Unproved{"it must look for a coordinate of tokens"};
    if (!knowledge_.is_feature(p, [](std::int64_t x) { return Rational(x); }))
      throw Unproved{"of equal symbols it must look for the last"};
    if (denominator(head_.numbers.at(0)) != 1 || head_.numbers[0] < N_)
      throw Unproved{"a symbol must count more than all positions"};
    return best(true);
  }

  // best_key_error_le, leftmost_handle_eq.
  HeadLemma leftmost() {
    require_leftmost(head_, knowledge_);
    return best(false);
  }

  // One key is ahead of all other visible ones by at least 1. `everywhere`: at every token, or only where tokens generate.
  HeadLemma best(bool everywhere) {
    for (const auto& [key, slope] : expand(head_).key)
      if (!knowledge_.value(key).everywhere) throw Unproved{"its keys must be known at every token"};
    const Rational off = at_.off_score ? Rational(*at_.off_score / at_.sharpness.tau) : score_error();
    const Rational margin = 1 - 2 * off;
    if (margin <= Rational(1, 2)) throw Unproved{"a score may be off by 1/4 or more"};
    const Rational leak = 2 * N_ * exp_minus(at_.sharpness.tau * margin);
    HeadLemma lemma = averages(leak, everywhere && premises_.everywhere(), true, averaging(1));
    if (at_.off_score) lemma.exact = ExactWeights{leak};
    return lemma;
  }

  // How far any score may be off before τ: by its query, its key, and rounding: of products, sums, τ, and of its difference to
  // another score, which is at most twice as large.
  Rational score_error() {
    const HeadExpansion expansion = expand(head_);
    Rational off = at_.key_error + rounded(Integer(expansion.query.size()) + 3) * at_.score_size;
    for (std::size_t d = 0; d < expansion.query.size(); ++d) {
      const Bounds key = knowledge_.value(expansion.key[d].first);
      off += (premises_.any(expansion.query[d].first).error + at_.query_rounding) *
             (std::max<Rational>(abs(key.lo), abs(key.hi)) + key.error);
    }
    return off;
  }

  // block_average_error_le: all tokens of the own block score the same, the others at least 1 less.
  HeadLemma block() {
    require_square(form(0), form(1));
    require_exact_scores();
    return averages(2 * N_ * exp_minus(at_.sharpness.tau * (1 - at_.query_rounding)), true, false,
                    averaging(tokens_of_one_block(form(0))));
  }

  // uniform_head_eq: every weight is e^0.
  HeadLemma uniform() { return averages(0, true, false, averaging(visible())); }

  // flagged_average_error_le: flagged tokens score τ(1 ± ε), the others τ(0 ± ε).
  HeadLemma flag() {
    const Argument f = premises_.flag(form(0), "the flag");
    const Rational score_rounding =
        at_.off_score.value_or(Rational(at_.sharpness.tau * (rounded(6) + at_.key_rounding)));
    // Where no flagged token is seen all tokens weigh the same: the mean then has as many terms.
    const bool one = flagged_tokens() == 1 && at_.attention.kind == AttentionKind::standard;
    return flagged(f, at_.sharpness.tau, score_rounding, one ? 1 : visible(), premises_.everywhere() && !one,
                   at_.off_score.has_value());
  }

  HeadLemma linear_flag() {
    const Argument f = premises_.flag(form(0), "the flag");
    // A flagged token has feature 1, and a separator is seen by all tokens that generate.
    return flagged(f, at_.sharpness.lambda, at_.key_rounding, flagged_tokens(), false,
                   at_.keys_are_exact && flagged_tokens() == 1);
  }

  // `score_rounding`: how far rounding moves a score, or the argument of a feature; `exact`: not at all for flagged tokens.
  // `tokens`: at most how many weigh the same, the most, where the result is claimed.
  HeadLemma flagged(const Argument& f, const Rational& sharpness, const Rational& score_rounding, std::size_t tokens,
                    bool everywhere, bool exact) {
    const bool is_flag = knowledge_.within(form(0), 0, 1) == Scope::everywhere && knowledge_.integer(form(0)) == Scope::everywhere;
    if (!f.everywhere || !is_flag) throw Unproved{"the flag must be one at every token"};
    // An exact flag gives equal scores to all who hold it, rounded or not.
    const Rational wobble = 4 * (sharpness * f.error + (f.error == 0 ? Rational(0) : score_rounding));
    if (wobble > Rational(1, 2) || score_rounding > quarter) throw Unproved{"the flag is too far off for this sharpness"};
    const Rational others = 2 * N_ * exp_minus(sharpness * (1 - 2 * f.error));
    const HeadLemma lemma = averages(others + 2 * wobble, everywhere, false, averaging(tokens));
    const auto average = [average = lemma.average, flag_form = form(0)](const Bounds& value, const Form& what,
                                                                        const Rational& size) {
      Bounds mean = average(value, what, size);
      // The average of the flag itself is 1 if a flagged token is seen, and 0 if not.
      mean.integer = value.integer && what == flag_form;
      return mean;
    };
    // Where no flagged token is seen, all weigh the same, if their flags are so near 0 that e to their scores is rounded to 1.
    const bool equal = exact && wobble < unit_ / 8;
    return {average, equal ? std::optional(ExactWeights{others}) : std::nullopt};
  }

  // At most how many tokens hold the flag: a separator stands once, and before all tokens that generate.
  std::size_t flagged_tokens() const {
    const Statement& statement = knowledge_.certificate().statement;
    const Quantity* flag = single_token(form(0));
    const bool separates = flag && form(0).constant == 0 && flag->token_coordinate < statement.inputs.size();
    return separates ? 1 : visible();
  }

  // Query features are 1 ± δ at a and at most η elsewhere, key features the same without an error of registers.
  struct OneHot {
    Rational delta, leak;  // leak: the weight of all tokens of other blocks together
  };
  OneHot one_hot_features(const Rational& A) {
    require_square(form(2), form(3));
    const Argument a = premises_.near_integer(form(0), "the block");
    const Argument a_squared = premises_.near_integer(form(1), "the block's square");
    premises_.within(form(0), 0, A - 1, "the block");
    require_is_square_of(form(1), form(0));
    const Rational delta =
        at_.sharpness.lambda * (2 * A * a.error + a_squared.error) + at_.query_rounding + at_.key_rounding;
    if (delta > quarter) throw Unproved{"the block is too far off for this sharpness"};
    const Rational eta = 2 * exp_minus(at_.sharpness.lambda);
    return {delta, N_ * (3 * eta + A * eta * eta)};
  }

  // Both are staircases of the same number.
  void require_is_square_of(const Form& square, const Form& a) const {
    const Piece *p = single_piece(a), *q = single_piece(square);
    if (!p || !q || p->rule != "staircase" || q->rule != "staircase_square" || !(p->arguments == q->arguments) ||
        p->numbers != q->numbers)
      throw Unproved{"its query must be a staircase and the staircase's square"};
  }

  const Piece* single_piece(const Form& f) const {
    if (f.constant != 0 || f.terms.size() != 1 || f.terms.begin()->second != 1) return nullptr;
    const Quantity& q = knowledge_.certificate().quantities[f.terms.begin()->first];
    const bool alone = q.pieces.size() == 1 && q.pieces.front().factor == 1 && q.rest == Form();
    return alone ? &q.pieces.front() : nullptr;
  }

  // linear_lookup_error_le: at least one token of the block is visible, with weight at least (1 - δ)² >= 1/2.
  HeadLemma one_hot() {
    const Rational A = head_.numbers.at(0);
    const OneHot hot = one_hot_features(A);
    const Integer meant = asks_for_an_earlier_block() ? Integer(tokens_of_one_block(form(2))) : Integer(at_.length);
    return averages(2 * hot.leak, premises_.everywhere(), false, 2 * averaging(meant));
  }

  // Whether it asks for the block of a position up to the own, so that every token sees one of that block. (Otherwise all
  // tokens weigh next to nothing, and all of them count.)
  bool asks_for_an_earlier_block() const {
    const Piece* staircase = single_piece(form(0));
    const Piece* clamp = staircase && staircase->rule == "staircase" ? single_piece(staircase->arguments.at(0)) : nullptr;
    if (!clamp || clamp->rule != "clamp") return false;
    const auto B = static_cast<std::int64_t>(numerator(staircase->numbers.at(0)));
    return knowledge_.is_feature(clamp->arguments.at(1), [](std::int64_t p) { return Rational(p); }) &&
           knowledge_.is_feature(form(2), [B](std::int64_t p) { return Rational(p / B); });
  }

  // anchored_sum_error_le: the tokens of a block and the anchor weigh C together.
  HeadLemma anchored() {
    const Rational A = head_.numbers.at(0), C = head_.numbers.at(1);
    require_count_of_block();
    const OneHot hot = one_hot_features(A);
    const Argument rest = premises_.near_integer(Form(C - 1) - form(6) - form(5), "the anchor's weight");
    premises_.within(rest.form, 0, C - 1, "the anchor's weight less 1");
    // The anchor's feature is e^{-λ} at all other tokens, and at most C in a query.
    const Rational leak = hot.leak + 2 * N_ * C * exp_minus(at_.sharpness.lambda);
    const Rational off = 3 * hot.delta + leak + at_.key_rounding + (2 * (rest.error + at_.query_rounding) + leak) / C;
    if (off > Rational(1, 2)) throw Unproved{"the divisor is too far off for this sharpness"};
    const Rational roundings = 2 * averaging(tokens_of_one_block(form(2)));
    const bool everywhere = premises_.everywhere();
    const auto average = [=, this](const Bounds& value, const Form& what, const Rational& size) {
      if (!value.everywhere) throw Unproved{"its values must be known at every token"};
      const Bounds sum = telescoped(what);
      const Rational largest = std::max<Rational>(abs(sum.lo), abs(sum.hi));
      // As the sum grows token by token it stays what the newest payload is, so rounding is relative to that and to what is
      // added, not to the sizes of all that is added.
      const Rational partial = 2 * (largest + size) + 2 * (N_ + C) * value.error, summing = 2 * roundings * (partial + 2 * size);
      if (summing > largest + size) throw Unproved{"rounding may move a sum by more than its size; more bits are needed"};
      // An average of values is off by what these are at most, that of the anchor included, which is 0; and times C.
      const Rational error = largest * (2 * off + roundings) + C * value.error + 4 * leak * size + summing;
      return Bounds{sum.lo / C, sum.hi / C, error / C, sum.integer && value.integer, everywhere};
    };
    const bool exact = at_.queries_are_exact && at_.keys_are_exact && is_power_of_two(C) && C * unit_ <= 1;
    return {average, exact ? std::optional(ExactWeights{leak, C}) : std::nullopt, C};
  }

  // The anchor is the first token, and n = before + now counts the tokens of block a so far: B in every earlier round of A·B
  // addresses, and in this one those up to the own address.
  void require_count_of_block() const {
    const auto [round, B] = addresses();
    const Form &a = form(0), &first = form(4), &now = form(5), &before = form(6), &address = form(7);
    const Piece* piece = single_piece(now);
    const bool is_anchor = knowledge_.is_feature(first, [](std::int64_t p) { return p == 0 ? 1 : 0; });
    const bool counts_earlier = knowledge_.is_feature(before, [&](std::int64_t p) { return Rational(p / round * B); });
    const bool is_address = knowledge_.is_feature(address, [&](std::int64_t p) { return Rational(p % round); });
    const bool counts_now = piece && piece->rule == "clamp" &&
                            piece->arguments == std::vector<Form>{address + Form(1) - Rational(B) * a, Form(B), Form(1)};
    if (!is_anchor) throw Unproved{"its anchor must be the first token"};
    if (!counts_earlier || !is_address || !counts_now) throw Unproved{"its query must count the tokens of the block so far"};
  }

  // Addresses come again after as many tokens as telescoping memory holds, A blocks of B.
  struct Addresses {
    std::int64_t round, B;
  };
  Addresses addresses() const {
    const Rational &A = head_.numbers.at(0), &B = head_.numbers.at(2);
    const std::size_t capacity = knowledge_.certificate().statement.capacity;
    if (A * B != Rational(capacity)) throw Unproved{"there must be as many addresses as its memory holds tokens"};
    return {static_cast<std::int64_t>(capacity), static_cast<std::int64_t>(numerator(B))};
  }

  // What all tokens of an address have written to a slot, together: the newest payload less what a token evicts that evicts
  // nothing, because every token evicts the payload that was written there before.
  Bounds telescoped(const Form& written) const {
    const Piece* piece = single_piece(written);
    const Statement& statement = knowledge_.certificate().statement;
    if (!piece || piece->rule != "scatter_difference") throw Unproved{"its values must be scattered differences"};
    const Form &payload = piece->arguments.at(0), &evicted = piece->arguments.at(1);
    const Quantity *value = single_token(payload), *old = single_token(evicted);
    if (!value || !old || payload.constant != evicted.constant)
      throw Unproved{"what is scattered must be a token's value less what it evicts"};
    require_addresses(*piece);
    for (std::size_t k = 0; k < statement.evicted.size(); ++k)
      if (old->token_coordinate == statement.evicted_value(k) &&
          value->token_coordinate == statement.value(statement.evicted[k])) {
        const Bounds newest = knowledge_.value(payload - Form(evicted.constant));
        return {std::min<Rational>(newest.lo, 0), std::max<Rational>(newest.hi, 0), 0, true, true};
      }
    throw Unproved{"what is scattered must be a token's value less what it evicts"};
  }

  // Blocks and slots are those of the address, which comes again when its payload is evicted.
  void require_addresses(const Piece& written) const {
    const auto [round, B] = addresses();
    const Rational& slot = written.numbers.at(1);
    const bool fits = knowledge_.is_feature(form(2), [&](std::int64_t p) { return Rational(p % round / B); }) &&
                      knowledge_.is_feature(written.arguments.at(2), [&](std::int64_t p) { return Rational(p % round % B); }) &&
                      denominator(slot) == 1 && slot >= 0 && slot < B;
    if (!fits) throw Unproved{"its tokens must be scattered by addresses that come again when they are evicted"};
  }

  // A token's coordinate, up to a constant.
  const Quantity* single_token(const Form& f) const {
    if (f.terms.size() != 1 || f.terms.begin()->second != 1) return nullptr;
    const Quantity& q = knowledge_.certificate().quantities[f.terms.begin()->first];
    return q.origin == Origin::token ? &q : nullptr;
  }

  // A mean over the tokens meant; `leak` is at most the weight that goes elsewhere, relative.
  static HeadLemma averages(const Rational& leak, bool everywhere, bool integer_mean, const Rational& roundings) {
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

  const HeadUse& head_;
  Premises premises_;
  const Knowledge& knowledge_;
  const HeadCircumstances at_;
  Rational N_;
  Rational unit_;  // 2^-p
};

}  // namespace

HeadLemma apply(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at) {
  // The lemma keeps the rule that made it.
  const auto rule = std::make_shared<HeadRule>(head, knowledge, at);
  const HeadLemma lemma = rule->run();
  const auto average = [rule, average = lemma.average](const Bounds& value, const Form& form, const Rational& size) {
    return average(value, form, size);
  };
  return {average, lemma.exact, lemma.scale};
}

}  // namespace wrought::certificate
