#include "proofs/statements/certified_bound.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "constructions/dp/positions.hpp"
#include "proofs/bounds/lower_bound.hpp"

namespace wrought::statements {

namespace {

std::size_t ceil_sqrt(const Integer& n) {
  const Integer root = sqrt(n);
  return static_cast<std::size_t>(root * root < n ? root + 1 : root);
}

// ---- (1) the number of chains ----

struct Counted {
  bool agrees = true;
  std::string text, contradictions;
};

Counted check_counts(Evidence& evidence, const BoundClaim& claim) {
  Counted result;
  for (const std::int64_t size : claim.counted_sizes) {
    const ChainEvidence& chains = evidence.chains({claim.chains_of, size, {}, claim.counted_parameters});
    if (!chains.closed_form || !chains.enumerated)
      return {false, "not counted at n = " + std::to_string(size), ""};
    const std::string wrong = contradiction(*chains.closed_form, *chains.enumerated);
    result.agrees = result.agrees && wrong.empty();
    if (!wrong.empty()) result.contradictions += "; " + wrong;
    result.text += fmt::format("{}{} of {}", result.text.empty() ? "" : ", ", chains.enumerated->chains,
                               chains.enumerated->inputs);
  }
  return result;
}

// ---- (2) networks that were built ----

struct Compared {
  bool below = true;
  std::string text;
};

// The chains that give the bound at one size: those of the whole alphabet.
Case chains_case(const BoundClaim& claim, std::int64_t size) {
  Case c = case_of(claim.family, size, claim.attention);
  c.task = claim.chains_of;
  return c;
}

Compared compare_with_built(Evidence& evidence, const BoundClaim& claim) {
  Compared result;
  for (const std::int64_t size : claim.family.sizes) {
    const Case c = case_of(claim.family, size, claim.attention);
    const Instance& instance = evidence.run(c);
    const WidthBounds bounds = lower_bound(*instance.construction, evidence.chains(chains_case(claim, size)));
    const Integer built = std::max(instance.shape.width, instance.shape.head_dim);
    const bool below = bounds.width && bounds.paper_width && *bounds.width <= built &&
                       *bounds.paper_width <= instance.shape.paper_width;
    result.below = result.below && below;
    result.text += fmt::format("{}{} <= {}", result.text.empty() ? "" : ", ",
                               bounds.width ? bounds.width->str() : "-", built.str());
  }
  return result;
}

// ---- (3) growth ----

BoundAt bound_at(const BoundClaim& claim, const Instance& built, std::int64_t size) {
  const TaskInstance instance = task_instance(case_of(claim.family, size, claim.attention));
  const std::vector<std::int64_t> lengths =
      counted_lengths(*instance.task, instance.problem.inputs.size(), size);
  BoundAt at{size, sequence_length_at(instance.problem, lengths), 0, class_of(built.network()), 0};
  if (built.construction->plan.has_bos()) ++at.length;
  at.log_length = ceil_log2(at.length);
  if (claim.attention == AttentionKind::sparse) at.networks.attention.block = ceil_sqrt(at.length);
  const Integer chains = chains_ge(claim.chains_of, instance.parameters, lengths)->at_least;
  at.width = *width_ge(at.networks, HeadShape::own, tokens_before_cut(*built.construction, lengths), chains,
                       standard_bits(static_cast<std::size_t>(at.length)));
  return at;
}

struct Growth {
  bool keeps_up = true;
  std::string sizes, bounds;
};

Growth growth(const BoundClaim& claim, const Instance& built) {
  Growth result;
  for (const std::int64_t size : claim.larger_sizes) {
    const BoundAt at = bound_at(claim, built, size);
    result.keeps_up = result.keeps_up && claim.keeps_up(at);
    result.sizes += (result.sizes.empty() ? "" : ", ") + std::to_string(size);
    result.bounds += (result.bounds.empty() ? "" : ", ") + at.width.str();
  }
  return result;
}

std::vector<std::int64_t> powers(std::int64_t first, std::int64_t last, std::int64_t factor,
                                 std::int64_t less = 0) {
  std::vector<std::int64_t> sizes;
  for (std::int64_t n = first; n <= last; n *= factor) sizes.push_back(n - less);
  return sizes;
}

// reversed-sums: regular, L = 2n + 2.
BoundClaim regular_claim(AttentionKind attention, std::string law,
                         std::function<bool(const BoundAt&)> keeps_up) {
  return {{"reversed-sums", {8, 32, 128}}, "reversed-sums", attention,          {1, 2, 3, 4}, {},
          powers(1 << 10, 1 << 20, 32),    std::move(law),  std::move(keeps_up)};
}

}  // namespace

CertifiedBound certify_bound(Evidence& evidence, const BoundClaim& claim) {
  const Sweep all = sweep(evidence, claim.family, claim.attention);
  const Counted counted = check_counts(evidence, claim);
  const Compared compared = compare_with_built(evidence, claim);
  const bool same_class = is_constant(all, layers) && is_constant(all, heads);
  const Growth grown = growth(claim, *all.front());
  const NetworkClass networks = class_of(all.front()->network());
  const std::string chains = fmt::format(
      "{} attention: different chains of thought among all inputs, {} ({}, n = {}), as the closed form says "
      "or more{}",
      name(claim.attention), counted.text, claim.chains_of, fmt::join(claim.counted_sizes, ", "),
      counted.contradictions);
  const std::string built =
      fmt::format("the bound and the D constructed for {} at n = {}: {}{}", claim.family.task,
                  fmt::join(claim.family.sizes, ", "), compared.text, failures_text(all));
  const std::string beyond =
      fmt::format("for {} layers and {} heads in all, as there, D >= {} at n = {}, {}", networks.layers,
                  networks.heads, grown.bounds, grown.sizes, claim.law);
  return {counted.agrees && compared.below && all_verified(all) && same_class && grown.keeps_up,
          fmt::format("{}; {}; {}", chains, built, beyond)};
}

BoundClaim linear_claim() {
  return regular_claim(AttentionKind::linear, "D²·⌈log₂ L⌉ >= L/(40·heads) each time", [](const BoundAt& at) {
    return at.width * at.width * at.log_length * 40 * at.networks.heads >= at.length;
  });
}

BoundClaim sparse_claim() {
  return regular_claim(AttentionKind::sparse, "D·⌈log₂ L⌉ >= √L/(40·M) each time", [](const BoundAt& at) {
    const Integer root = at.width * at.log_length * 40 * at.networks.layers;
    return root * root >= at.length;
  });
}

BoundClaim arithmetic_claim() {
  return {{"arithmetic", {7, 15, 31}},
          "arithmetic-plain",
          AttentionKind::linear,
          {1, 3, 5},
          {{"p", 2}},
          powers(1 << 8, 1 << 14, 8, 1),
          "D²·⌈log₂ L⌉ >= √L/(40·heads) each time",
          [](const BoundAt& at) {
            const Integer root = at.width * at.width * at.log_length * 40 * at.networks.heads;
            return root * root >= at.length;
          }};
}

BoundClaim local_claim() {
  return {lagged_family({8, 16, 32}),
          "lagged-recurrence",
          AttentionKind::linear,
          {2, 3, 4},
          {{"modulus", 6}, {"steps", 8}},
          powers(1 << 6, 1 << 12, 8),
          "D²·⌈log₂ L⌉ >= m/(40·heads) each time",
          [](const BoundAt& at) {
            return at.width * at.width * at.log_length * 40 * at.networks.heads >= at.size;
          }};
}

}  // namespace wrought::statements
