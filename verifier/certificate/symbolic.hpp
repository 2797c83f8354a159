// The intended run of a certificate, with unknowns for lengths, coordinates and values: what every quantity is at a token
// that generates, case by case.
//
// Cases: the token is the last separator, or a state whose loops from k + 1 inwards are at their upper bounds, or the last
// state. Where a comparison of lengths and coordinates is undecided in a case, the case splits in two. In the end every
// quantity is a polynomial over unknowns in every case, and so is what the dynamic program says that comes next: position
// identities are identities of polynomials, and compiled functions equal their defining expressions term by term.
// In a chain that rewrites the cases are where the next symbol stands (rewriting_case.hpp).
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "verifier/certificate/case.hpp"
#include "verifier/certificate/certificate.hpp"
#include "verifier/network/network.hpp"

namespace wrought::certificate {

// All cases, with every quantity's meaning in each.
class SymbolicRun {
 public:
  // Follows the intended run through all cases, and checks in each that the outputs are the token that the dynamic program
  // says comes next. Throws Unproved.
  SymbolicRun(const Certificate& certificate, const Network& network);
  ~SymbolicRun();

  // Whether lo <= form <= hi at every token that generates, in all cases.
  bool within(const Form& form, const Rational& lo, const Rational& hi) const;
  bool is_integer(const Form& form) const;
  // Whether the run gives a quantity a meaning of its own.
  bool follows(QuantityId id) const;
  std::size_t cases() const;
  // Fields that keep to their ranges by hypothesis: it does not follow from the transition by induction.
  std::set<std::size_t> fields_at_large() const;

 private:
  class Leaf;
  void explore(const Certificate& certificate, const Network& network, const Assumptions& assumptions);

  std::vector<std::unique_ptr<Leaf>> leaves_;
};

}  // namespace wrought::certificate
