// Every quantity is defined once, from what is known before its step: so no derivation goes round in a circle.
#pragma once

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought::certificate {

// Throws Rejected otherwise, naming the step.
void require_definition_order(const Certificate& certificate, const Wiring& wiring);

}  // namespace wrought::certificate
