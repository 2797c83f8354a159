// Theorem 4.4 with B.5 and B.6, Propositions 5.2 (C.1) and 5.5 (C.4): lower bounds on the width, certified in instances, and
// where our constructions meet them.
#include <fmt/format.h>

#include <set>

#include "constructions/tasks/made_up_inputs.hpp"
#include "constructions/tasks/reversed_sums.hpp"
#include "proofs/statements/certified_bound.hpp"
#include "proofs/statements/statement.hpp"

namespace wrought::statements {

namespace {

// What the bounds rest on besides regularity: that chains are asked for, not answers alone, and that there are two symbols.
struct Hypotheses {
  bool matter = false;
  std::string text;
};

Hypotheses hypotheses() {
  constexpr std::int64_t n = 4;
  const Problem problem = task_instance({"reversed-sums", n}).problem;
  std::set<std::int64_t> answers;
  std::set<std::vector<Token>> chains;
  made_up::for_each_input(problem, {n}, [&](const Inputs& inputs) {
    const ChainOfThought chain = solve(problem, inputs);
    answers.insert(chain.answer);
    chains.insert(chain.generated);
  });
  // With one symbol there is one input of each length: regular, but nothing has to cross the cut.
  const Enumeration one_symbol = *enumerate_chains(reversed_sums(1), {n});
  return {answers.size() < chains.size() && one_symbol.chains == 1,
          fmt::format(
              "It speaks of the whole output (10), not of the answer: reversed-sums has at n = {} {} chains "
              "and {} answers; and of two symbols "
              "at least: with one ({} input, {} chain) the problem is regular and no width is forced",
              n, chains.size(), answers.size(), one_symbol.inputs, one_symbol.chains)};
}

// C1 and C2 have D = ⌈√L⌉ + O(1), C4 has D = ⌈√m⌉ + O(1).
struct Met {
  bool holds = false;
  std::string text;
};

Met met_by_construction(Evidence& evidence, const BoundClaim& claim) {
  const Sweep all = sweep(evidence, claim.family, claim.attention);
  const bool telescopes = all.front()->construction->plan.has_bos();
  bool roots = true;
  for (const Instance* instance : all)
    roots =
        roots && is_ceil_sqrt(instance->shape.block, telescopes ? instance->distance() : instance->length());
  return {roots && all_verified(all) && never_rises(all, width_beyond_block),
          fmt::format("{} meets it up to logarithms: D = ⌈√{}⌉ + {} at L = {}",
                      construction_name(all.front()->construction->plan), telescopes ? "m" : "L",
                      values_text(all, width_beyond_block), lengths_text(all))};
}

Judgement certified(Evidence& evidence, const std::vector<BoundClaim>& claims) {
  const Hypotheses needed = hypotheses();
  bool holds = needed.matter;
  std::string text;
  for (const BoundClaim& claim : claims) {
    const CertifiedBound bound = certify_bound(evidence, claim);
    const Met met = met_by_construction(evidence, claim);
    holds = holds && bound.holds && met.holds;
    text += bound.text + ". " + met.text + ". ";
  }
  return judged(holds, Verdict::certified, text + needed.text);
}

Judgement arithmetic(Evidence& evidence) { return certified(evidence, {arithmetic_claim()}); }
Judgement local(Evidence& evidence) { return certified(evidence, {local_claim()}); }

}  // namespace

std::vector<Statement> lower_bounds() {
  return {
      {"4.4", "regular, L = Θ(n): sparse attention with B = Θ(√L), and linear attention, need D = Ω̃(√L)",
       "wrought bounds reversed-sums --size 256 --attention sparse,linear",
       [](Evidence& evidence) {
         return certified(evidence, {linear_claim(), sparse_claim()});
       }},
      {"5.2", "linear attention needs D = Ω̃(L^{1/4}) for arithmetic",
       "wrought bounds arithmetic --size 31 --attention linear", arithmetic},
      {"5.5",
       "m-local and regular, m = Θ(n): linear attention needs D = Ω̃(√m); whether that suffices is left open",
       "wrought bounds lagged-recurrence --size 32 --attention linear", local},
      {"B.5", "4.4 for linear attention: D = Ω(√(L/log L))",
       "wrought bounds reversed-sums --size 256 --attention linear",
       [](Evidence& evidence) { return certified(evidence, {linear_claim()}); }},
      {"B.6", "4.4 for sparse attention with B = Θ(√L): D = Ω(√L/ln L)",
       "wrought bounds reversed-sums --size 256 --attention sparse",
       [](Evidence& evidence) { return certified(evidence, {sparse_claim()}); }},
      {"C.1", "5.2, by the results of the first step: exp(Ω(n)) many",
       "wrought bounds arithmetic-plain --size 5 --param p=2", arithmetic},
      {"C.4", "5.5: D = Ω(√(m/log m))", "wrought bounds lagged-recurrence --size 32 --attention linear",
       local}};
}

}  // namespace wrought::statements
