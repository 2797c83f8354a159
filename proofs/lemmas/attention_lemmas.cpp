// What heads return: copy, block average, uniform head, flagged average, linear look-up, anchored sum, and two hops.
//
// An average's error is linear in the values, so it is largest where each of them is lo or hi; the range is scaled to [0, 1].
#include <algorithm>

#include "proofs/lemmas/attention_bounds.hpp"
#include "proofs/lemmas/function_claim.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "verifier/network/attention.hpp"

namespace wrought::lemmas {

namespace {

using Reals = std::vector<Enclosed>;
using Spans = std::vector<FunctionClaim::Parameter>;

void add(Claims& claims, const std::string& where, const Spans& spans, const Rational& bound,
         FunctionClaim::Function error) {
  claims.push_back(std::make_unique<FunctionClaim>(where, spans, bound, std::move(error)));
}

// The share of weight w beside 1.
Enclosed share(const Enclosed& w) { return Enclosed(1) - Enclosed(1) / (Enclosed(1) + w); }

Span around_zero(const Rational& eps) { return Span::of(-eps, eps); }

// ---- copy ----

constexpr int near = 4;  // tokens beyond this distance are summed as a geometric series

// Σ over all k >= 1 of e^{-τ(k² + 2kd)}; d > -1/2 bounds the terms beyond `near`.
Enclosed one_side(const Rational& tau, const Enclosed& d, const Rational& least_d) {
  Enclosed sum = 0;
  for (int k = 1; k <= near; ++k)
    sum = sum + exp(Enclosed(Rational(-tau)) * (Enclosed(k * k) + Enclosed(2 * k) * d));
  // e^{-τk(k + 2d)} <= ρ^k with ρ = e^{-τ(near + 1 + 2 least_d)}.
  const Rational ratio = exp_minus(tau * (near + 1 + 2 * least_d));
  Rational first = 1;
  for (int k = 0; k <= near; ++k) first *= ratio;
  return sum + Enclosed(Span::of(0, first / (1 - ratio)));
}

Claims copy_claims() {
  Claims claims;
  for (const int tau : {2, 5, 12, 30})
    for (const Rational& eps : {Rational(0), Rational(1, 100), Rational(1, 10), Rational(6, 25)}) {
      const std::string where = "τ = " + std::to_string(tau) + ", eps = " + to_string(eps);
      const Rational bound = copy_leak_bound(tau, eps);
      add(claims, where + ", the token at n is visible", {{"q - n", around_zero(eps)}}, bound,
          [=](const Reals& t) {
            return share(one_side(tau, t[0], -eps) + one_side(tau, Enclosed(-1) * t[0], -eps));
          });
      add(claims, where + ", n lies beyond the last token", {{"q - last", Span::from(1 - eps)}}, bound,
          [=](const Reals& t) { return share(one_side(tau, t[0], 0)); });
    }
  return claims;
}

Lemma copy_lemma() {
  return {"copy",
          "Lemma A.11 (COPY)",
          {{"copy_error_le",
            "every length, every integer n, |q - n| <= eps, any visible tokens among which is n; or all up "
            "to the last, n beyond; "
            "τ in {2, 5, 12, 30}, eps in {0, 1/100, 1/10, 6/25}",
            "eps_v + (hi - lo)·2r/(1 - r), r = e^{-τ(1 - 2eps)}",
            Method::subdivision,
            copy_claims,
            {}}}};
}

// ---- averages of a block, of everything, of what is flagged ----

Claims block_claims() {
  Claims claims;
  for (const int tau : {2, 5, 12, 30})
    for (const int N : {2, 16, 676, 65536})
      add(claims, "τ = " + std::to_string(tau) + ", N = " + std::to_string(N),
          {{"tokens outside per token inside", Span::of(0, N - 1)}}, block_leak_bound(tau, N),
          [=](const Reals& t) { return share(t[0] * exp(Enclosed(-tau))); });
  return claims;
}

Lemma block_average_lemma() {
  return {"block_average",
          "layer (2) of Lemma A.12, with a score in place of a window",
          {{"block_average_error_le",
            "N in {2, 16, 676, 65536} visible tokens, any number of them in the block; τ in {2, 5, 12, 30}",
            "eps_v + (hi - lo)·(N - 1)e^{-τ}",
            Method::subdivision,
            block_claims,
            {}}}};
}

// e^0 and elu(0) + 1 are 1 in the arithmetic, not nearly 1: so all weights are equal.
Finding uniform_check() {
  Finding finding;
  for (const Enclosed& weight : {exp(Enclosed(0)), elu_plus_one(Enclosed(0))}) {
    ++finding.claims;
    const Span span = weight.span();
    finding.boxes += 1;
    if (span.is_bounded() && *span.lo == 1 && *span.hi == 1) continue;
    finding.outcome = Outcome::refuted;
    finding.witness = "the weight of score 0 is " + to_string(span);
  }
  return finding;
}

Lemma uniform_head_lemma() {
  return {"uniform_head",
          "layer (2) of Lemma A.12",
          {{"uniform_head_eq",
            "every score is 0: softmax and elu + 1, every number of tokens",
            "exact",
            Method::enumeration,
            {},
            uniform_check}}};
}

// x: the flagged tokens' share with value 1; they weigh s times what the others weigh. y: unflagged tokens per flagged one, each
// of weight z, all with value 1. The error is (1-x)·t/(1+t), t = x(s-1) + yz.
void add_flagged(Claims& claims, const Rational& lambda, int N, const Rational& eps) {
  add(claims, "λ = " + to_string(lambda) + ", N = " + std::to_string(N) + ", eps = " + to_string(eps),
      {{"share", Span::of(0, 1)}, {"error", Span::of(0, eps)}, {"others", Span::of(0, N - 1)}},
      flagged_leak_bound(lambda, N, eps), [=](const Reals& t) {
        // Flagged tokens weigh between e^{-off} and 1 + off.
        const Enclosed off = Enclosed(lambda) * t[1];
        const Enclosed s = elu_plus_one(off) * exp(off);
        const Enclosed z = exp(Enclosed(Rational(-lambda)) + Enclosed(2) * off);
        return (Enclosed(1) - t[0]) * share(t[0] * (s - Enclosed(1)) + t[2] * z);
      });
}

Claims flagged_claims() {
  Claims claims;
  for (const int lambda : {5, 12, 30})
    for (const int N : {2, 676, 65536})
      for (const Rational& scaled : {Rational(0), Rational(1, 100), Rational(1, 8)})
        add_flagged(claims, lambda, N, scaled / lambda);
  return claims;
}

Lemma flagged_average_lemma() {
  return {"flagged_average",
          "ours (markers)",
          {{"flagged_average_error_le",
            "N in {2, 676, 65536} visible tokens, any number of them flagged, any values; λ in {5, 12, 30}, λ·eps in {0, 1/100, 1/8}",
            "eps_v + (hi - lo)·(N e^{-λ(1 - 2eps)} + λ·eps)",
            Method::subdivision,
            flagged_claims,
            {}}}};
}

// ---- one-hot keys ----

struct OneHotCase {
  int lambda, A, N;
  Rational eps_a, eps_s;

  std::string text() const {
    return "λ = " + std::to_string(lambda) + ", A = " + std::to_string(A) + ", N = " + std::to_string(N) +
           ", eps_a = " + to_string(eps_a) + ", eps_s = " + to_string(eps_s);
  }
  Rational delta() const { return one_hot_delta(lambda, A, eps_a, eps_s); }
};

std::vector<OneHotCase> one_hot_cases() {
  std::vector<OneHotCase> cases;
  for (const int lambda : {5, 12, 30})
    for (const int A : {1, 2, 5})
      for (const int N : {2, 676, 65536})
        for (const Rational& delta : {Rational(0), Rational(1, 100), Rational(1, 4)})
          cases.push_back({lambda, A, N, delta / (4 * A * lambda), delta / (2 * lambda)});
  return cases;
}

// Feature i of a query for block a, off by λ(2i·e_a - e_s).
Enclosed query_feature(const OneHotCase& c, int i, int a, const Enclosed& e_a, const Enclosed& e_s) {
  return elu_plus_one(Enclosed(c.lambda) * (Enclosed(2 * i) * e_a - e_s - Enclosed((i - a) * (i - a))));
}

// The weight of a token of block j, without the anchor's coordinate.
Enclosed weight(const OneHotCase& c, int a, int j, const Enclosed& e_a, const Enclosed& e_s) {
  Enclosed sum = 0;
  for (int i = 0; i < c.A; ++i)
    sum = sum + query_feature(c, i, a, e_a, e_s) * elu_plus_one(Enclosed(-c.lambda * (i - j) * (i - j)));
  return sum;
}

// All tokens of a block weigh the same, since keys hold exact position features; one of block a is visible, any number of block j.
Claims linear_lookup_claims() {
  Claims claims;
  for (const OneHotCase& c : one_hot_cases())
    for (int a = 0; a < c.A; ++a)
      for (int j = 0; j < c.A; ++j) {
        if (j == a) continue;
        add(claims, c.text() + ", a = " + std::to_string(a) + ", j = " + std::to_string(j),
            {{"error of a", around_zero(c.eps_a)}, {"error of a²", around_zero(c.eps_s)}},
            linear_lookup_leak_bound(c.lambda, c.N, c.A), [=](const Reals& t) {
              return share(Enclosed(c.N - 1) * weight(c, a, j, t[0], t[1]) / weight(c, a, a, t[0], t[1]));
            });
      }
  return claims;
}

const char* const one_hot_text =
    "N in {2, 676, 65536} visible tokens, A in {1, 2, 5} blocks, every block; λ in {5, 12, 30}, λ(2A·eps_a + "
    "eps_s) in {0, 1/100, 1/4}";

Lemma linear_lookup_lemma() {
  return {"linear_lookup",
          "Lemma A.9 (AGG)",
          {{"linear_lookup_error_le",
            one_hot_text,
            "eps_v + (hi - lo)·N(4e^{-λ} + 2A e^{-2λ})",
            Method::subdivision,
            linear_lookup_claims,
            {}}}};
}

// C·(w S + U)/(C + β + n(w - 1) + o) - S: n tokens of the block weigh w each, the anchor m + β with m = C - n, the others o, and
// |U| <= o. In the anchor's coordinate every token but the anchor has e^{-λ}.
void add_anchored(Claims& claims, const OneHotCase& c, const Rational& C, const Rational& eps) {
  const Rational leak = anchored_leak(c.lambda, c.N, c.A, C), off = anchored_off(leak, C, c.delta(), eps);
  if (off > Rational(1, 2)) return;
  for (int a = 0; a < c.A; ++a) {
    const int other = a > 0 ? a - 1 : std::min(1, c.A - 1);  // a neighbour: no block weighs more
    const Spans spans{{"error of a", around_zero(c.eps_a)},  {"error of a²", around_zero(c.eps_s)},
                      {"C - n", Span::of(C - c.N, C)},       {"the anchor's error", around_zero(eps)},
                      {"other tokens", Span::of(0, c.A > 1 ? c.N : 0)},
                      {"their mean value", Span::of(-1, 1)}, {"S", Span::of(-1, 1)}};
    add(claims, c.text() + ", C = " + to_string(C) + ", eps = " + to_string(eps) + ", a = " + std::to_string(a),
        spans, anchored_error_bound(leak, off, 1, 1), [=](const Reals& t) {
          const Enclosed &m = t[2], &beta = t[3], &mean = t[5], &S = t[6];
          const Enclosed idle = (m + beta) * elu_plus_one(Enclosed(-c.lambda));
          const Enclosed excess = weight(c, a, a, t[0], t[1]) + idle - Enclosed(1);
          const Enclosed others = t[4] * (weight(c, a, other, t[0], t[1]) + idle);
          const Enclosed all = Enclosed(C) + beta + (Enclosed(C) - m) * excess + others;
          return S * (m * excess - beta - others) / all + mean * others * Enclosed(C) / all;
        });
  }
}

Claims anchored_claims() {
  Claims claims;
  for (const OneHotCase& c : one_hot_cases())
    for (const Rational& C : {Rational(c.N + 1), Rational(4 * c.N)})
      for (const Rational& eps : {Rational(0), Rational(1, 10)}) add_anchored(claims, c, C, eps);
  return claims;
}

Lemma anchored_sum_lemma() {
  return {"anchored_sum",
          "ours (telescoping memory)",
          {{"anchored_sum_error_le",
            std::string(one_hot_text) +
                ", C in {N + 1, 4N}, the anchor off by eps in {0, 1/10}, where off <= 1/2; |S| <= 1, values at most 1",
            "2·off·|S| + 2·leak·max|v|, leak = N(4e^{-λ} + 2A e^{-2λ} + 2C e^{-λ}), off = 3δ + leak + (2eps + "
            "leak)/C, δ = λ(2A·eps_a + eps_s)",
            Method::subdivision,
            anchored_claims,
            {}}}};
}

// ---- two hops ----

constexpr std::size_t longest = 40, largest_block = 9;

Finding two_hops_check() {
  Finding finding;
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided})
    for (std::size_t B = 1; B <= largest_block; ++B) {
      Attention attention;
      attention.kind = kind;
      attention.block = B;
      ++finding.claims;
      for (std::size_t i = 0; i < longest; ++i) {
        std::vector<bool> reached(i + 1);
        attention.for_each_visible(i, [&](std::size_t h) {
          attention.for_each_visible(h, [&](std::size_t j) { reached[j] = true; });
        });
        for (std::size_t j = 0; j <= i; ++j) {
          ++finding.boxes;
          if (reached[j] || finding.outcome == Outcome::refuted) continue;
          finding.outcome = Outcome::refuted;
          finding.witness = name(kind) + ", B = " + std::to_string(B) + ": " + std::to_string(j) +
                            " is not reached from " + std::to_string(i);
        }
      }
    }
  return finding;
}

Lemma two_hops_lemma() {
  return {"two_hops",
          "Lemma A.12, \"always visible by (6)\"",
          {{"two_hops_cover",
            "sparse(B,1,1) and strided(B), B <= 9, all j <= i < 40 (for all sizes: the proof in words)",
            "exact",
            Method::enumeration,
            {},
            two_hops_check}}};
}

}  // namespace

std::vector<Lemma> attention_lemmas() {
  return {copy_lemma(),          block_average_lemma(), uniform_head_lemma(), flagged_average_lemma(),
          linear_lookup_lemma(), anchored_sum_lemma(),  two_hops_lemma()};
}

}  // namespace wrought::lemmas
