// The checker: does a certificate prove what it says of a network?
#pragma once

#include <string>

#include "verifier/certificate/derivation.hpp"

namespace wrought::certificate {

enum class Answer { accepted, rejected, unknown };

struct Check {
  Answer answer = Answer::accepted;
  std::string where, reason;  // what is not so, or cannot be shown
  std::size_t cases = 0;      // of the symbolic run
};

// Derives every step again, compares every number and every matrix, and asks that no output be off by 1/2 or more.
Check check(const Certificate& certificate, const Network& network, const DerivationProgress& progress = {});

}  // namespace wrought::certificate
