#include "verifier/certificate/lookups.hpp"

#include "verifier/certificate/block_lookups.hpp"
#include "verifier/certificate/lemma_steps.hpp"
#include "verifier/certificate/rewriting_lemmas.hpp"

namespace wrought::certificate {

namespace {

// fetch_window_eq (§4.1): the token at q is visible, so its payload comes back.
Bounds fetch_window(const LemmaSteps& s) {
  s.require_counts(2, 1);
  const Form &q = s.argument(0), &payload = s.argument(1);
  const HeadUse& head = s.require_head(s.conclusion(), "position_head", payload, 1);
  s.require(head.arguments.at(0) == q, "the head looks for that position");
  const Bounds value = s.knowledge().value(payload);
  const Form back = head.arguments.at(1) - q;
  const Rational reach = s.number(0);
  const bool shows_all = s.attention().kind == AttentionKind::standard ||
                         (s.attention().kind == AttentionKind::strided && s.attention().block == 1);
  const bool all = shows_all && reach == Rational(s.length());
  const bool window = s.attention().kind == AttentionKind::sparse &&
                      reach == Rational(s.attention().window * s.attention().block);
  s.require(all || window, "the reach is that of the attention pattern");
  const Bounds distance = s.knowledge().value(back);
  const bool visible = all || s.knowledge().within(back, distance.lo, reach - 1) != Scope::nowhere;
  return {value.lo, value.hi, 0, value.integer && visible, false};
}

// marked_position_eq (§4.2) and two_hops_eq (§4.3): a separator stands once, and everyone behind it learns where.
Bounds locate(const LemmaSteps& s) {
  const Form &flag = s.argument(0), &position = s.argument(1);
  const Quantity& flag_quantity = s.quantity(flag);
  const bool separates = flag_quantity.origin == Origin::token && flag_quantity.token_coordinate < s.inputs();
  s.require(separates, "the flag is that of a separator, which stands once");
  s.require_feature(position, [](std::int64_t p) { return p; }, "what is read is the position");
  const Bounds p = s.knowledge().value(position);
  const auto require_flag = [&](const HeadUse& head, const Form& wanted) {
    s.require(head.arguments.at(0) == wanted, "the head looks for that flag");
  };
  if (s.attention().is_linear()) {
    s.require_counts(3, 0);
    const HeadUse& head = s.require_head(s.conclusion(), "marker_head", position, 2);
    require_flag(head, flag);
    s.require(head.arguments.at(1) == s.argument(2), "the head looks for the first token besides");
    return {p.lo, p.hi, 0, true, true};
  }
  if (s.attention().kind == AttentionKind::standard) {
    s.require_counts(2, 0);
    require_flag(s.require_head(s.conclusion(), "latest_head", position, 1), flag);
    return {p.lo, p.hi, 0, true, true};
  }
  s.require_counts(5, 0);
  const Form &seen = s.argument(2), &hop = s.argument(3), &known = s.argument(4);
  const bool covered = s.attention().kind == AttentionKind::strided || s.attention().globals >= 1;
  s.require(covered, "two hops reach every token");
  require_flag(s.require_head(seen, "latest_head", flag, 1), flag);
  require_flag(s.require_head(hop, "latest_head", position, 1), flag);
  s.require_gadget(known, "gate", {hop, seen});
  require_flag(s.require_head(s.conclusion(), "latest_head", known, 1), seen);
  return {p.lo, p.hi, 0, true, true};
}

// fetch_linear_eq (§5.4).
Bounds fetch_linear(const LemmaSteps& s) {
  const Form &q = s.argument(0), &v = s.argument(1), &a = s.argument(2), &own_slot = s.argument(3), &own_payload = s.argument(4),
             &asks_first = s.argument(5), &first_payload = s.argument(6), &p = s.argument(7), &block = s.argument(8),
             &written = s.argument(9), &is_first = s.argument(10);
  const std::size_t B = s.count(0), start = 11;
  s.require_counts(start + 2 * B, 3);
  const Rational width = s.number(0), A = s.number(1), C = s.number(2), V = s.largest(v);
  s.require_clamped(q, p);
  s.require_positions_in_blocks(width, A);
  s.require_feature(p, [](std::int64_t x) { return x; }, "p is the position");
  s.require_feature(block, [B](std::int64_t x) { return quotient(x, B); }, "the block is p/B");
  s.require_feature(written, [B](std::int64_t x) { return x == 0 ? -1 : modulo(x, B); },
                    "a token writes to slot p mod B, the first one to none");
  s.require_feature(is_first, [](std::int64_t x) { return x == 0 ? 1 : 0; }, "the flag is that of the first token");
  const Form slot = q - width * a;
  s.require_piece(a, "staircase", {q}, {width, A});
  s.require_piece(own_slot, "equality", {slot - written}, {0});
  s.require_gadget(own_payload, "gate", {v, own_slot});
  s.require_piece(asks_first, "threshold", {q}, {1}, Form(1), -1);
  std::vector<Form> sums;
  for (std::size_t b = 0; b < B; ++b) {
    const Form &z = s.slot(start, 0, b, B), &sum = s.slot(start, 1, b, B);
    s.require_piece(z, "scatter", {v, written}, {V, Rational(b)});
    const HeadUse& head = s.require_head(sum, "anchored_head", z, C, z);
    s.require(head.arguments.at(0) == a && head.arguments.at(2) == block && head.arguments.at(7) == p && head.numbers.at(1) == C,
              "the head looks for the block, counts its tokens, and its result is multiplied by C");
    sums.push_back(sum);
  }
  sums.push_back(slot);
  s.require(s.require_head(first_payload, "first_head", v, 1).arguments.at(0) == is_first, "a head reads the first token");
  const Quantity& result = s.quantity(s.conclusion());
  s.require(result.pieces.size() == 2 && result.rest == Rational(-1) * own_payload, "the own payload is taken off");
  const Piece &pick = result.pieces[0], &gate = result.pieces[1];
  s.require(pick.rule == "pick" && pick.factor == 1 && pick.arguments == sums, "the slot is picked");
  s.require(gate.rule == "gate" && gate.factor == 1 && gate.arguments == std::vector<Form>{first_payload, asks_first},
            "the first token's payload is taken if it is asked for");
  return {0, V, 0, true, s.is_asked_everywhere(q)};
}

// telescoping_lookup_eq (§6.1).
Bounds fetch_telescoping(const LemmaSteps& s, const Statement& statement) {
  const Form &q = s.argument(0), &v = s.argument(1), &evicted = s.argument(2), &address = s.argument(3), &a = s.argument(4),
             &own_slot = s.argument(5), &own_write = s.argument(6), &picked = s.argument(7), &p = s.argument(8),
             &own_address = s.argument(9), &block = s.argument(10), &residue = s.argument(11);
  const std::size_t capacity = s.count(0), B = s.count(1), first = 12;
  s.require_counts(first + 2 * B, 4);
  const Rational width = s.number(1), A = s.number(2);
  s.require(Rational(capacity) == width * A && capacity == statement.capacity, "the capacity is A·B");
  const Bounds payload = s.knowledge().value(v);
  s.require(payload.everywhere && payload.integer && payload.lo >= 0, "the payload is an integer from 0 on at every token");
  const Rational V = payload.hi;
  s.require_feature(p, [](std::int64_t x) { return x; }, "p is the position");
  s.require_feature(own_address, [&](std::int64_t x) { return modulo(x, capacity); }, "the address is p mod A·B");
  s.require_feature(block, [&](std::int64_t x) { return x % static_cast<std::int64_t>(capacity) / static_cast<std::int64_t>(B); },
                    "the block is the address over B");
  s.require_feature(residue, [&](std::int64_t x) { return modulo(x % static_cast<std::int64_t>(capacity), B); },
                    "the residue is the address mod B");
  s.require(s.knowledge().within(p - q, 0, Rational(capacity) - 1) != Scope::nowhere, "the position lies less than A·B back");
  // address = unwrapped + A·B·[unwrapped < 0].
  const Form unwrapped = own_address - (p - q);
  Form wraps = (1 / Rational(capacity)) * (address - unwrapped);
  s.require_piece(wraps, "threshold", {unwrapped}, {0}, Form(1), -1);
  s.require_piece(a, "staircase", {address}, {width, A});
  const Form slot = address - width * a;
  s.require_piece(own_slot, "equality", {slot - residue}, {0});
  s.require_gadget(own_write, "gate", {v - evicted, own_slot});
  const Rational none = evicted.constant, lowest = -V - none;
  std::vector<Form> shifted;
  for (std::size_t b = 0; b < B; ++b) {
    const Form &w = s.slot(first, 0, b, B), &sum = s.slot(first, 1, b, B);
    s.require_piece(w, "scatter_difference", {v, evicted, residue}, {V, Rational(b)});
    const HeadUse& head = s.require_head(sum, "anchored_head", w, s.number(3), w);
    s.require(head.arguments.at(0) == a && head.arguments.at(2) == block && head.arguments.at(7) == own_address &&
                  head.numbers.at(1) == s.number(3),
              "the head looks for the block, counts its tokens, and its result is multiplied by C");
    shifted.push_back(sum - Form(lowest));
  }
  shifted.push_back(slot);
  s.require_gadget(picked, "pick", shifted);
  s.require(s.conclusion() == picked + Form(lowest) - own_write + Form(none), "the own write is taken off");
  return {0, V, 0, true, false};
}

}  // namespace

Bounds apply(const Claim& claim, const Knowledge& knowledge, const Certificate& certificate, const Network& network) {
  if (is_rewriting_lemma(claim.rule)) return apply_rewriting_lemma(claim, knowledge);
  const LemmaSteps steps(claim, knowledge, certificate, network);
  if (claim.rule == "fetch_window") return fetch_window(steps);
  if (claim.rule == "locate") return locate(steps);
  if (claim.rule == "fetch_linear") return fetch_linear(steps);
  if (claim.rule == "fetch_sparse") return fetch_sparse(steps);
  if (claim.rule == "fetch_strided") return fetch_strided(steps);
  if (claim.rule == "fetch_telescoping") return fetch_telescoping(steps, certificate.statement);
  throw Unproved{"no lemma is called " + claim.rule};
}

}  // namespace wrought::certificate
