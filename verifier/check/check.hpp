// Does a network generate the expected tokens? Decode by rounding, compare, answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/runtime/runtime.hpp"

namespace wrought {

enum class Verdict { verified, refuted, unknown };

std::string name(Verdict verdict);

// The worse of two verdicts: refuted, then unknown, then verified.
Verdict worst(Verdict a, Verdict b);

// Where a run first left the expected tokens.
struct Difference {
  std::size_t position = 0;    // of the token, from 0
  std::size_t coordinate = 0;  // within the token
  std::int64_t expected = 0;
  std::string found;  // the coordinate's value before rounding
};

struct Report {
  Verdict verdict = Verdict::unknown;
  std::size_t tokens = 0;  // generated and found right
  // Half minus the largest distance of a decoded coordinate from its integer, over the tokens found right.
  std::optional<Rational> margin;
  std::optional<Difference> difference;  // set unless verified
  std::string reason;                    // why not verified; empty otherwise
};

// The integer k whose open cell (k - 1/2, k + 1/2) holds the whole enclosure, if there is one.
std::optional<Integer> decode(const Enclosure& enclosure);

// Feeds `prompt`, then generates as many tokens as `expected` holds and compares each with it. Stops at the first
// difference. With interval arithmetic "verified" and "refuted" are proofs; "unknown" says that an enclosure was too
// wide to decide. The prompt must not be empty.
Report check(Runner& runner, const std::vector<Token>& prompt, const std::vector<Token>& expected);

}  // namespace wrought
