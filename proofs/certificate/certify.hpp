// Certificates of constructions: the structure from the program that was laid out, the numbers from the error calculus.
#pragma once

#include "constructions/compile.hpp"
#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/derivation.hpp"

namespace wrought {

// The problem of a construction as a certificate states it.
certificate::Statement state(const Construction& construction);

// Every step and every quantity, without any bounds.
certificate::Certificate outline(const Construction& construction, const Sharpness& sharpness, unsigned precision);

// The same with bounds. Throws certificate::Unproved if they do not follow at this sharpness and precision.
certificate::Certificate certify(const Construction& construction, const Sharpness& sharpness, unsigned precision,
                                 const certificate::DerivationProgress& progress = {});

}  // namespace wrought
