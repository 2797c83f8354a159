// Certificates: how long it takes to derive one at a given precision, to search the least precision, and to check one. Names read
// certify/derive|search|check/ATTENTION/SIZE.
#include <benchmark/benchmark.h>

#include <string>

#include "edit_distance_case.hpp"
#include "proofs/certificate/least_precision.hpp"
#include "verifier/certificate/check.hpp"

namespace wrought {

namespace {

Certified certify_edit_distance(const Construction& construction, benchmark::State& state) {
  Certified certified = certify_least(construction, {});
  if (!certified.certificate) state.SkipWithError(certified.reason.c_str());
  state.counters["L"] = static_cast<double>(construction.network().max_length);
  state.counters["p"] = certified.precision;
  return certified;
}

void search(benchmark::State& state, AttentionKind kind, std::int64_t size) {
  const Construction construction = compile_edit_distance(size, kind, Schedule::narrow);
  for (auto _ : state) certify_edit_distance(construction, state);
}

void derive(benchmark::State& state, AttentionKind kind, std::int64_t size) {
  const Construction construction = compile_edit_distance(size, kind, Schedule::narrow);
  const Certified certified = certify_edit_distance(construction, state);
  for (auto _ : state)
    benchmark::DoNotOptimize(certify(construction, certified.sharpness, certified.precision));
}

void check_certificate(benchmark::State& state, AttentionKind kind, std::int64_t size) {
  const Construction construction = compile_edit_distance(size, kind, Schedule::narrow);
  const Certified certified = certify_edit_distance(construction, state);
  for (auto _ : state)
    if (certificate::check(*certified.certificate, construction.network()).answer != certificate::Answer::accepted)
      state.SkipWithError("not accepted");
}

using Run = void (*)(benchmark::State&, AttentionKind, std::int64_t);

const bool registered = [] {
  for (const std::int64_t size : {8, 64, 512})
    for (const AttentionKind kind : kAttentionKinds)
      for (const auto& [what, run] : std::initializer_list<std::pair<std::string, Run>>{
               {"derive", derive}, {"search", search}, {"check", check_certificate}})
        benchmark::RegisterBenchmark(
            ("certify/" + what + "/" + name(kind) + "/" + std::to_string(size)).c_str(), run, kind, size)
            ->Unit(benchmark::kMillisecond)
            ->Iterations(1);
  return true;
}();

}  // namespace

}  // namespace wrought
