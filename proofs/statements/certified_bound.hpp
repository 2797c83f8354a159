// A lower bound on the width as a claim about networks: worked out for those that were built and beyond, and checked against
// everything that could contradict it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proofs/bounds/width.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

// The bound at one size.
struct BoundAt {
  std::int64_t size = 0;
  Integer length;         // L
  Integer log_length;     // ⌈log₂ L⌉
  NetworkClass networks;  // those built at other sizes, with the block size of this one
  Integer width;          // D >= this
};

struct BoundClaim {
  Family family;  // whose networks are built
  // The task whose chains are counted; those of the family tell as much or more.
  std::string chains_of;
  AttentionKind attention = AttentionKind::linear;
  std::vector<std::int64_t> counted_sizes;  // where all chains are counted
  TaskParameters counted_parameters;        // few symbols
  std::vector<std::int64_t> larger_sizes;   // where no network is built
  std::string law;                          // how the bound grows
  std::function<bool(const BoundAt&)> keeps_up;
};

struct CertifiedBound {
  bool holds = false;
  std::string text;
};

// Holds if (1) the number of chains in closed form agrees with enumeration, (2) no network that was built is narrower than its
// bound, all being right, with constant depth and heads, and (3) the bound grows as the law says.
CertifiedBound certify_bound(Evidence& evidence, const BoundClaim& claim);

// The claims of Theorems B.5 and B.6 and of Propositions C.1 and C.4.
BoundClaim linear_claim();
BoundClaim sparse_claim();
BoundClaim arithmetic_claim();
BoundClaim local_claim();

}  // namespace wrought::statements
