#include "verifier/certificate/head_rule.hpp"
#include "verifier/certificate/nearest.hpp"
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
    if (rule == "group_head") return group();
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
    if (!knowledge_.is_feature(p, [](std::int64_t x) { return x; }) ||
        !knowledge_.is_feature(p_squared, [](std::int64_t x) { return x * x; }))
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
    constexpr int nearest = 2;  // one on either side
    const Rational leak = 4 * r / (1 - r);
    HeadLemma lemma = averages(leak, premises_.everywhere(), one_is_nearest(head_, knowledge_), averaging(nearest));
    if (at_.off_score) lemma.exact = ExactWeights{leak};
    return lemma;
  }

  // best_key_error_le: keys are integers that differ from token to token, the symbol counting more than all positions.
  HeadLemma latest() {
    const Form &symbol = form(0), &p = form(1);
    premises_.near_integer(symbol, "the symbol");
    if (knowledge_.integer(symbol) != Scope::everywhere) throw Unproved{"the symbol must be an integer at every token"};
    if (!knowledge_.is_feature(p, [](std::int64_t x) { return x; }))
      throw Unproved{"of equal symbols it must look for the last"};
    if (denominator(head_.numbers.at(0)) != 1 || head_.numbers[0] < N_)
      throw Unproved{"a symbol must count more than all positions"};
    return best(true);
  }

  // best_key_error_le, leftmost_handle_eq.
  HeadLemma leftmost() {
    require_leftmost(head_, knowledge_);
    for (const Form& part : head_.arguments)
      if (!(part == form(0)) && knowledge_.integer(part) != Scope::everywhere)
        throw Unproved{"its keys must be integers at every token"};
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

  // Blocks of B >= 2 tokens, all of which a token sees of its own; averages over K of them, the largest power of two below B.
  struct Grouping {
    std::int64_t B, K, halves;
  };

  // block_average_error_le: the end of a block looks for 4a + halves/2, any other token for 4a, which is the group of the block's
  // first token alone. Two groups are 1/2 away from 4a + 3/2 or 4a + 5/2 and all others 3/2; scores are twice as large.
  HeadLemma group() {
    const Grouping g = grouping();
    require_exact_scores();
    // Two groups are as near as each other only if nothing of their scores is rounded.
    if (g.halves != 0 && !at_.off_score)
      throw Unproved{"the scores of two groups must be exact: that takes a τ that is a power of two, or more bits"};
    const Rational leak = 2 * N_ * exp_minus(at_.sharpness.tau * (1 - at_.query_rounding));
    const HeadLemma one = averages(leak, true, true, averaging(1));
    HeadLemma lemma = g.halves == 0 ? one : sum_at_ends(g, averages(leak, true, true, averaging(g.K)));
    if (at_.off_score) lemma.exact = ExactWeights{leak};
    return lemma;
  }

  // K times the mean is the payload in a slot other than 0, which at most one of the K tokens holds; or 0.
  HeadLemma sum_at_ends(const Grouping& g, const HeadLemma& mean_of_group) const {
    const Rational K(g.K);
    const auto average = [this, g, K, average = mean_of_group.average](const Bounds& value, const Form& what, const Rational& size) {
      const Piece* piece = single_piece(what);
      if (!piece || piece->rule != "scatter" || piece->numbers.at(1) < 1 || piece->numbers.at(1) >= Rational(g.B) ||
          denominator(piece->numbers.at(1)) != 1 ||
          !is_feature("residue", piece->arguments.at(1), [B = g.B](std::int64_t p) { return p % B; }))
        throw Unproved{"its values must be scattered by the position mod B, and none of slot 0"};
      Bounds mean = average(value, what, size);
      mean.lo = std::min<Rational>(value.lo, 0) / K;
      mean.hi = std::max<Rational>(value.hi, 0) / K;
      return mean;
    };
    return {average, {}, K};
  }

  Grouping grouping() const {
    const Rational B = head_.numbers.at(0), halves = head_.numbers.size() == 1 ? Rational(0) : head_.numbers[1];
    const Attention& pattern = at_.attention;
    const bool is_block = pattern.kind == AttentionKind::strided || (pattern.kind == AttentionKind::sparse && pattern.window >= 1);
    if (!is_block || B != Rational(pattern.block) || B < 2) throw Unproved{"it must look into the blocks of the attention pattern"};
    if (halves != 0 && halves != 3 && halves != 5) throw Unproved{"ends must look for 4a, 4a + 3/2 or 4a + 5/2"};
    Grouping g{static_cast<std::int64_t>(pattern.block), 1, static_cast<std::int64_t>(numerator(halves))};
    while (2 * g.K < g.B) g.K *= 2;
    require_groups(g);
    return g;
  }

  void require_groups(const Grouping& g) const {
    const auto group = [g](std::int64_t p) {
      const std::int64_t b = p % g.B;
      return 4 * (p / g.B) + (b == 0 ? 0 : b > g.K ? 3 : b < g.B - g.K ? 1 : 2);
    };
    const bool holds = knowledge_.is_feature(form(0), [g](std::int64_t p) { return p / g.B; }) &&
                       knowledge_.is_feature(form(1), [g](std::int64_t p) { return p % g.B == g.B - 1 ? 1 : 0; }) &&
                       knowledge_.is_feature(form(2), group) &&
                       knowledge_.is_feature(form(3), [&](std::int64_t p) { return group(p) * group(p); });
    if (!holds) throw Unproved{"it must look for the groups of a block's tokens"};
  }
};

}  // namespace

std::unique_ptr<HeadRule> softmax_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at) {
  return std::make_unique<SoftmaxHeadRule>(head, knowledge, at);
}

}  // namespace wrought::certificate
