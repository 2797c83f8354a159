// The look-ups, run in exact arithmetic on networks of their own: every pair (p, q), every block size, at small lengths. That
// they are right at all sizes is proved in words.
#include "constructions/lookup/fetch.hpp"
#include "constructions/lookup/marker.hpp"
#include "constructions/residual/layout.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::lemmas {

namespace {

const std::vector<std::size_t> lengths{2, 5, 9};
constexpr std::size_t largest_block = 5;
constexpr std::int64_t V = 9;

struct LookupCase {
  LookupMethod method;
  AttentionKind kind;
  std::size_t length, block;

  Attention attention() const {
    Attention result;
    result.kind = kind;
    result.block = block;
    return result;
  }
  std::size_t blocks() const { return (length + block - 1) / block; }
  std::string text() const {
    return name(kind) + ", L = " + std::to_string(length) + ", B = " + std::to_string(block);
  }
};

// Tokens (payload, position asked for).
Network fetch_network(const LookupCase& c) {
  Program program(c.length);
  Memory memory(program, c.attention(),
                {c.method, c.block, c.blocks(), true, anchored_divisor(c.length, c.blocks(), c.block)});
  const Register payload = program.token("payload", 0, {0, V});
  const Register q = program.token("q", 1, {0, Rational(c.length) - 1});
  program.output(0, payload);
  program.output(1, fetch(program, memory, {"v", payload, q, Form(0)}));
  return lay_out(program, c.attention(), 2, Schedule::narrow).network;
}

// Payloads that tell all positions apart, one at a time, and all as large as can be.
std::vector<std::vector<std::int64_t>> payloads(std::size_t length) {
  std::vector<std::vector<std::int64_t>> all(length + 2, std::vector<std::int64_t>(length));
  for (std::size_t p = 0; p < length; ++p) {
    all[p][p] = V;
    all[length][p] = static_cast<std::int64_t>(p) % V + 1;
    all[length + 1][p] = V;
  }
  return all;
}

void refute(Finding& finding, const LookupCase& c, std::size_t p, std::size_t q, const Rational& expected,
            const Rational& found) {
  if (finding.outcome == Outcome::refuted) return;
  finding.outcome = Outcome::refuted;
  finding.witness = c.text() + ": token " + std::to_string(p) + " asks for " + std::to_string(q) +
                    ", expects " + to_string(expected) + ", gets " + to_string(found);
}

void check_fetches(Finding& finding, const LookupCase& c) {
  ++finding.claims;
  const Network network = fetch_network(c);
  const auto runner = make_runner(network, {});
  for (const std::vector<std::int64_t>& v : payloads(c.length))
    for (std::size_t round = 0; round < c.length; ++round) {
      runner->reset();
      for (std::size_t p = 0; p < c.length; ++p) {
        const std::size_t q = (round + p) % (p + 1);
        runner->append({v[p], static_cast<std::int64_t>(q)});
        ++finding.boxes;
        const Rational found = runner->output().enclosure(1)->lower;
        if (found != v[q]) refute(finding, c, p, q, v[q], found);
      }
    }
}

// With a stride of 1 everything is visible.
std::size_t smallest_block(AttentionKind kind) { return kind == AttentionKind::strided ? 2 : 1; }

Finding check_method(LookupMethod method, AttentionKind kind) {
  Finding finding;
  for (const std::size_t length : lengths)
    for (std::size_t block = smallest_block(kind); block <= (kind == AttentionKind::standard ? 1 : largest_block); ++block)
      check_fetches(finding, {method, kind, length, block});
  return finding;
}

Statement fetch_statement(const std::string& statement, LookupMethod method, AttentionKind kind) {
  return {statement,
          "all q <= p < L, L in {2, 5, 9}" +
              std::string(kind == AttentionKind::standard ? "" : ", B in " + std::to_string(smallest_block(kind)) + "..5") +
              ", payloads one at a time, all different, all largest (for all sizes: the proof in words)",
          "exact",
          Method::enumeration,
          {},
          [=] { return check_method(method, kind); }};
}

// ---- telescoping ----

Network telescoping_network(const LookupCase& c, std::size_t blocks) {
  Program program(c.length);
  Memory memory(program, c.attention(),
                {c.method, c.block, blocks, true, anchored_divisor(c.length, blocks, c.block)});
  const Register payload = program.token("payload", 0, {0, V}), evicted = program.token("evicted", 1, {0, V});
  const Register back = program.token("back", 2, {0, Rational(c.block * blocks) - 1});
  program.output(0, fetch(program, memory, {"v", payload, Form(memory.at.p) - back, evicted}));
  program.output(2, payload);
  return lay_out(program, c.attention(), 3, Schedule::narrow).network;
}

// For every distance below the capacity; the first token carries 0.
void check_telescoping(Finding& finding, const LookupCase& c, std::size_t blocks) {
  ++finding.claims;
  const std::size_t capacity = c.block * blocks;
  const Network network = telescoping_network(c, blocks);
  const auto runner = make_runner(network, {});
  for (const std::vector<std::int64_t>& v : payloads(c.length)) {
    const auto payload = [&](std::size_t p) { return p == 0 ? std::int64_t{0} : v[p]; };
    for (std::size_t round = 0; round < capacity; ++round) {
      runner->reset();
      for (std::size_t p = 0; p < c.length; ++p) {
        const std::size_t back = std::min((round + p) % capacity, p);
        runner->append(
            {payload(p), p >= capacity ? payload(p - capacity) : 0, static_cast<std::int64_t>(back)});
        ++finding.boxes;
        const Rational expected = payload(p - back), found = runner->output().enclosure(0)->lower;
        if (found != expected) refute(finding, c, p, p - back, expected, found);
      }
    }
  }
}

Finding telescoping_check() {
  Finding finding;
  for (const auto& [block, blocks] :
       {std::pair<std::size_t, std::size_t>{1, 1}, {1, 3}, {2, 2}, {3, 2}, {4, 1}})
    check_telescoping(finding,
                      {LookupMethod::telescoping, AttentionKind::linear, 2 * block * blocks + 2, block},
                      blocks);
  return finding;
}

// ---- marker ----

Network marker_network(const LookupCase& c) {
  Program program(c.length);
  const Memory memory(program, c.attention(), {c.method, c.block, c.blocks(), true, 0});
  program.output(0, locate_marked(program, memory, "mark", program.token("flag", 0, {0, 1})));
  return lay_out(program, c.attention(), 1, Schedule::narrow).network;
}

void check_marker(Finding& finding, const LookupCase& c) {
  ++finding.claims;
  const Network network = marker_network(c);
  const auto runner = make_runner(network, {});
  for (std::size_t marked = 1; marked < c.length; ++marked) {
    runner->reset();
    for (std::size_t p = 0; p < c.length; ++p) {
      runner->append({p == marked ? 1 : 0});
      ++finding.boxes;
      const Rational found = runner->output().enclosure(0)->lower;
      const bool right = p >= marked ? found == marked : denominator(found) == 1 && found >= 0 && found <= p;
      if (right || finding.outcome == Outcome::refuted) continue;
      finding.outcome = Outcome::refuted;
      finding.witness = c.text() + ": token " + std::to_string(p) + " takes " + to_string(found) + " for the position of token " +
                        std::to_string(marked);
    }
  }
}

Finding marker_check() {
  Finding finding;
  for (const AttentionKind kind :
       {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear})
    for (const std::size_t length : lengths)
      for (std::size_t block = 1; block <= largest_block; ++block)
        check_marker(finding, {LookupMethod::window, kind, length, block});
  return finding;
}

}  // namespace

std::vector<Lemma> lookup_lemmas() {
  return {{"marker",
           "ours (lengths of inputs)",
           {{"marker_eq",
             "all attention kinds, every flagged token but the first, L in {2, 5, 9}, B in 1..5 (for all sizes: the proof in words)",
             "exact",
             Method::enumeration,
             {},
             marker_check}}},
          {"fetch_window",
           "Lemma A.11, Theorem 4.1",
           {fetch_statement("fetch_window_eq", LookupMethod::window, AttentionKind::standard)}},
          {"fetch_sparse",
           "Lemma A.12, Theorem B.4",
           {fetch_statement("fetch_sparse_eq", LookupMethod::block, AttentionKind::sparse)}},
          {"fetch_strided",
           "Theorem B.4, for the pattern of Child et al.",
           {fetch_statement("fetch_strided_eq", LookupMethod::stride, AttentionKind::strided)}},
          {"fetch_linear",
           "Theorem B.3, step 3",
           {fetch_statement("fetch_linear_eq", LookupMethod::block_sum, AttentionKind::linear)}},
          {"fetch_telescoping",
           "ours; matches Proposition 5.5",
           {{"fetch_telescoping_eq",
             "all distances below A·B, p < L = 2A·B + 2, (B, A) in {(1,1), (1,3), (2,2), (3,2), (4,1)} (for all "
             "sizes: the proof in words)",
             "exact",
             Method::enumeration,
             {},
             telescoping_check}}}};
}

}  // namespace wrought::lemmas
