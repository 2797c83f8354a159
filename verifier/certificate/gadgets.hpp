// The hidden units of each gadget (§3), written down once more from the lemmas' statements: the checker shares no code with
// what builds networks.
#pragma once

#include <vector>

#include "verifier/certificate/certificate.hpp"

namespace wrought::certificate {

struct Unit {
  Form argument;
  Rational weight;
};

// rule(arguments; numbers) = linear + Σ weight · R(argument).
struct Expansion {
  Form linear;
  std::vector<Unit> units;
};

// Throws Unproved for an unknown rule, or arguments and numbers that do not fit it.
Expansion expand(const Piece& piece);

// A sum of thresholds Σ weight · [x >= at] + constant, for the gadgets that are one.
struct Steps {
  Form x;
  Rational constant;
  std::vector<std::pair<Rational, Rational>> steps;  // (at, weight), in increasing order
};
std::optional<Steps> as_steps(const Piece& piece);

}  // namespace wrought::certificate
