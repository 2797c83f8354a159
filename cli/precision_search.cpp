#include "cli/precision_search.hpp"

#include <functional>

namespace wrought::cli {

namespace {

// The smallest whole number in 1..enough that holds, where `enough` does and larger numbers hold when smaller ones do.
std::int64_t bisect(std::int64_t enough, const std::function<bool(std::int64_t)>& holds) {
  std::int64_t too_small = 0;
  while (enough - too_small > 1) {
    const std::int64_t middle = too_small + (enough - too_small) / 2;
    (holds(middle) ? enough : too_small) = middle;
  }
  return enough;
}

}  // namespace

std::optional<Witness> first_failure(const Job& job, const Construction& construction, unsigned bits,
                                     const Sharpness& sharpness) {
  const auto runner = make_runner(construction.network(), {ArithmeticKind::bits, bits, sharpness});
  for (std::size_t i = 0; i < job.inputs.size(); ++i) {
    const ChainOfThought chain = construction.encode(job.inputs[i].sequences);
    Report report = check(*runner, chain.prompt, chain.generated);
    if (report.verdict != Verdict::verified) return Witness{i, std::move(report)};
  }
  return std::nullopt;
}

std::optional<LeastPrecision> least_precision(const Job& job, const Construction& construction,
                                              const Sharpness& sharpness, unsigned most) {
  LeastPrecision least;
  for (least.bits = 2; least.bits <= most; ++least.bits) {
    std::optional<Witness> failure = first_failure(job, construction, least.bits, sharpness);
    if (!failure) return least;
    least.witness = std::move(failure);
  }
  return std::nullopt;
}

Sharpness least_sharpness(const Job& job, const Construction& construction, unsigned bits,
                          const Sharpness& sharpness) {
  const auto least = [&](Rational Sharpness::*number) {
    const std::int64_t enough = (-floor(-(sharpness.*number))).convert_to<std::int64_t>();
    return Rational(bisect(enough, [&](std::int64_t candidate) {
      Sharpness tried = sharpness;
      tried.*number = candidate;
      return !first_failure(job, construction, bits, tried);
    }));
  };
  const bool linear = construction.network().attention.is_linear();
  return {least(&Sharpness::kappa), linear ? sharpness.tau : least(&Sharpness::tau),
          linear ? least(&Sharpness::lambda) : sharpness.lambda};
}

}  // namespace wrought::cli
