#include "verifier/certificate/block_lookups.hpp"

namespace wrought::certificate {

namespace {

// What fetch_sparse_eq and fetch_strided_eq have in common (block_average.md): ends collect their blocks in a region, which goes
// on to whoever reads it.
struct BlockReading {
  const Form &q, &v, &a, &unfinished, &own, &near, &p, &block, &residue, &finished;
  std::size_t B;
  Rational width, A, V;
  Form slot;  // negative if the block is not finished
};

constexpr std::size_t block_reading_arguments = 10;

BlockReading require_block_reading(const LemmaSteps& s, std::size_t regions) {
  const std::size_t B = s.count(0);
  s.require_counts(block_reading_arguments + regions * B, 2);
  BlockReading r{s.argument(0), s.argument(1), s.argument(2), s.argument(3), s.argument(4), s.argument(5), s.argument(6),
                 s.argument(7), s.argument(8), s.argument(9), B, s.number(0), s.number(1), s.largest(s.argument(1)), {}};
  s.require_clamped(r.q, r.p);
  s.require_positions_in_blocks(r.width, r.A);
  s.require_feature(r.p, [](std::int64_t x) { return x; }, "p is the position");
  s.require_feature(r.block, [B](std::int64_t x) { return quotient(x, B); }, "the block is p/B");
  s.require_feature(r.residue, [B](std::int64_t x) { return modulo(x, B); }, "the residue is p mod B");
  s.require_feature(r.finished, [B](std::int64_t x) { return quotient(x + 1, B); }, "'finished' counts the blocks that are");
  s.require_piece(r.a, "staircase", {r.q}, {r.width, r.A});
  s.require_piece(r.unfinished, "threshold", {r.finished - r.a}, {1}, Form(1), -1);
  const Form near_or_none = r.q - Rational(s.length()) * (Form(1) - r.unfinished);
  s.require(s.require_head(r.near, "position_head", r.v, 1).arguments.at(0) == near_or_none,
            "the near head looks for the position if its block is not finished");
  r.slot = r.q - r.width * r.a - r.width * r.unfinished;
  return r;
}

// Slot b of the region `collected` at an end is the payload of the block's token b; regions 0 and 1 are what tokens write, and
// that.
void require_collected(const LemmaSteps& s, const BlockReading& r) {
  const std::size_t start = block_reading_arguments;
  Rational K = 1;
  while (2 * K < r.width) K *= 2;
  for (std::size_t b = 0; b < r.B; ++b) {
    const Form &z = s.slot(start, 0, b, r.B), &collected = s.slot(start, 1, b, r.B);
    s.require_piece(z, "scatter", {r.v, r.residue}, {r.V, Rational(b)});
    if (b + 1 == r.B) {
      s.require(collected == z, "an end holds its own payload already");
      continue;
    }
    const HeadUse& head = s.require_head(collected, "group_head", z, b == 0 ? Rational(1) : K, z);
    const std::vector<Rational> first{r.width}, low{r.width, 3}, high{r.width, 5};
    const bool has_slot = b == 0 ? head.numbers == first
                                 : (head.numbers == low && Rational(b) <= K) || (head.numbers == high && Rational(b) >= r.width - K);
    s.require(head.arguments.at(0) == r.block && has_slot,
              "the head averages over the tokens of a group with that slot");
  }
}

// The region `held` of the token at `holder` is added onto the own one, read in the slot, and what the own one held there taken
// off; in a block that is not finished the token itself is read.
Bounds require_read(const LemmaSteps& s, const BlockReading& r, std::size_t held, const Form& holder) {
  const std::size_t start = block_reading_arguments;
  std::vector<Form> own, sum;
  for (std::size_t b = 0; b < r.B; ++b) {
    const Form &before = s.slot(start, held, b, r.B), &after = s.slot(start, held + 1, b, r.B);
    s.require(s.require_head(after, "position_head", before, 1, before).arguments.at(0) == holder, "the head looks for the holder");
    own.push_back(before);
    sum.push_back(after);
  }
  own.push_back(r.slot);
  sum.push_back(r.slot);
  s.require_gadget(r.own, "pick", own);
  const Quantity& result = s.quantity(s.conclusion());
  s.require(result.pieces.size() == 2 && result.rest == Rational(-1) * r.own, "what the own region held is taken off");
  const Piece &pick = result.pieces[0], &gate = result.pieces[1];
  s.require(pick.rule == "pick" && pick.factor == 1 && pick.arguments == sum, "the slot is picked");
  s.require(gate.rule == "gate" && gate.factor == 1 && gate.arguments == std::vector<Form>{r.near, r.unfinished},
            "the token itself is read in a block that is not finished");
  return {0, r.V, 0, true, s.is_asked_everywhere(r.q)};
}

// Region 2 is what is left of region 1, which all but ends clear, and region 3 what every token has of the last end.
void require_passed_on(const LemmaSteps& s, const BlockReading& r) {
  const std::size_t start = block_reading_arguments;
  std::optional<Form> is_end, relay;  // the same in all slots
  for (std::size_t b = 0; b < r.B; ++b) {
    const Form &collected = s.slot(start, 1, b, r.B), &end = s.slot(start, 2, b, r.B), &last = s.slot(start, 3, b, r.B);
    const Form& gated_by = s.require_gate(end, collected).arguments.at(1);
    const Form& copied_from = s.require_head(last, "position_head", end, 1, end).arguments.at(0);
    s.require(is_end.value_or(gated_by) == gated_by && relay.value_or(copied_from) == copied_from, "all slots go the same way");
    is_end = gated_by;
    relay = copied_from;
  }
  const auto B = static_cast<std::int64_t>(r.B);
  s.require_feature(*is_end, [B](std::int64_t p) { return p % B == B - 1 ? 1 : 0; }, "all but ends clear the region");
  s.require_feature(*relay, [B](std::int64_t p) { return (p % B == B - 1 ? p : p / B * B) - 1; }, "the head looks for the last end");
}

}  // namespace

// fetch_sparse_eq (§5.2): ends are visible to all later tokens.
Bounds fetch_sparse(const LemmaSteps& s) {
  const BlockReading r = require_block_reading(s, 3);
  const Attention& pattern = s.attention();
  s.require(pattern.kind == AttentionKind::sparse && pattern.block == r.B && pattern.window >= 1 && pattern.globals >= 1,
            "the attention pattern shows the ends of blocks of B");
  require_collected(s, r);
  return require_read(s, r, 1, r.width * r.a + Form(r.width - 1));
}

// fetch_strided_eq (§5.3): ends are visible in the block behind, whose tokens pass on what they hold.
Bounds fetch_strided(const LemmaSteps& s) {
  const BlockReading r = require_block_reading(s, 5);
  const Attention& pattern = s.attention();
  s.require(pattern.kind == AttentionKind::strided && pattern.block == r.B && r.B >= 2, "the attention pattern has stride B >= 2");
  require_collected(s, r);
  require_passed_on(s, r);
  return require_read(s, r, 3, r.p - r.width * (r.finished - Form(1) - r.a));
}

}  // namespace wrought::certificate
