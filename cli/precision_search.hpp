// The least precision and the least sharpness at which a network still does its job on given inputs.
#pragma once

#include <optional>
#include <string>

#include "cli/job.hpp"
#include "verifier/check/check.hpp"

namespace wrought::cli {

// A run that failed: at which input, and where.
struct Witness {
  std::size_t input = 0;
  Report report;
};

// p-bit arithmetic at the given sharpness on every input of the job, in order; the first failure, or nothing.
std::optional<Witness> first_failure(const Job& job, const Construction& construction, unsigned bits,
                                     const Sharpness& sharpness);

struct LeastPrecision {
  unsigned bits = 0;               // every input verifies
  std::optional<Witness> witness;  // at one bit less; none at 2 bits
};

// The smallest p from 2 up at which all inputs verify; nothing if none up to `most` does.
std::optional<LeastPrecision> least_precision(const Job& job, const Construction& construction,
                                              const Sharpness& sharpness, unsigned most);

// The smallest whole numbers, each found with the other two as given, at which all inputs still verify with p bits. For
// softmax attention λ plays no part, for linear attention τ plays none: those stay as they are.
Sharpness least_sharpness(const Job& job, const Construction& construction, unsigned bits, const Sharpness& sharpness);

}  // namespace wrought::cli
