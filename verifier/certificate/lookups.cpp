#include "verifier/certificate/lookups.hpp"

#include <algorithm>
#include <map>

#include "verifier/certificate/rewriting_lemmas.hpp"

namespace wrought::certificate {

namespace {

// The steps behind forms, in the words of a lemma. Everything throws Unproved where a step is another one.
class LemmaSteps {
 public:
  LemmaSteps(const Claim& claim, const Knowledge& knowledge, const Certificate& certificate, const Network& network)
      : claim_(claim), knowledge_(knowledge), certificate_(certificate), network_(network) {
    for (const Step& step : certificate.steps)
      if (const auto* attention = std::get_if<AttentionStep>(&step))
        for (const HeadUse& head : attention->heads)
          for (const HeadValue& value : head.values)
            for (const auto& [target, weight] : value.targets) sources_[target].push_back({&head, &value.value, weight});
  }

  const Form& argument(std::size_t i) const {
    if (i >= claim_.arguments.size()) throw Unproved{"arguments are missing"};
    return claim_.arguments[i];
  }
  const Rational& number(std::size_t i) const {
    if (i >= claim_.numbers.size()) throw Unproved{"numbers are missing"};
    return claim_.numbers[i];
  }
  // Slot b of the region that follows `first` other arguments, all regions having B slots.
  const Form& slot(std::size_t first, std::size_t region, std::size_t b, std::size_t B) const {
    return argument(first + region * B + b);
  }
  std::size_t count(std::size_t i) const {
    const Rational& x = number(i);
    if (denominator(x) != 1 || x < 1 || x > 100'000'000) throw Unproved{"a number that is no size"};
    return static_cast<std::size_t>(numerator(x));
  }

  static void require(bool holds, const char* what) {
    if (!holds) throw Unproved{std::string("not so: ") + what};
  }

  // The lemma has no more arguments and numbers than these.
  void require_counts(std::size_t arguments, std::size_t numbers) const {
    require(claim_.arguments.size() == arguments && claim_.numbers.size() == numbers, "the lemma has that many arguments");
  }

  // A form that is one quantity.
  const Quantity& quantity(const Form& form) const { return certificate_.quantities[id(form)]; }
  static QuantityId id(const Form& form) {
    require(form.constant == 0 && form.terms.size() == 1 && form.terms.begin()->second == 1, "a form is one quantity");
    return form.terms.begin()->first;
  }

  // The form is rest + factor · rule(arguments; numbers).
  void require_piece(const Form& form, const std::string& rule, const std::vector<Form>& arguments,
                     const std::vector<Rational>& numbers, const Form& rest = {}, const Rational& factor = 1) const {
    const Quantity& q = quantity(form);
    const bool same = q.origin == Origin::feed_forward && q.pieces.size() == 1 && q.rest == rest &&
                      q.pieces.front().rule == rule && q.pieces.front().factor == factor &&
                      q.pieces.front().arguments == arguments && q.pieces.front().numbers == numbers;
    if (!same) throw Unproved{"'" + q.name + "' is not the " + rule + " that the lemma needs"};
  }
  // The same, whatever the numbers.
  const Piece& require_gadget(const Form& form, const std::string& rule, const std::vector<Form>& arguments) const {
    const Quantity& q = quantity(form);
    if (q.pieces.size() != 1) throw Unproved{"'" + q.name + "' is not one " + rule};
    require_piece(form, rule, arguments, q.pieces.front().numbers);
    return q.pieces.front();
  }

  // The form is a gate of `gated` and nothing else.
  const Piece& require_gate(const Form& form, const Form& gated) const {
    const Quantity& q = quantity(form);
    const bool one = q.pieces.size() == 1 && q.rest == Form() && q.pieces.front().factor == 1 && q.pieces.front().rule == "gate";
    require(one && q.pieces.front().arguments.at(0) == gated, "a gate of that");
    return q.pieces.front();
  }

  // The form is what one head brings from its value, added onto `continued` if given.
  const HeadUse& require_head(const Form& form, const std::string& rule, const Form& value, const Rational& weight,
                              const std::optional<Form>& continued = {}) const {
    const Quantity& q = quantity(form);
    const auto sources = sources_.find(id(form));
    const bool one = q.origin == Origin::attention && sources != sources_.end() && sources->second.size() == 1;
    require(one, "a quantity comes from one head");
    const Source& source = sources->second.front();
    require(source.head->rule == rule && *source.value == value && source.weight == weight, "the head brings that value");
    require(continued ? q.continues && *q.continues == id(*continued) : !q.continues, "it is added onto the right quantity");
    return *source.head;
  }

  void require_feature(const Form& form, const std::function<Rational(std::int64_t)>& f, const char* what) const {
    require(knowledge_.is_feature(form, f), what);
  }
  // q is a position that exists: clamped to 0..p.
  void require_clamped(const Form& q, const Form& p) const {
    const Quantity& quantity_q = quantity(q);
    const bool clamped = quantity_q.pieces.size() == 1 && quantity_q.pieces.front().rule == "clamp" &&
                         quantity_q.pieces.front().factor == 1 && quantity_q.rest == Form() &&
                         quantity_q.pieces.front().arguments.at(1) == p;
    require(clamped, "the position is clamped to the token's own");
  }

  // Whether a clamped position is an integer in 0..p at every token: then every token gets somebody's payload.
  bool is_asked_everywhere(const Form& q) const {
    return knowledge_.value(q).everywhere && knowledge_.integer(q) == Scope::everywhere;
  }

  // A staircase tells the blocks of all positions apart.
  void require_positions_in_blocks(const Rational& B, const Rational& A) const {
    require(A * B >= Rational(length()), "there is a block for every position");
  }

  // 0..V for a payload that starts at 0.
  Rational largest(const Form& payload) const {
    const Bounds b = knowledge_.value(payload);
    require(b.everywhere && b.lo >= 0 && b.integer, "the payload is an integer from 0 on at every token");
    return b.hi;
  }

  const Attention& attention() const { return network_.attention; }
  std::size_t length() const { return network_.max_length; }
  std::size_t inputs() const { return certificate_.statement.inputs.size(); }
  const Knowledge& knowledge() const { return knowledge_; }
  const Form& conclusion() const { return claim_.conclusion; }

 private:
  struct Source {
    const HeadUse* head;
    const Form* value;
    Rational weight;
  };

  const Claim& claim_;
  const Knowledge& knowledge_;
  const Certificate& certificate_;
  const Network& network_;
  std::map<QuantityId, std::vector<Source>> sources_;
};

Rational modulo(std::int64_t p, std::size_t B) { return p % static_cast<std::int64_t>(B); }
Rational quotient(std::int64_t p, std::size_t B) { return p / static_cast<std::int64_t>(B); }

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
  s.require_feature(position, [](std::int64_t p) { return Rational(p); }, "what is read is the position");
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
  s.require_feature(p, [](std::int64_t x) { return Rational(x); }, "p is the position");
  s.require_feature(block, [B](std::int64_t x) { return quotient(x, B); }, "the block is p/B");
  s.require_feature(written, [B](std::int64_t x) { return x == 0 ? Rational(-1) : modulo(x, B); },
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
  s.require_feature(r.p, [](std::int64_t x) { return Rational(x); }, "p is the position");
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
  const std::size_t start = block_reading_arguments;
  const auto B = static_cast<std::int64_t>(r.B);
  for (std::size_t b = 0; b < r.B; ++b) {
    const Form &collected = s.slot(start, 1, b, r.B), &end = s.slot(start, 2, b, r.B), &last = s.slot(start, 3, b, r.B);
    const Piece& gate = s.require_gate(end, collected);
    s.require_feature(gate.arguments.at(1), [B](std::int64_t p) { return Rational(p % B == B - 1 ? 1 : 0); },
                      "all but ends clear the region");
    const HeadUse& copy = s.require_head(last, "position_head", end, 1, end);
    s.require_feature(copy.arguments.at(0), [B](std::int64_t p) { return Rational((p % B == B - 1 ? p : p / B * B) - 1); },
                      "the head looks for the last end");
  }
  return require_read(s, r, 3, r.p - r.width * (r.finished - Form(1) - r.a));
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
  s.require_feature(p, [](std::int64_t x) { return Rational(x); }, "p is the position");
  s.require_feature(own_address, [&](std::int64_t x) { return modulo(x, capacity); }, "the address is p mod A·B");
  s.require_feature(block, [&](std::int64_t x) { return Rational(x % static_cast<std::int64_t>(capacity) / static_cast<std::int64_t>(B)); },
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
