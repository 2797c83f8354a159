// Theorem 4.4 with B.5 and B.6, Propositions 5.2 (C.1) and 5.5 (C.4): lower bounds on the width, certified in instances, and
// where our constructions meet them.
#include <fmt/format.h>

#include <set>

#include "proofs/statements/certified_bound.hpp"
#include "proofs/statements/statement.hpp"

namespace wrought::statements {

namespace {

// What is counted are chains; answers alone would force much less.
struct Answers {
  bool fewer = false;
  std::string text;
};

Answers answers_and_chains() {
  const Case c{"reversed-sums", 4};
  const Problem problem = task_instance(c).problem;
  std::set<std::int64_t> answers;
  std::set<std::vector<Token>> chains;
  for (const Inputs& inputs : inputs_of({c.task, c.size, {}, {}, true})) {
    if (inputs[0].size() != 4) continue;
    const ChainOfThought chain = solve(problem, inputs);
    answers.insert(chain.answer);
    chains.insert(chain.generated);
  }
  return {answers.size() < chains.size(),
          fmt::format("It speaks of the whole generated output (10), not of the answer: at n = 4 there are "
                      "{} chains and {} answers",
                      chains.size(), answers.size())};
}

Judgement certified(Evidence& evidence, const BoundClaim& claim) {
  const CertifiedBound bound = certify_bound(evidence, claim);
  const Answers answers = answers_and_chains();
  return judged(bound.holds && answers.fewer, Verdict::certified, bound.text + ". " + answers.text);
}

Judgement both_kinds(Evidence& evidence) {
  const CertifiedBound linear = certify_bound(evidence, linear_claim()),
                       sparse = certify_bound(evidence, sparse_claim());
  const Answers answers = answers_and_chains();
  return judged(linear.holds && sparse.holds && answers.fewer, Verdict::certified,
                linear.text + ". " + sparse.text + ". " + answers.text);
}

// C4 has D = ⌈√m⌉ + O(1).
struct Met {
  bool holds = false;
  std::string text;
};

Rational width_beyond_root(const Instance& instance) { return width_beyond_block(instance); }

bool has_root_of_distance(const Instance& instance) {
  const std::size_t B = instance.shape.block, m = instance.distance();
  return B * B >= m && (B - 1) * (B - 1) < m;
}

Met met_by_telescoping(Evidence& evidence, const Family& family) {
  const Sweep all = sweep(evidence, family, AttentionKind::linear);
  bool roots = true;
  for (const Instance* instance : all) roots = roots && has_root_of_distance(*instance);
  return {roots && all_verified(all) && never_rises(all, width_beyond_root),
          fmt::format("C4 meets it up to logarithms: D = ⌈√m⌉ + {} at L = {}",
                      values_text(all, width_beyond_root), lengths_text(all))};
}

Judgement certified_and_met(Evidence& evidence, const BoundClaim& claim) {
  const CertifiedBound bound = certify_bound(evidence, claim);
  const Met met = met_by_telescoping(evidence, claim.family);
  return judged(bound.holds && met.holds, Verdict::certified, bound.text + ". " + met.text);
}

Judgement arithmetic(Evidence& evidence) { return certified_and_met(evidence, arithmetic_claim()); }
Judgement local(Evidence& evidence) { return certified_and_met(evidence, local_claim()); }

}  // namespace

std::vector<Statement> lower_bounds() {
  return {
      {"4.4", "regular, L = Θ(n): sparse attention with B = Θ(√L), and linear attention, need D = Ω̃(√L)",
       "wrought bounds reversed-sums --size 256 --attention sparse,linear", both_kinds},
      {"5.2", "linear attention needs D = Ω̃(L^{1/4}) for arithmetic",
       "wrought bounds arithmetic --size 31 --attention linear", arithmetic},
      {"5.5",
       "m-local and regular, m = Θ(n): linear attention needs D = Ω̃(√m); whether that suffices is left open",
       "wrought bounds lagged-recurrence --size 32 --attention linear", local},
      {"B.5", "4.4 for linear attention: D = Ω(√(L/log L))",
       "wrought bounds reversed-sums --size 256 --attention linear",
       [](Evidence& evidence) { return certified(evidence, linear_claim()); }},
      {"B.6", "4.4 for sparse attention with B = Θ(√L): D = Ω(√L/ln L)",
       "wrought bounds reversed-sums --size 256 --attention sparse",
       [](Evidence& evidence) { return certified(evidence, sparse_claim()); }},
      {"C.1", "5.2, by the results of the first step: exp(Ω(n)) many",
       "wrought bounds arithmetic-plain --size 5 --param p=2", arithmetic},
      {"C.4", "5.5: D = Ω(√(m/log m))", "wrought bounds lagged-recurrence --size 32 --attention linear",
       local}};
}

}  // namespace wrought::statements
