// The precision and the sharpness at which a construction is certified.
#pragma once

#include <optional>
#include <string>

#include "proofs/certificate/certify.hpp"

namespace wrought {

// What is fixed beforehand; the rest is chosen.
struct CertificateWish {
  std::optional<Rational> kappa, tau, lambda;
  std::optional<unsigned> precision;
};

struct Certified {
  std::optional<certificate::Certificate> certificate;  // none: `reason` says why
  Sharpness sharpness;
  unsigned precision = 0;
  std::string reason;
};

// Standard sharpness, and the least p at which the certificate holds with it. Where it holds at no p, the sharpness that is
// free is raised by a quarter, up to four times.
Certified certify_least(const Construction& construction, const CertificateWish& wish,
                        const certificate::DerivationProgress& progress = {});

}  // namespace wrought
