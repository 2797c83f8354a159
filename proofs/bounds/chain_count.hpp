// How many chains of thought a task certainly has over inputs of given lengths: closed forms, each with a proof.
//
// A chain of thought is what is generated, from the first state to the answer, in the plain token format. (With telescoping
// memory tokens carry more; different chains stay different.) I, the information that must cross the cut between prompt and
// generation, is the logarithm of their number (§8).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "constructions/tasks/catalogue.hpp"
#include "proofs/bounds/enumeration.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought {

// A claim: there are at least `at_least` different chains of thought, or just that many.
struct ChainCount {
  Integer at_least = 1;
  bool is_exact = false;
  std::string formula;    // "10^1024"
  std::string statement;  // "chains_eq_of_reversed_sums"
  std::string proof;      // "proofs/bounds/reversed_sums.md"
};

// The lengths at which a task's chains are counted: the largest that are admissible within `size` and, for arithmetic, odd.
std::vector<std::int64_t> counted_lengths(const Task& task, std::size_t inputs, std::int64_t size);

// The closed form for a task of the catalogue, with every parameter given; nothing if there is none. Lengths are
// admissible ones, 1 or more.
std::optional<ChainCount> chains_ge(const std::string& task, const TaskParameters& parameters,
                                    const std::vector<std::int64_t>& lengths);

// What is wrong with a claim in view of all chains there are; empty if nothing.
std::string contradiction(const ChainCount& claim, const Enumeration& all);

// What is known of the chains of thought at one choice of lengths.
struct ChainEvidence {
  std::vector<std::int64_t> lengths;
  std::optional<ChainCount> closed_form;
  std::optional<Enumeration> enumerated;

  // The largest number of different chains that is certain.
  Integer at_least() const;
  bool is_exact() const { return enumerated || (closed_form && closed_form->is_exact); }
};

// How a task's chains of thought are found where the plain solver does not make them; nothing for the other tasks.
std::optional<OwnChains> own_chains(const Task& task, const TaskParameters& parameters, std::int64_t size);

// The closed form where there is one, and all chains where that is affordable, at counted_lengths().
ChainEvidence count_chains(const Task& task, const TaskParameters& parameters, const Problem& problem,
                           std::int64_t size);

// ⌈log₂ n⌉ for n >= 1: the least number of bits that tell n things apart.
Integer ceil_log2(const Integer& n);

// log₂ n for n >= 1, rounded down to a multiple of 1/10, or to a whole number where that is above 2^20.
Rational log2_ge(const Integer& n);

}  // namespace wrought
