#include "verifier/certificate/check.hpp"

#include <stdexcept>

namespace wrought::certificate {

namespace {

std::string shown(const Bounds& b) {
  return "[" + to_string(b.lo) + ", " + to_string(b.hi) + "] ± " + to_string(b.error) + (b.integer ? ", integer" : "") +
         (b.everywhere ? ", everywhere" : "");
}

void require_same(const Bounds& stated, const Bounds& derived, const std::string& where) {
  if (!(stated == derived)) throw Rejected{where, "stated is " + shown(stated) + ", derived " + shown(derived)};
}

Check compare(const Certificate& certificate, const Derived& derived) {
  for (QuantityId id = 0; id < certificate.quantities.size(); ++id) {
    const Quantity& q = certificate.quantities[id];
    require_same(q.bounds, derived.quantities[id], "quantity " + std::to_string(id) + " '" + q.name + "'");
  }
  for (std::size_t s = 0; s < certificate.steps.size(); ++s)
    if (const auto* claim = std::get_if<Claim>(&certificate.steps[s]))
      require_same(claim->bounds, derived.claims[s], "step " + std::to_string(s) + " (" + claim->rule + ")");
  if (certificate.output_errors != derived.output_errors)
    throw Rejected{"output errors", "they are not those that follow"};
  if (certificate.hypotheses != derived.hypotheses)
    throw Rejected{"hypotheses", "they are not those that the proof rests on"};
  for (const Rational& error : derived.output_errors)
    if (error >= Rational(1, 2)) return {Answer::unknown, "outputs", "an output may be off by 1/2 or more", derived.cases};
  return {Answer::accepted, "", "", derived.cases};
}

}  // namespace

Check check(const Certificate& certificate, const Network& network, const DerivationProgress& progress) {
  try {
    return compare(certificate, derive(certificate, network, progress));
  } catch (const Rejected& rejected) {
    return {Answer::rejected, rejected.where, rejected.reason, 0};
  } catch (const Unproved& unproved) {
    return {Answer::unknown, "", unproved.reason, 0};
  } catch (const std::out_of_range&) {
    return {Answer::rejected, "certificate", "a step has fewer parts than its rule needs", 0};
  }
}

}  // namespace wrought::certificate
