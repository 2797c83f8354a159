// Heads of chains that rewrite: the best key, and the leftmost handle's.
#include <algorithm>

#include "constructions/plain_arithmetic.hpp"
#include "constructions/tasks/plain_chain.hpp"
#include "proofs/certificate/certify.hpp"
#include "proofs/lemmas/attention_bounds.hpp"
#include "proofs/lemmas/function_claim.hpp"
#include "proofs/lemmas/lemma.hpp"

namespace wrought::lemmas {

namespace {

// The best key's score less another's: `lead`, off by the errors of both.
Claims best_key_claims() {
  Claims claims;
  for (const int tau : {5, 12, 30})
    for (const int N : {2, 676, 65536})
      for (const Rational& eps : {Rational(0), Rational(1, 100), Rational(6, 25)}) {
        const std::string where =
            "τ = " + std::to_string(tau) + ", N = " + std::to_string(N) + ", eps = " + to_string(eps);
        claims.push_back(std::make_unique<FunctionClaim>(
            where,
            std::vector<FunctionClaim::Parameter>{
                {"others", Span::of(0, N - 1)}, {"lead", Span::from(1)}, {"error", Span::of(-2 * eps, 2 * eps)}},
            best_key_leak_bound(tau, N, eps), [=](const std::vector<Enclosed>& t) {
              const Enclosed w = t[0] * exp(Enclosed(-tau) * (t[1] + t[2]));
              return Enclosed(1) - Enclosed(1) / (Enclosed(1) + w);
            }));
      }
  return claims;
}

// One chain of thought, token by token, with the scores of all keys.
class Chain {
 public:
  Chain(const Symbols& tokens, const certificate::Rewriting& rules, std::int64_t longest)
      : tokens_(tokens), rules_(rules), C2_(longest + 1) {}

  // Whether at t the key of the token behind the leftmost handle of the expression before is ahead of all others by at least 1.
  bool leads(std::int64_t t) const {
    const std::int64_t s = last_separator(t), before = last_separator(s - 1);
    std::int64_t best = before + 1;
    while (best < s && !ends_handle(best)) ++best;
    if (!ends_handle(best)) best = 0;  // a single number
    for (std::int64_t j = 0; j <= t; ++j)
      if (j != best && score(best, before) - score(j, before) < 1) return false;
    return true;
  }

 private:
  std::int64_t at(std::int64_t t) const { return t < 0 ? rules_.separator : tokens_[static_cast<std::size_t>(t)]; }
  std::int64_t last_separator(std::int64_t t) const {
    while (t >= 0 && at(t) != rules_.separator) --t;
    return t;
  }
  bool ends_handle(std::int64_t j) const {
    return j >= 3 && rules_.match(at(j - 4), {at(j - 3), at(j - 2), at(j - 1)}, at(j));
  }
  std::int64_t score(std::int64_t j, std::int64_t before) const {
    const std::int64_t distance = last_separator(j - 1) - before;
    return -distance * distance + C2_ * (ends_handle(j) ? 1 : 0) - j;
  }

  const Symbols& tokens_;
  const certificate::Rewriting& rules_;
  std::int64_t C2_;
};

// The inputs of at most `longest` symbols are all sequences that the rules reduce to one number.
Finding leftmost_check() {
  constexpr std::int64_t p = 2, longest = 5;
  const certificate::Statement problem =
      state(compile_plain_arithmetic(p, longest, AttentionKind::standard, Schedule::narrow));
  const std::int64_t symbols = problem.rewriting->separator;
  Finding finding;
  std::int64_t sequences = 1;
  for (std::int64_t size = 1; size <= longest; ++size) {
    sequences *= symbols;
    for (std::int64_t n = 0; size % 2 == 1 && n < sequences; ++n) {
      Symbols input;
      for (std::int64_t rest = n; std::cmp_less(input.size(), size); rest /= symbols) input.push_back(rest % symbols);
      const Symbols last = reductions(input, p).back();
      if (last.size() != 1 || last.front() >= p) continue;
      ++finding.claims;
      const ChainOfThought run = plain_chain_of_thought(input, p);
      Symbols tokens;
      for (const Token& token : run.prompt) tokens.push_back(token.front());
      for (const Token& token : run.generated) tokens.push_back(token.front());
      const Chain chain(tokens, *problem.rewriting, longest);
      for (std::size_t t = run.prompt.size() - 1; t + 1 < tokens.size(); ++t) {
        ++finding.boxes;
        if (chain.leads(static_cast<std::int64_t>(t))) continue;
        finding.outcome = Outcome::refuted;
        finding.witness = "another key is first at position " + std::to_string(t) + " of input " + std::to_string(n);
      }
    }
  }
  return finding;
}

}  // namespace

std::vector<Lemma> rewriting_lemmas() {
  return {{"best_key",
           "ours (C5)",
           {{"best_key_error_le",
             "N in {2, 676, 65536} visible tokens, one ahead of all others by at least 1, scores off by eps in {0, 1/100, 6/25}; "
             "τ in {5, 12, 30}",
             "eps_v + (hi - lo)·(N - 1)e^{-τ(1 - 2eps)}",
             Method::subdivision,
             best_key_claims,
             {}}}},
          {"leftmost_handle",
           "Proposition 5.1",
           {{"leftmost_handle_eq",
             "arithmetic over F_2, every sequence of at most 5 symbols that is reduced to one number, every token that generates",
             "exact",
             Method::enumeration,
             {},
             leftmost_check}}}};
}

}  // namespace wrought::lemmas
