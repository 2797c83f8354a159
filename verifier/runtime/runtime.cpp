#include "verifier/runtime/runtime.hpp"

#include "verifier/numbers/binary_float.hpp"
#include "verifier/numbers/exact.hpp"
#include "verifier/numbers/interval.hpp"
#include "verifier/numbers/machine_double.hpp"
#include "verifier/runtime/forward_pass.hpp"
#include "verifier/runtime/models.hpp"

namespace wrought {

namespace {

template <class Arithmetic>
std::unique_ptr<Runner> ideal(const Network& network, Arithmetic arithmetic) {
  using Model = detail::IdealModel<Arithmetic>;
  return std::make_unique<detail::ForwardPass<Model>>(network, Model{std::move(arithmetic)});
}

template <class Arithmetic>
std::unique_ptr<Runner> smooth(const Network& network, Arithmetic arithmetic, const Sharpness& sharpness) {
  using Model = detail::SmoothModel<Arithmetic>;
  return std::make_unique<detail::ForwardPass<Model>>(network, Model{std::move(arithmetic), sharpness});
}

}  // namespace

std::unique_ptr<Runner> make_runner(const Network& network, const RunOptions& options) {
  if (const auto malformation = find_malformation(network))
    throw std::invalid_argument("malformed network: " + *malformation);
  const Sharpness* sharpness = std::get_if<Sharpness>(&options.semantics);
  if (sharpness && (sharpness->kappa <= 0 || sharpness->tau <= 0 || sharpness->lambda <= 0))
    throw std::invalid_argument("the sharpness κ, τ, λ must be positive");

  switch (options.arithmetic) {
    case ArithmeticKind::exact:
      if (sharpness) throw std::invalid_argument("exact arithmetic runs the ideal semantics, which has no sharpness");
      return ideal(network, Exact{});
    case ArithmeticKind::machine_double:
      return sharpness ? smooth(network, Double{}, *sharpness) : ideal(network, Double{});
    case ArithmeticKind::interval:
      if (!sharpness) throw std::invalid_argument("interval arithmetic runs the smooth semantics: give a sharpness");
      return smooth(network, IntervalArithmetic(options.precision), *sharpness);
    case ArithmeticKind::bits:
      if (!sharpness) throw std::invalid_argument("p-bit arithmetic runs the smooth semantics: give a sharpness");
      return smooth(network, Bits(options.precision), *sharpness);
  }
  throw std::invalid_argument("no such arithmetic");
}

}  // namespace wrought
