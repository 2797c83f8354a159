#include "proofs/certificate/least_precision.hpp"

#include <algorithm>

#include "constructions/sharpness.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought {

namespace {

class Search {
 public:
  Search(const Construction& construction, const certificate::DerivationProgress& progress)
      : construction_(construction), progress_(progress) {}

  // Keeps the certificate if its outputs are off by less than 1/2.
  bool holds(const Sharpness& sharpness, unsigned precision) {
    try {
      certificate::Certificate c = certify(construction_, sharpness, precision, progress_);
      const auto worst = std::max_element(c.output_errors.begin(), c.output_errors.end());
      if (*worst >= Rational(1, 2)) {
        reason_ = "an output may be off by " + std::to_string(nearest_double(*worst)) + ", not below 1/2";
        return false;
      }
      best_ = {std::move(c), sharpness, precision, ""};
      return true;
    } catch (const certificate::Unproved& unproved) {
      reason_ = unproved.reason;
      return false;
    }
  }

  // The least p at which it holds: all below have been seen to fail or lie below one that has.
  bool least(const Sharpness& sharpness) {
    constexpr unsigned most = 1024;
    unsigned fails = 1, works = 32;
    while (works <= most && !holds(sharpness, works)) {
      fails = works;
      works *= 2;
    }
    if (works > most) return false;
    while (works - fails > 1) {
      const unsigned middle = fails + (works - fails) / 2;
      (holds(sharpness, middle) ? works : fails) = middle;
    }
    return true;
  }

  Certified take() {
    best_.reason = best_.certificate ? "" : reason_;
    return std::move(best_);
  }

 private:
  const Construction& construction_;
  const certificate::DerivationProgress& progress_;
  Certified best_;
  std::string reason_;
};

// Multiplying by a power of two rounds nothing, so that hidden units, scores and features of integers are exact
// (sum_near_multiples); for that what softmax and GeLU add must be smaller than rounding is, hence more than is standard. Look-ups
// multiply what their features and weights are off by the number of tokens, one after the other, hence more still for these.
Rational power_of_two_ge(const Rational& x) {
  Rational power = 1;
  while (power < x) power *= 2;
  return power;
}

}  // namespace

Sharpness certificate_sharpness(const Construction& construction) {
  const Sharpness standard = standard_sharpness(construction);
  const auto raised = [](const Rational& factor, const Rational& x) { return power_of_two_ge(factor * x); };
  return {raised(Rational(3, 2), standard.kappa), raised(6, standard.tau), raised(6, standard.lambda)};
}

Certified certify_least(const Construction& construction, const CertificateWish& wish,
                        const certificate::DerivationProgress& progress) {
  const Sharpness least = certificate_sharpness(construction);
  Search search(construction, progress);
  Sharpness sharpness;
  Rational raised = 1;
  for (int attempt = 0; attempt < 3; ++attempt, raised *= 2) {
    sharpness = {wish.kappa.value_or(raised * least.kappa), wish.tau.value_or(raised * least.tau),
                 wish.lambda.value_or(raised * least.lambda)};
    if (wish.precision ? search.holds(sharpness, *wish.precision) : search.least(sharpness)) break;
    if (wish.kappa && wish.tau && wish.lambda) break;
  }
  Certified result = search.take();
  if (!result.certificate) result.sharpness = sharpness, result.precision = wish.precision.value_or(0);
  return result;
}

}  // namespace wrought
