// Definition 5.3, and what locality gives sparse attention: Proposition 5.4 (C.3) and its ground, C.2.
#include "constructions/dp/locality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "proofs/statements/constant_shape.hpp"
#include "proofs/statements/log_precision.hpp"
#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

// ---- 5.3, positions counted from 1 ----

// How many tokens o_h with i - m <= h < i there are.
std::int64_t tokens_before(std::int64_t i, std::int64_t m) { return i - std::max<std::int64_t>(1, i - m); }

std::vector<Token> whole_sequence(const Problem& problem, const Inputs& inputs) {
  ChainOfThought chain = solve(problem, inputs);
  chain.prompt.insert(chain.prompt.end(), chain.generated.begin(), chain.generated.end());
  return chain.prompt;
}

// Where a token may follow from the m tokens before it: behind the input, or everywhere as printed.
enum class Scope { generated, everywhere };

// The first position, over all inputs of a case, whose token the m tokens before it do not determine, for given lengths.
std::optional<std::size_t> undetermined(const Case& c, const LargestOf& m, Scope scope) {
  using Lengths = std::vector<std::int64_t>;
  struct Past {
    Lengths lengths;
    std::size_t position;
    std::vector<Token> tokens;
    auto operator<=>(const Past&) const = default;
  };
  const Problem problem = task_instance(c).problem;
  std::map<Past, Token> next;
  std::optional<std::size_t> first;
  for (const Inputs& inputs : inputs_of(c)) {
    Lengths lengths;
    for (const auto& sequence : inputs) lengths.push_back(static_cast<std::int64_t>(sequence.size()));
    const std::vector<Token> tokens = whole_sequence(problem, inputs);
    const auto reach = static_cast<std::size_t>(largest_at(problem, m, lengths));
    const std::size_t start = scope == Scope::everywhere ? 0 : solve(problem, inputs).prompt.size();
    for (std::size_t t = start; t < tokens.size() && (!first || t < *first); ++t) {
      const auto here = tokens.begin() + static_cast<std::ptrdiff_t>(t);
      const auto begin = here - static_cast<std::ptrdiff_t>(std::min(reach, t));
      const auto [seen, is_new] = next.emplace(Past{lengths, t, {begin, here}}, tokens[t]);
      if (!is_new && seen->second != tokens[t]) first = t;
    }
  }
  return first;
}

std::string distance_text(const Problem& problem, const LargestOf& m) {
  return to_string(m, Variables(problem));
}

Judgement local_definition(Evidence& evidence) {
  std::int64_t earlier = 0;
  for (std::int64_t m = 1; m <= 1000; ++m) earlier += tokens_before(1, m);

  bool determined = true, some_local = false, some_not = false;
  std::string local, not_local;
  std::size_t printed_fails = 0;
  const std::vector<Family> families = all_families();
  const std::vector<Case> small = exhaustive_cases(families, AttentionKind::standard);
  for (std::size_t f = 0; f < small.size(); ++f) {
    const LargestOf m = locality(task_instance(small[f]).problem).m;
    determined = determined && !undetermined(small[f], m, Scope::generated);
    printed_fails += undetermined(small[f], m, Scope::everywhere) ? 1 : 0;
    const Family& family = families[f];
    const Instance& largest = evidence.run(case_of(family, family.sizes.back(), AttentionKind::standard));
    const std::string text =
        fmt::format("{} (m = {})", family.task, distance_text(task_instance(small[f]).problem, m));
    const bool is_local_there = is_local(largest.distance(), largest.length());
    (is_local_there ? some_local : some_not) = true;
    std::string& list = is_local_there ? local : not_local;
    list += (list.empty() ? "" : ", ") + text;
  }
  return judged_corrected(
      earlier == 0 && printed_fails == small.size(), determined && some_local && some_not,
      fmt::format("for i = 1 no h with i - m <= h < i exists at any of 1000 values of m, and o_1 is "
                  "free. (So in all {} tasks, over all short inputs, "
                  "some input token does not follow from those before it.) With 'for all i > n' m tokens "
                  "back determine every "
                  "generated token, over all these inputs, with the m that our constructions work out. "
                  "Local, 2m <= L, at the "
                  "largest size that is built: {}; not: {}",
                  small.size(), local, not_local));
}

// ---- 5.4 ----

// Pairs (i, j) with j visible from i among L tokens.
Integer visible_pairs(std::size_t L, std::size_t B, std::size_t globals) {
  Attention attention;
  attention.kind = AttentionKind::sparse;
  attention.block = B;
  attention.globals = globals;
  Integer pairs = 0;
  for (std::size_t i = 0; i < L; ++i) pairs += attention.visible_count(i);
  return pairs;
}

std::string ratio_text(const Integer& a, const Integer& b) {
  return fmt::format("{:.2f}", nearest_double(Rational(a, b)));
}

struct Cost {
  bool printed_fails = true, corrected = true;
  std::string printed, without_globals, root_block;
};

// With B = m, k = 1: m·L pairs and no more for c = 0; about L²/(2m) more for c = 1.
Cost cost_of_locality() {
  Cost result;
  constexpr std::size_t m = 16;
  for (std::size_t L = 1 << 10; L <= 1 << 18; L *= 16) {
    const Integer linear = Integer(m) * L, printed = visible_pairs(L, m, 1), bare = visible_pairs(L, m, 0);
    std::size_t root = 1;
    while (root * root < L) ++root;
    const Integer rooted = visible_pairs(L, root, 1);
    result.printed_fails = result.printed_fails && 4 * m * printed >= Integer(L) * L;
    result.corrected = result.corrected && bare <= linear && rooted <= 2 * Integer(L) * root;
    const std::string separator = result.printed.empty() ? "" : ", ";
    result.printed += separator + ratio_text(printed, linear);
    result.without_globals += separator + ratio_text(bare, linear);
    result.root_block += separator + ratio_text(rooted, Integer(L) * root);
  }
  return result;
}

// ---- C.2, C.3 ----

// Every weight is at most quadratic in L if this never rises.
Rational weight_over_square(const Instance& instance) {
  return instance.shape.max_abs_weight / (Rational(instance.length()) * Rational(instance.length()));
}

// B = max(m, ⌈√L⌉), and values are read from the window alone.
bool has_window(const Instance& instance) {
  const std::size_t B = instance.shape.block, m = instance.distance();
  const bool by_window = instance.construction->plan.memory.method == LookupMethod::window;
  return by_window && B >= m && (B == m ? B * B >= instance.length() : is_ceil_sqrt(B, instance.length()));
}

// Whether the condition holds of every network of the local families.
template <class Condition>
bool all_local(Evidence& evidence, AttentionKind attention, Condition condition) {
  for (const Family& family : local_families())
    if (!condition(sweep(evidence, family, attention))) return false;
  return true;
}

bool has_polynomial_weights(const Sweep& all) { return never_rises(all, weight_over_square); }

bool has_windows(const Sweep& all) {
  return std::all_of(all.begin(), all.end(), [](const Instance* instance) { return has_window(*instance); });
}

Judgement dense_model(Evidence& evidence) {
  const ConstantShape built = constant_shape(evidence, local_families(), AttentionKind::standard, width);
  const LogPrecision precision = log_precision(evidence, local_families(), AttentionKind::standard);
  const bool polynomial = all_local(evidence, AttentionKind::standard, has_polynomial_weights);
  return judged(built.holds && precision.holds && polynomial, Verdict::verified,
                fmt::format("C0, M/H/D the same at every n: {}; no weight grows faster than L²; {}; {}",
                            built.shapes, built.runs, precision.text));
}

Judgement sparse_model(Evidence& evidence) {
  const ConstantShape built = constant_shape(evidence, local_families(), AttentionKind::sparse, width);
  const LogPrecision precision = log_precision(evidence, local_families(), AttentionKind::sparse);
  const bool windows = all_local(evidence, AttentionKind::sparse, has_windows);
  return judged(
      built.holds && precision.holds && windows, Verdict::verified,
      fmt::format(
          "C3, values read from the window alone, B = max(m, ⌈√L⌉), M/H/D the same at every n: {}; {}; {}. "
          "The lengths are "
          "read through the last token of each block. The paper's proof rests on C.2, which it prints as C.3",
          built.shapes, built.runs, precision.text));
}

// How many of the local families' networks stay right at every size when the last tokens of blocks are hidden, c = 0.
std::size_t right_without_globals(Evidence& evidence) {
  std::size_t right = 0;
  for (const Family& family : local_families()) {
    bool all = true;
    for (const std::int64_t size : family.sizes) {
      const Case c = case_of(family, size, AttentionKind::sparse);
      Construction hidden = *evidence.run(c).construction;
      hidden.layout.network.attention.globals = 0;
      all = all && run_construction(c, std::move(hidden)).verified();
    }
    right += all ? 1 : 0;
  }
  return right;
}

Judgement locality_theorem(Evidence& evidence) {
  const ConstantShape built = constant_shape(evidence, local_families(), AttentionKind::sparse, width);
  const bool windows = all_local(evidence, AttentionKind::sparse, has_windows);
  const Cost cost = cost_of_locality();
  return judged_corrected(
      cost.printed_fails, cost.corrected && built.holds && windows,
      fmt::format("the width comes out (C.3). The cost Õ(mL) leaves out the global tokens: with m = B = "
                  "16, k = c = 1 the visible pairs "
                  "are m·L times {} at L = 2^10, 2^14, 2^18, about L²/(2m). With c = 0 they are {}; with "
                  "B = ⌈√L⌉ they are L·√L times "
                  "{}. So Õ(mL) for m = Ω(√L) or c = 0, else Õ(L√L). (C3 itself reads the input lengths "
                  "through block ends: with c = 0 it stays right in {} of {} tasks)",
                  cost.printed, cost.without_globals, cost.root_block, right_without_globals(evidence),
                  local_families().size()));
}

}  // namespace

std::vector<Statement> locality() {
  return {
      {"5.3",
       "m-local: for all i in [L], o_i = f(o_{h_1(i)}, …, o_{h_K(i)}) with i - m <= h_k(i) < i, m >= n",
       "wrought tasks", local_definition},
      {"5.4",
       "m-local: sparse attention with B = Θ(m) and constant M, H, D suffices, in log precision; cost Õ(mL)",
       "wrought scale lagged-recurrence --param steps=1024 --sizes 8,16,32 --attention sparse",
       locality_theorem},
      {"C.2",
       "under B.1 and B.2 standard attention with constant M, H, D and parameters O(poly n) suffices (Feng "
       "et al.)",
       "wrought certify local-edit-distance --sizes 4,8,16 --attention standard", dense_model},
      {"C.3", "5.4 formally; by masking the heads of C.2, which look no further than m",
       "wrought certify local-edit-distance --sizes 4,8,16 --attention sparse", sparse_model}};
}

}  // namespace wrought::statements
