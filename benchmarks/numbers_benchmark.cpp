// One multiply-add acc += x·y of every number type, and what the smooth semantics adds. Names read
// numbers/OPERATION/ARITHMETIC. `halves` and `big` show MachineRational off its fast path: with denominators, and with
// numbers that do not fit into machine words.
#include <benchmark/benchmark.h>

#include <string>

#include "verifier/numbers/binary_float.hpp"
#include "verifier/numbers/exact.hpp"
#include "verifier/numbers/interval.hpp"
#include "verifier/numbers/machine_double.hpp"

namespace wrought {

namespace {

template <class A>
void add_product(benchmark::State& state, const A& arithmetic, const Rational& x, const Rational& y) {
  const auto a = arithmetic.from(x), b = arithmetic.from(y), minus_b = arithmetic.from(Rational(-y));
  auto sum = arithmetic.from(Rational(1));
  for (auto _ : state) {
    arithmetic.add_product(sum, a, b);
    benchmark::DoNotOptimize(sum);
    arithmetic.add_product(sum, a, minus_b);  // stay where we were
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(2 * state.iterations());
}

template <class A>
void gelu(benchmark::State& state, const A& arithmetic) {
  const auto x = arithmetic.from(Rational(7, 3));
  for (auto _ : state) benchmark::DoNotOptimize(arithmetic.gelu(x));
}

template <class A>
void exponential(benchmark::State& state, const A& arithmetic) {
  const auto x = arithmetic.from(Rational(-7, 3));
  for (auto _ : state) benchmark::DoNotOptimize(arithmetic.exp(x));
}

template <class A>
void add_smooth(const A& arithmetic) {
  benchmark::RegisterBenchmark(
      ("numbers/add_product/" + arithmetic.name()).c_str(),
      [=](benchmark::State& state) { add_product(state, arithmetic, Rational(355, 113), 7); });
  benchmark::RegisterBenchmark(("numbers/gelu/" + arithmetic.name()).c_str(),
                               [=](benchmark::State& state) { gelu(state, arithmetic); });
  benchmark::RegisterBenchmark(("numbers/exp/" + arithmetic.name()).c_str(),
                               [=](benchmark::State& state) { exponential(state, arithmetic); });
}

const bool registered = [] {
  const auto add_exact = [](const std::string& name, const Rational& x, const Rational& y) {
    benchmark::RegisterBenchmark(("numbers/add_product/exact:" + name).c_str(),
                                 [=](benchmark::State& state) { add_product(state, Exact{}, x, y); });
  };
  add_exact("integers", 355, 7);
  add_exact("halves", Rational(355, 2), 7);
  add_exact("big", Rational(Integer(1) << 70), 7);
  add_smooth(Double{});
  add_smooth(Bits(24));
  add_smooth(Bits(53));
  add_smooth(IntervalArithmetic(53));
  add_smooth(IntervalArithmetic(128));
  return true;
}();

}  // namespace

}  // namespace wrought
