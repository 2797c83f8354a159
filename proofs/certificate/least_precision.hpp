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

// The sharpness at which a construction is certified: powers of two, κ at least 3/2 of the standard one, τ and λ at least 6 times.
Sharpness certificate_sharpness(const Construction& construction);

// At certificate_sharpness() where none is wished for, doubled where the certificate then holds at no p, up to twice; and with it
// at the least p at which it holds.
Certified certify_least(const Construction& construction, const CertificateWish& wish,
                        const certificate::DerivationProgress& progress = {});

}  // namespace wrought
