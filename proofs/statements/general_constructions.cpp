// Theorems 4.1 and 4.2 with their exact forms B.3 and B.4: networks for every admissible dynamic program, built at growing
// sizes. What is claimed of their shape must hold exactly at every size; every run and every certificate must be right.
#include <fmt/format.h>

#include <algorithm>

#include "proofs/statements/constant_shape.hpp"
#include "proofs/statements/log_precision.hpp"
#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

// The families whose feed-forward blocks have the same number of hidden units at every size, and those that have not.
struct FeedForward {
  std::size_t constant = 0;
  std::string growing;
};

FeedForward feed_forward(Evidence& evidence, const std::vector<Family>& families, AttentionKind attention) {
  FeedForward result;
  for (const Family& family : families) {
    const Sweep all = sweep(evidence, family, attention);
    if (is_constant(all, ffn_width))
      ++result.constant;
    else
      result.growing += fmt::format("{}{} {}", result.growing.empty() ? "" : ", ", family.task,
                                    change_text(all, ffn_width));
  }
  return result;
}

Judgement standard_theorem(Evidence& evidence) {
  const std::vector<Family> families = all_families();
  const ConstantShape built = constant_shape(evidence, families, AttentionKind::standard, width);
  const FeedForward blocks = feed_forward(evidence, families, AttentionKind::standard);
  const LogPrecision precision = log_precision(evidence, families, AttentionKind::standard);
  const std::string exceptions =
      blocks.growing.empty() ? ""
                             : " (else a table for the square of a coordinate grows: " + blocks.growing + ")";
  return judged(
      built.holds && blocks.constant > 0 && precision.holds, Verdict::verified,
      fmt::format("M/H/D, the same at every n: {}; FFN width too in {} of these {} tasks{}; {}; {}",
                  built.shapes, blocks.constant, families.size(), exceptions, built.runs, precision.text));
}

bool has_root_block(const Instance& instance) {
  return is_ceil_sqrt(instance.shape.block, instance.length());
}

// D_paper²/L: with feed-forward blocks and heads counted, the width is O(√L) too if this never rises.
Rational paper_width_squared(const Instance& instance) {
  return paper_width(instance) * paper_width(instance) / Rational(instance.length());
}

struct RootWidth {
  bool holds = true;
  std::string text;
};

RootWidth root_width(Evidence& evidence, AttentionKind attention) {
  const ConstantShape built = constant_shape(evidence, general_families(), attention, width_beyond_block);
  const LogPrecision precision = log_precision(evidence, general_families(), attention);
  RootWidth result{built.holds && precision.holds, ""};
  std::string widths;
  for (const Family& family : general_families()) {
    const Sweep all = sweep(evidence, family, attention);
    const bool blocks =
        std::all_of(all.begin(), all.end(), [](const Instance* i) { return has_root_block(*i); });
    result.holds = result.holds && blocks && never_rises(all, paper_width_squared);
    widths += fmt::format("{}{} {}", widths.empty() ? "" : "; ", family.task, values_text(all, paper_width));
  }
  result.text = fmt::format(
      "M/H/(D - ⌈√L⌉), the same at every n: {}, so D = ⌈√L⌉ + O(1). With FFN and heads counted D is {}: "
      "divided by √L it "
      "falls. {}; {}",
      built.shapes, widths, built.runs, precision.text);
  return result;
}

Judgement root_width_theorem(Evidence& evidence, AttentionKind attention) {
  const RootWidth result = root_width(evidence, attention);
  return judged(result.holds, Verdict::verified, result.text);
}

Rational cost_over_square(const Instance& instance) {
  return Rational(instance.cost) / (Rational(instance.length()) * Rational(instance.length()));
}

Judgement both_kinds(Evidence& evidence) {
  bool holds = true;
  std::string costs;
  for (const AttentionKind attention : {AttentionKind::sparse, AttentionKind::linear}) {
    holds = holds && root_width(evidence, attention).holds;
    for (const Family& family : general_families()) {
      const Sweep all = sweep(evidence, family, attention);
      holds = holds && never_rises(all, cost_over_square);
      costs += fmt::format("{}{} {} {}", costs.empty() ? "" : "; ", family.task, name(attention),
                           change_text(all, cost_over_square));
    }
  }
  return judged(
      holds, Verdict::verified,
      "B.3 and B.4 come out in all their instances. Cost O(L²): the dense cost divided by L² falls: " +
          costs);
}

}  // namespace

std::vector<Statement> general_constructions() {
  return {{"4.1",
           "standard attention: under B.1 and B.2 constant M, D, H suffice for any n, in log precision (Feng "
           "et al.)",
           "wrought certify edit-distance --sizes 4,8,16 --attention standard", standard_theorem},
          {"4.2",
           "sparse attention with B = Θ(√L), and linear attention: constant M, H and D = O(√L) suffice, in "
           "log precision; cost O(L²)",
           "wrought scale edit-distance --sizes 4,8,16 --attention sparse,linear", both_kinds},
          {"B.3", "4.2 for linear attention: constant M, H and D = O(√L), in log precision",
           "wrought certify edit-distance --sizes 4,8,16 --attention linear",
           [](Evidence& evidence) { return root_width_theorem(evidence, AttentionKind::linear); }},
          {"B.4", "4.2 for sparse attention with B = Θ(√L): constant M, H and D = O(√L), in log precision",
           "wrought certify edit-distance --sizes 4,8,16 --attention sparse",
           [](Evidence& evidence) { return root_width_theorem(evidence, AttentionKind::sparse); }}};
}

}  // namespace wrought::statements
