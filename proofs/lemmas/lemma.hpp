// The lemmas behind the constructions, each with checks of its statements over their whole domains.
//
// One stem per lemma: proofs/lemmas/NAME.md proves it, constructions/… builds it, the statements' names are what certificates
// and tests call it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "proofs/lemmas/claim.hpp"

namespace wrought::lemmas {

// How a statement is checked.
enum class Method {
  case_analysis,  // exact: the affine pieces of a sum of ReLUs, all of them
  subdivision,    // boxes of real numbers, enclosures rounded outward
  enumeration,    // finitely many cases, each computed exactly
};

std::string name(Method method);

struct Statement {
  std::string name;    // says its conclusion: threshold_error_le
  std::string domain;  // every argument and parameter for which it was checked
  std::string bound;   // as a formula; "exact" for an identity
  Method method = Method::case_analysis;
  std::function<Claims()> claims;      // for the first two methods
  std::function<Finding()> enumerate;  // for the third

  Finding check(const Effort& effort = {}) const;
};

struct Lemma {
  std::string name;   // the stem of its files
  std::string paper;  // the paper's statement that it stands for, or where it is from
  std::vector<Statement> statements;
};

// In the order of docs/mathematics.md.
std::vector<Lemma> all_lemmas();

// Those of one file each.
std::vector<Lemma> step_lemmas();
std::vector<Lemma> gate_lemmas();
std::vector<Lemma> slot_lemmas();
std::vector<Lemma> smooth_lemmas();
std::vector<Lemma> attention_lemmas();
std::vector<Lemma> lookup_lemmas();
std::vector<Lemma> rewriting_lemmas();
std::vector<Lemma> rounding_lemmas();

}  // namespace wrought::lemmas
