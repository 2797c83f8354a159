// How long it takes to verify one input: weights converted, every token generated and compared.
//
// Names read verify/ARITHMETIC/SCHEDULE/ATTENTION/SIZE for edit distance, and local/ATTENTION/TASK/SIZE for exact runs of
// m-local tasks. Counters: L tokens in all, tokens per second, multiply-adds
// with both factors non-zero per token, bytes of the KV cache or of S and z at the end, and the process's peak memory
// (Linux only) since the benchmark started.
#include <benchmark/benchmark.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "constructions/sharpness.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/lagged_recurrence.hpp"
#include "edit_distance_case.hpp"
#include "verifier/check/check.hpp"

namespace wrought {

namespace {

// The kernel's mark of the most memory the process has held; it starts again from what is held now.
void reset_peak_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

double peak_memory_mib() {
  std::ifstream status("/proc/self/status");
  for (std::string key; status >> key; status.ignore(256, '\n'))
    if (key == "VmHWM:") {
      double kib = 0;
      status >> kib;
      return kib / 1024;
    }
  return 0;
}

struct Case {
  std::string arithmetic_name;
  ArithmeticKind arithmetic;
  unsigned precision;
  Schedule schedule;
  AttentionKind attention;
  std::int64_t size;

  std::string name() const {
    return "verify/" + arithmetic_name + "/" + wrought::name(schedule) + "/" + wrought::name(attention) +
           "/" + std::to_string(size);
  }
};

void measure(benchmark::State& state, const Construction& construction, const ChainOfThought& chain,
             const RunOptions& options) {
  reset_peak_memory();
  RunStatistics statistics;
  for (auto _ : state) {
    const auto runner = make_runner(construction.network(), options);
    const Report report = check(*runner, chain.prompt, chain.generated);
    if (report.verdict != Verdict::verified) state.SkipWithError(report.reason.c_str());
    statistics = runner->statistics();
  }
  const auto tokens = static_cast<double>(chain.prompt.size() + chain.generated.size());
  state.counters["L"] = tokens;
  state.counters["tokens_per_s"] = benchmark::Counter(tokens, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["madds_per_token"] = static_cast<double>(statistics.multiply_adds) / tokens;
  state.counters["cache_MiB"] = static_cast<double>(statistics.cache_bytes) / (1 << 20);
  state.counters["peak_MiB"] = peak_memory_mib();
}

void verify(benchmark::State& state, const Case& c) {
  const Construction construction = compile_edit_distance(c.size, c.attention, c.schedule);
  RunOptions options{c.arithmetic, c.precision, Ideal{}};
  if (c.arithmetic != ArithmeticKind::exact) options.semantics = standard_sharpness(construction);
  measure(state, construction, construction.encode(random_strings(c.size)), options);
}

// An m-local problem, exactly, under its windows (sparse) or telescoping memory (linear).
struct LocalCase {
  std::string name;
  Problem problem;
  Inputs input;
};

void verify_local(benchmark::State& state, const LocalCase& c, AttentionKind attention) {
  std::vector<std::int64_t> lengths;
  for (const auto& sequence : c.input) lengths.push_back(static_cast<std::int64_t>(sequence.size()));
  const Construction construction = compile(c.problem, lengths, attention, Schedule::narrow);
  measure(state, construction, construction.encode(c.input), {ArithmeticKind::exact});
}

// m numbers below 10 and enough steps for L = 20,000; random expressions over F_11 of 31 and 53 symbols (L = 304 and 810).
std::vector<LocalCase> local_cases() {
  std::mt19937 generator(2024);
  Inputs numbers(1);
  for (int t = 0; t < 256; ++t) numbers[0].push_back(static_cast<std::int64_t>(generator() % 10));
  std::vector<LocalCase> cases{{"lagged-recurrence/256", lagged_recurrence(256, 20'000 - 256 - 3, 10), numbers}};
  for (const std::int64_t size : {31, 53}) {
    std::vector<std::int64_t> expression;
    while (static_cast<std::int64_t>(expression.size()) != size)
      expression = random_expression(11, size, [&](std::uint64_t bound) { return generator() % bound; });
    cases.push_back({"arithmetic/" + std::to_string(size), arithmetic(11), {expression}});
  }
  return cases;
}

const bool registered = [] {
  std::vector<Case> cases;
  const auto add = [&](const std::string& name, ArithmeticKind arithmetic, unsigned precision,
                       Schedule schedule, const std::vector<std::int64_t>& sizes) {
    for (const AttentionKind attention : kAttentionKinds)
      for (const std::int64_t size : sizes)
        cases.push_back({name, arithmetic, precision, schedule, attention, size});
  };
  add("exact", ArithmeticKind::exact, 0, Schedule::narrow, {12, 24, 48, 100});
  add("exact", ArithmeticKind::exact, 0, Schedule::shallow, {12, 24, 48, 100});
  add("double", ArithmeticKind::machine_double, 0, Schedule::narrow, {12, 24});
  add("bits:53", ArithmeticKind::bits, 53, Schedule::narrow, {12, 24});
  add("interval:128", ArithmeticKind::interval, 128, Schedule::narrow, {12});
  for (const Case& c : cases)
    benchmark::RegisterBenchmark(c.name().c_str(), verify, c)->Unit(benchmark::kSecond);
  for (const LocalCase& c : local_cases())
    for (const AttentionKind attention : {AttentionKind::sparse, AttentionKind::linear})
      benchmark::RegisterBenchmark(("local/" + name(attention) + "/" + c.name).c_str(), verify_local, c, attention)
          ->Unit(benchmark::kSecond);
  return true;
}();

}  // namespace

}  // namespace wrought
