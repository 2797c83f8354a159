// Table 1: each entry from above, by networks that were built, and from below, by what every network of its kind costs.
//
// The cost is the dense cost of cost.hpp. An upper side O(g) holds in instances if cost/g never rises with the size; its square
// is compared, so that all is exact where g has a root.
#include <fmt/format.h>

#include <algorithm>

#include "proofs/statements/certified_bound.hpp"
#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

// A side of an entry, from above or from below.
struct Side {
  bool holds = true;
  std::string text;
};

struct Entry {
  AttentionKind attention = AttentionKind::standard;
  std::string column, paper;  // "arithmetic", "Ω̃(L√L)"
  std::vector<Family> families;
  Measure width_law;     // never rises
  Measure cost_measure;  // (cost/g)², never rises
  std::string order;     // g
  std::function<Side(Evidence&)> from_below;

  // Where the paper has a lower bound only, our construction is more than it claims.
  bool is_bound() const { return paper.starts_with("Ω"); }
};

Rational length(const Instance& instance) { return Rational(instance.length()); }
Rational squared(const Rational& x) { return x * x; }

Rational cost_over_square(const Instance& i) { return squared(Rational(i.cost) / squared(length(i))); }
Rational cost_over_root(const Instance& i) { return squared(Rational(i.cost) / length(i)) / length(i); }
Rational cost_over_distance(const Instance& i) {
  return squared(Rational(i.cost) / (length(i) * Rational(i.distance())));
}

Side from_above(Evidence& evidence, const Entry& entry) {
  Side side;
  std::string widths, failures;
  for (const Family& family : entry.families) {
    const Sweep all = sweep(evidence, family, entry.attention);
    side.holds = side.holds && all_verified(all) && never_rises(all, entry.width_law) &&
                 never_rises(all, entry.cost_measure);
    widths += fmt::format("{}{} ({}, L = {}) D = {}", widths.empty() ? "" : "; ", family.task,
                          construction_name(all.front()->construction->plan), lengths_text(all),
                          values_text(all, width));
    failures += failures_text(all);
  }
  side.text =
      fmt::format("From above: {}; every token right; cost/{} falls{}", widths, entry.order, failures);
  return side;
}

// ---- from below ----

Integer visible_pairs(const Attention& attention, std::size_t L) {
  Integer pairs = 0;
  for (std::size_t i = 0; i < L; ++i) pairs += attention.visible_count(i);
  return pairs;
}

// One head that looks at everything, at one multiply-add per pair.
Side all_pairs(Evidence&) {
  Side side{true, "From below: a head scores L(L + 1)/2 pairs, whatever D: counted at L = 64, 256, 1024"};
  for (const std::size_t L : {64, 256, 1024})
    side.holds = side.holds && 2 * visible_pairs({AttentionKind::standard}, L) == Integer(L) * (L + 1);
  return side;
}

// The fewest pairs that any block size leaves.
Side best_block(Evidence&) {
  Side side;
  std::string counts;
  for (const std::size_t L : {64, 256, 1024}) {
    Integer fewest = Integer(L) * L;
    for (std::size_t B = 1; B <= L; ++B)
      fewest = std::min(fewest, visible_pairs({AttentionKind::sparse, B}, L));
    side.holds = side.holds && fewest * fewest >= Integer(L) * L * L;
    counts += fmt::format("{}{}", counts.empty() ? "" : ", ", fewest.str());
  }
  side.text = fmt::format(
      "From below: over all B from 1 to L, k = c = 1, a head scores no fewer than {} pairs at L = 64, 256, "
      "1024: "
      "at least L√L each time",
      counts);
  return side;
}

// The feed-forward blocks alone cost L·D² and more.
Side by_width(Evidence& evidence, const BoundClaim& claim) {
  const CertifiedBound bound = certify_bound(evidence, claim);
  return {bound.holds, "From below: the cost is at least L·D², and " + bound.text};
}

std::vector<Family> root_lagged() { return {lagged_family({8, 16, 32})}; }

std::vector<Entry> entries() {
  const auto width_bound = [](BoundClaim (*claim)()) {
    return [claim](Evidence& evidence) { return by_width(evidence, claim()); };
  };
  const std::vector<Family> plain{plain_arithmetic_family()}, carrying{{"arithmetic", {7, 15, 31}}};
  return {
      {AttentionKind::standard, "general", "Θ̃(L²)", general_families(), width, cost_over_square, "L²",
       all_pairs},
      {AttentionKind::standard, "arithmetic", "Θ̃(L²)", plain, width, cost_over_square, "L²", all_pairs},
      {AttentionKind::standard, "locality", "Θ̃(L²)", root_lagged(), width, cost_over_square, "L²", all_pairs},
      {AttentionKind::sparse, "general", "Θ̃(L²)", general_families(), width_beyond_block, cost_over_square,
       "L²", width_bound(sparse_claim)},
      {AttentionKind::sparse, "arithmetic", "Θ̃(L√L)", plain, width, cost_over_root, "(L√L)", best_block},
      {AttentionKind::sparse, "locality", "Θ̃(L√L) if m = O(√L)", root_lagged(), width, cost_over_root,
       "(L√L)", best_block},
      {AttentionKind::linear, "general", "Θ̃(L²)", general_families(), width_beyond_block, cost_over_square,
       "L²", width_bound(linear_claim)},
      {AttentionKind::linear, "arithmetic", "Ω̃(L√L)", carrying, width_beyond_block, cost_over_root, "(L√L)",
       width_bound(arithmetic_claim)},
      {AttentionKind::linear, "locality", "Ω̃(mL)", root_lagged(), width_beyond_block, cost_over_distance,
       "(mL)", width_bound(local_claim)}};
}

Judgement judge(Evidence& evidence, const Entry& entry) {
  const Side above = from_above(evidence, entry), below = entry.from_below(evidence);
  return judged(above.holds && below.holds, entry.is_bound() ? Verdict::certified : Verdict::verified,
                (entry.is_bound() ? below.text + ". " + above.text + ": the bound is met"
                                  : above.text + ". " + below.text));
}

Statement statement_of(const Entry& entry) {
  return {fmt::format("Table1.{}.{}", name(entry.attention), entry.column),
          fmt::format("{} attention, {}: the cost is {}", name(entry.attention),
                      entry.column == "locality"  ? "reasoning with locality"
                      : entry.column == "general" ? "general reasoning"
                                                  : entry.column,
                      entry.paper),
          fmt::format("wrought scale {} --sizes {} --attention {}{}", entry.families.front().task,
                      fmt::join(entry.families.front().sizes, ","), name(entry.attention),
                      entry.column == "locality" ? " --param steps=1024" : ""),
          [entry](Evidence& evidence) { return judge(evidence, entry); }};
}

}  // namespace

std::vector<Statement> table1() {
  std::vector<Statement> statements;
  for (const Entry& entry : entries()) statements.push_back(statement_of(entry));
  return statements;
}

}  // namespace wrought::statements
