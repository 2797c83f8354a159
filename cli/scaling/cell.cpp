#include "cli/scaling/cell.hpp"

#include "cli/input.hpp"
#include "cli/lower_bound.hpp"
#include "cli/verification.hpp"
#include "verifier/network/cost.hpp"

namespace wrought::cli {

namespace {

Options options_for(const Options& options, std::int64_t size, AttentionKind kind) {
  Options cell = options;
  cell.size = size;
  cell.attention = {kind};
  cell.quiet = true;
  cell.random.reset();
  return cell;
}

// What a run will do: every weight once per token, and every visible key once per head and token.
double expected_multiply_adds(const Network& network) {
  double weights = 0, scores = 0, visible = 0;
  for (std::size_t i = 0; i < network.max_length; ++i) visible += static_cast<double>(network.attention.visible_count(i));
  for (const Layer& layer : network.layers) {
    weights += static_cast<double>(layer.w1.nonZeros() + layer.w2.nonZeros());
    for (const Head& head : layer.heads) {
      weights += static_cast<double>(head.query.nonZeros() + head.key.nonZeros() + head.value.nonZeros());
      if (!network.attention.is_linear()) scores += visible * static_cast<double>(head.query.rows());
    }
  }
  return weights * static_cast<double>(network.max_length) + scores;
}

// Rigorous and p-bit arithmetic take some fifty times as long as machine words.
double slowness(const ArithmeticChoice& arithmetic) {
  const bool fast = arithmetic.is_exact() || arithmetic.kind == ArithmeticKind::machine_double;
  return fast ? 1 : 50;
}

}  // namespace

Cell measure(const Options& options, std::int64_t size, AttentionKind kind) {
  const Options own = options_for(options, size, kind);
  Job job = job_without_inputs(own);
  const Construction construction = construct(job, own, kind);

  Cell cell;
  cell.size = size;
  cell.attention = kind;
  cell.construction = construction_name(construction.plan);
  cell.shape = shape(construction.network());
  cell.distance = construction.plan.distance;
  cell.dense_cost = dense_cost(construction.network());
  const ChainEvidence chains = count_chains(*job.task, job.parameters, job.problem, size);
  cell.information = log2_ge(chains.at_least());
  cell.bounds = lower_bound(construction, chains);
  const std::size_t count = options.random.value_or(1);
  const double work = expected_multiply_adds(construction.network()) * static_cast<double>(count);
  if (work * slowness(options.arithmetic) > most_multiply_adds) {
    cell.verified_by = Cell::built_only;
    return cell;
  }

  job.inputs = full_and_random_inputs(job, size, count, options.seed.value_or(1));
  const Run run = std::move(verify(job, own).front());
  cell.verified_by = name(options.arithmetic);
  if (const Sharpness* sharpness = run.sharpness()) cell.sharpness = *sharpness;
  cell.inputs = run.checked.size();
  cell.tokens = run.tokens();
  cell.verdict = run.verdict;
  cell.margin = run.margin();
  cell.seconds = run.seconds;
  std::uint64_t multiply_adds = 0, rows = 0;
  for (const Checked& checked : run.checked) {
    multiply_adds += checked.work.multiply_adds;
    rows += checked.work.rows;
  }
  cell.multiply_adds = static_cast<double>(multiply_adds) / static_cast<double>(rows);
  return cell;
}

}  // namespace wrought::cli
