#include "verifier/certificate/head_rule.hpp"
#include "verifier/certificate/head_source.hpp"
#include "verifier/certificate/rewriting_lemmas.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought::certificate {

namespace {

class SoftmaxHeadRule : public HeadRule {
 public:
  using HeadRule::HeadRule;

  HeadLemma run() override {
    const std::string& rule = head_.rule;
    if (rule == "position_head") return position();
    if (rule == "block_head") return block();
    if (rule == "uniform_head") return uniform();
    if (rule == "flag_head") return flag();
    if (rule == "marker_head") return marker(at_.sharpness.tau, score_rounding(), at_.off_score.has_value());
    if (rule == "latest_head") return latest();
    if (rule == "leftmost_head") return leftmost();
    throw Unproved{"a rule of another kind of attention"};
  }

 private:
  // Products and their sum are rounded, τ as it is read unless that is exact, and keys may be off. A quarter at most: e to the
  // power of twice that is below 2.
  void require_exact_scores() const {
    if (at_.off_score) return;
    const Rational& tau = at_.sharpness.tau;
    const bool exact = denominator(tau) == 1 && 2 * tau <= Rational(Integer(1) << at_.precision);
    if (tau * (rounded(exact ? 3 : 4) * at_.score_size + at_.key_error) > quarter)
      throw Unproved{"rounding may move a score by more than 1/4; more bits are needed"};
  }

  void require_positions(const Form& p, const Form& p_squared) const {
    if (!knowledge_.is_feature(p, [](std::int64_t x) { return Rational(x); }) ||
        !knowledge_.is_feature(p_squared, [](std::int64_t x) { return Rational(x) * x; }))
      throw Unproved{"its key must be the position and its square"};
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

  // Of a flag that is the only row of the key.
  Rational score_rounding() const {
    return at_.off_score.value_or(Rational(at_.sharpness.tau * (rounded(6) + at_.key_rounding)));
  }

  // flagged_average_error_le: flagged tokens score τ(1 ± ε), the others τ(0 ± ε).
  HeadLemma flag() {
    const Argument f = premises_.flag(form(0), "the flag");
    // Where no flagged token is seen all tokens weigh the same: the mean then has as many terms.
    const bool one = flagged_tokens() == 1 && at_.attention.kind == AttentionKind::standard;
    return flagged(f, at_.sharpness.tau, score_rounding(), one ? 1 : visible(), premises_.everywhere() && !one,
                   at_.off_score.has_value());
  }
};

}  // namespace

std::unique_ptr<HeadRule> softmax_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at) {
  return std::make_unique<SoftmaxHeadRule>(head, knowledge, at);
}

}  // namespace wrought::certificate
