// The error calculus (mathematics.md §7): bounds on every quantity of a certificate, rule by rule, from the network and the
// structure of the certificate alone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/symbolic.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought::certificate {

struct Derived {
  std::vector<Bounds> quantities;
  std::vector<Bounds> claims;  // by step; empty bounds where the step is no claim
  std::vector<Rational> output_errors;
  std::size_t cases = 0;                // of the symbolic run
  std::vector<std::string> hypotheses;  // about the problem, that the proof rests on
};

// Called before every step with its number and the number of steps.
using DerivationProgress = std::function<void(std::size_t step, std::size_t steps)>;

// Throws Rejected where the certificate says what is not so, Unproved where a rule's premises cannot be shown; the stated
// bounds are not read.
Derived derive(const Certificate& certificate, const Network& network, const DerivationProgress& progress = {});

}  // namespace wrought::certificate
