#include "proofs/statements/constant_shape.hpp"

#include <fmt/format.h>

namespace wrought::statements {

ConstantShape constant_shape(Evidence& evidence, const std::vector<Family>& families, AttentionKind attention,
                             const Measure& measure_of_width) {
  ConstantShape result;
  std::size_t full = 0, tokens = 0;
  for (const Family& family : families) {
    const Sweep all = sweep(evidence, family, attention);
    result.holds = result.holds && all_verified(all) && has_constant_shape(all, measure_of_width);
    full += inputs_run(all);
    tokens += tokens_run(all);
    result.shapes += fmt::format("{}{} (L = {}) {}/{}/{}", result.shapes.empty() ? "" : ", ", family.task,
                                 lengths_text(all), change_text(all, layers), change_text(all, heads),
                                 change_text(all, measure_of_width));
    result.failures += failures_text(all);
  }
  const Exhausted small = run_on_every_input(evidence, families, attention);
  result.holds = result.holds && small.verified;
  result.failures += small.failure;
  result.runs = fmt::format(
      "exact runs, every token right: {} inputs of full size ({} tokens), and all {} short ones over few "
      "symbols{}",
      full, tokens, small.inputs, result.failures);
  return result;
}

}  // namespace wrought::statements
