#include "cli/verification.hpp"

#include <algorithm>
#include <chrono>

#include "cli/parallel.hpp"
#include "cli/progress.hpp"

namespace wrought::cli {

namespace {

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

Run build(const Job& job, const Options& options, AttentionKind kind) {
  const Stopwatch watch;
  Run run;
  run.construction = std::make_shared<const Construction>(construct(job, options, kind));
  run.run_options = run_options(options, *run.construction);
  run.shape = shape(run.construction->network());
  run.checked.resize(job.inputs.size());
  run.seconds = watch.seconds();
  return run;
}

// The answer as the network generated it, right or wrong; nothing if the run did not come so far.
std::optional<std::int64_t> decoded_answer(const Runner& runner, const Report& report,
                                           const ChainOfThought& chain, const TokenFormat& format) {
  const std::size_t before_answer = chain.generated.size() - 1 - format.tokens_after_answer();
  if (report.tokens > before_answer) return chain.answer;
  if (report.tokens < before_answer || report.difference->coordinate != format.value(0)) return std::nullopt;
  const std::optional<Enclosure> bounds = runner.output().enclosure(format.value(0));
  const std::optional<Integer> value = bounds ? decode(*bounds) : std::nullopt;
  return value ? std::optional(value->convert_to<std::int64_t>()) : std::nullopt;
}

Checked check_input(const Construction& construction, const GivenInput& input, Runner& runner) {
  const Stopwatch watch;
  const ChainOfThought chain = construction.encode(input.sequences);
  Checked result;
  const std::uint64_t before = runner.statistics().multiply_adds;
  result.report = check(runner, chain.prompt, chain.generated);
  // The last token is compared, not run.
  const std::size_t generated = std::min(result.report.tokens, chain.generated.size() - 1);
  result.work = {runner.statistics().multiply_adds - before, chain.prompt.size() + generated};
  result.expected = chain.answer;
  result.answer = decoded_answer(runner, result.report, chain, construction.format);
  const bool contradicts = input.published_answer && *input.published_answer != chain.answer;
  result.verdict = contradicts ? Verdict::refuted : result.report.verdict;
  result.seconds = watch.seconds();
  return result;
}

// The runner that a worker used last: items come network by network, so it is converted once per worker.
struct WorkerState {
  const Run* run = nullptr;
  std::unique_ptr<Runner> runner;

  Runner& runner_for(const Run& wanted) {
    if (run != &wanted) {
      runner.reset();  // before the next one is made, so that memory holds one at a time
      runner = make_runner(wanted.construction->network(), wanted.run_options);
      run = &wanted;
    }
    return *runner;
  }
};

}  // namespace

std::size_t Run::tokens() const {
  std::size_t total = 0;
  for (const Checked& c : checked) total += c.report.tokens;
  return total;
}

std::optional<Rational> Run::margin() const {
  std::optional<Rational> smallest;
  for (const Checked& c : checked)
    if (c.report.margin && (!smallest || *c.report.margin < *smallest)) smallest = c.report.margin;
  return smallest;
}

std::vector<Run> verify(const Job& job, const Options& options) {
  std::vector<Run> runs(options.attention.size());
  for_each_parallel(runs.size(),
                    [&](std::size_t r, std::size_t) { runs[r] = build(job, options, options.attention[r]); });

  const std::size_t inputs = job.inputs.size(), items = runs.size() * inputs;
  std::vector<WorkerState> workers(worker_count(items));
  Progress progress("checked", items, options.quiet);
  for_each_parallel(items, [&](std::size_t item, std::size_t worker) {
    const Run& run = runs[item / inputs];
    runs[item / inputs].checked[item % inputs] =
        check_input(*run.construction, job.inputs[item % inputs], workers[worker].runner_for(run));
    progress.advance();
  });
  for (Run& run : runs)
    for (const Checked& c : run.checked) {
      run.verdict = worst(run.verdict, c.verdict);
      run.seconds += c.seconds;
    }
  return runs;
}

Verdict worst_of(const std::vector<Run>& runs) {
  Verdict verdict = Verdict::verified;
  for (const Run& run : runs) verdict = worst(verdict, run.verdict);
  return verdict;
}

}  // namespace wrought::cli
