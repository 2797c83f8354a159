// How long it takes to build the weights. Names read compile/SCHEDULE/ATTENTION/SIZE.
#include <benchmark/benchmark.h>

#include <string>

#include "edit_distance_case.hpp"

namespace wrought {

namespace {

void compile_construction(benchmark::State& state, AttentionKind kind, Schedule schedule, std::int64_t size) {
  Shape built;
  for (auto _ : state) built = shape(compile_edit_distance(size, kind, schedule).network());
  state.counters["L"] = static_cast<double>(built.length);
  state.counters["D"] = static_cast<double>(built.width);
  state.counters["D_paper"] = static_cast<double>(built.paper_width);
  state.counters["layers"] = static_cast<double>(built.layers);
  state.counters["nonzero"] = static_cast<double>(built.nonzero_parameters);
}

const bool registered = [] {
  for (const Schedule schedule : {Schedule::narrow, Schedule::shallow})
    for (const AttentionKind kind : kAttentionKinds)
      for (const std::int64_t size : {12, 24, 48, 100})
        benchmark::RegisterBenchmark(
            ("compile/" + name(schedule) + "/" + name(kind) + "/" + std::to_string(size)).c_str(),
            compile_construction, kind, schedule, size)
            ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace

}  // namespace wrought
