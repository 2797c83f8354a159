#include "verifier/certificate/head_rule.hpp"

namespace wrought::certificate {

namespace {

const Rational most_addresses = 1'000'000'000;

class LinearHeadRule : public HeadRule {
 public:
  using HeadRule::HeadRule;

  HeadLemma run() override {
    const std::string& rule = head_.rule;
    if (rule == "first_head") return first();
    if (rule == "marker_head") return marker();
    if (rule == "anchored_head") return anchored();
    throw Unproved{"a rule of another kind of attention"};
  }

 private:
  // flagged_average_error_le: that many tokens have feature 1, exactly, and all others e^{-λ}.
  HeadLemma flagged(int tokens) const {
    if (at_.key_rounding > quarter) throw Unproved{"rounding may move a feature by more than 1/4; more bits are needed"};
    const Rational others = 2 * N_ * exp_minus(at_.sharpness.lambda);
    HeadLemma lemma = averages(others, true, true, averaging(tokens));
    if (at_.keys_are_exact) lemma.exact = ExactWeights{others};
    return lemma;
  }

  // Every token sees the first.
  HeadLemma first() const {
    require_first(form(0));
    return flagged(1);
  }

  // The mean of positions over the first token and the separator, if that has come: half the separator's position, or 0.
  HeadLemma marker() const {
    const Form& flag = form(0);
    const Quantity* separator = single_token(flag);
    const std::size_t separators = knowledge_.certificate().statement.inputs.size();
    if (!separator || flag.constant != 0 || separator->token_coordinate >= separators)
      throw Unproved{"its flag must be that of a separator, which stands once"};
    require_first(form(1));
    if (knowledge_.value(flag).error != 0) throw Unproved{"its flag must be exact; more bits are needed"};
    HeadLemma lemma = flagged(2);
    lemma.average = [this, average = lemma.average](const Bounds& value, const Form& what, const Rational& size) {
      if (!knowledge_.is_feature(what, [](std::int64_t p) { return p; })) throw Unproved{"its value must be the position"};
      Bounds mean = average(value, what, size);
      mean.lo = 0;
      mean.hi = value.hi / 2;
      return mean;
    };
    lemma.scale = 2;
    return lemma;
  }

  void require_first(const Form& flag) const {
    if (!knowledge_.is_feature(flag, [](std::int64_t p) { return p == 0 ? 1 : 0; }))
      throw Unproved{"its flag must be that of the first token"};
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
      const Bounds sum = written_by_block(what);
      const Rational largest = std::max<Rational>(abs(sum.lo), abs(sum.hi));
      // As the sum grows token by token it is always the newest payload or 0, so rounding is relative to that and to what is
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
    const auto earlier = [round = round, B = B](std::int64_t p) { return p / round * B; };
    const bool none_earlier = before == Form() && round >= static_cast<std::int64_t>(at_.length);
    const bool counts_earlier = none_earlier || knowledge_.is_feature(before, earlier);
    const bool is_address = knowledge_.is_feature(address, [round = round](std::int64_t p) { return p % round; });
    const bool counts_now = piece && piece->rule == "clamp" &&
                            piece->arguments == std::vector<Form>{address + Form(1) - Rational(B) * a, Form(B), Form(1)};
    require_first(first);
    if (!counts_earlier || !is_address || !counts_now) throw Unproved{"its query must count the tokens of the block so far"};
  }

  // Addresses come again after as many tokens as telescoping memory holds, or never: A blocks of B.
  struct Addresses {
    std::int64_t round, B;
  };
  Addresses addresses() const {
    const Rational &A = head_.numbers.at(0), &B = head_.numbers.at(2);
    const std::size_t capacity = knowledge_.certificate().statement.capacity;
    if (denominator(A) != 1 || denominator(B) != 1 || A < 1 || B < 1 || A * B > most_addresses)
      throw Unproved{"its addresses must be so and so many blocks of so and so many"};
    if (capacity > 0 && A * B != Rational(capacity)) throw Unproved{"there must be as many addresses as its memory holds tokens"};
    if (capacity == 0 && A * B < N_) throw Unproved{"there must be an address for every token"};
    return {static_cast<std::int64_t>(numerator(A * B)), static_cast<std::int64_t>(numerator(B))};
  }

  // What all tokens of a block have written to a slot, together, which is an integer.
  Bounds written_by_block(const Form& written) const {
    const Piece* piece = single_piece(written);
    if (piece && piece->rule == "scatter") return scattered(*piece);
    if (piece && piece->rule == "scatter_difference") return telescoped(*piece);
    throw Unproved{"its values must be scattered over slots"};
  }

  // One token's payload or none: every address comes once, and the first token, the anchor, has no slot.
  Bounds scattered(const Piece& piece) const {
    const auto [round, B] = addresses();
    if (round < static_cast<std::int64_t>(at_.length)) throw Unproved{"every token must have an address of its own"};
    const auto slot = [B = B](std::int64_t p) { return p == 0 ? -1 : p % B; };
    const auto block = [B = B](std::int64_t p) { return p / B; };
    if (!is_feature("block", form(2), block) || !is_feature("slot", piece.arguments.at(1), slot) || !is_slot(piece))
      throw Unproved{"its tokens must be scattered by their addresses, the anchor nowhere"};
    const Bounds payload = knowledge_.value(piece.arguments.at(0));
    return {std::min<Rational>(payload.lo, 0), std::max<Rational>(payload.hi, 0), 0, true, true};
  }

  // Of a piece that scatters.
  bool is_slot(const Piece& piece) const {
    const Rational& slot = piece.numbers.at(1);
    return denominator(slot) == 1 && slot >= 0 && slot < head_.numbers.at(2);
  }

  // The newest payload less what a token evicts that evicts nothing, because every token evicts the payload that was written
  // there before.
  Bounds telescoped(const Piece& piece) const {
    const Statement& statement = knowledge_.certificate().statement;
    const Form &payload = piece.arguments.at(0), &evicted = piece.arguments.at(1);
    const Quantity *value = single_token(payload), *old = single_token(evicted);
    if (!value || !old || payload.constant != evicted.constant)
      throw Unproved{"what is scattered must be a token's value less what it evicts"};
    require_addresses(piece);
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
    const auto block = [round = round, B = B](std::int64_t p) { return p % round / B; };
    const auto slot = [round = round, B = B](std::int64_t p) { return p % round % B; };
    const bool fits = is_feature("block of an address", form(2), block) &&
                      is_feature("slot of an address", written.arguments.at(2), slot) && is_slot(written);
    if (!fits) throw Unproved{"its tokens must be scattered by addresses that come again when they are evicted"};
  }
};

}  // namespace

std::unique_ptr<HeadRule> linear_head_rule(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at) {
  return std::make_unique<LinearHeadRule>(head, knowledge, at);
}

}  // namespace wrought::certificate
