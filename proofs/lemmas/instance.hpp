// One instance of a gadget, and claims about it: registers for its arguments, functions of named parameters for their values.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "proofs/lemmas/relu_claim.hpp"

namespace wrought::lemmas {

// The sharpnesses and errors at which smooth bounds are checked. Small κ is where GeLU is furthest from ReLU.
inline const std::vector<Rational> kappas{4, 8, 12, 20};
inline const std::vector<Rational> tolerances{0, Rational(1, 100), Rational(1, 10), Rational(6, 25)};
inline const char* const kappas_text = "κ in {4, 8, 12, 20}";
inline const char* const tolerances_text = "eps in {0, 1/100, 1/10, 6/25}";

// Arguments of gadgets.
class Arguments {
 public:
  Register add(const std::string& name, const Range& range) {
    registers_.push_back({registers_.size(), name, range});
    return &registers_.back();
  }

 private:
  std::deque<RegisterInfo> registers_;
};

// Named parameters with the spans they range over.
class Parameters {
 public:
  // The parameter as a function of the parameters.
  Affine add(const std::string& name, const Span& span) {
    names_.push_back(name);
    box_.push_back(span);
    return Affine::parameter(box_.size() - 1);
  }
  // An error of at most eps; no parameter where there is none.
  Affine error(const std::string& name, const Rational& eps) {
    return eps == 0 ? Affine(0) : add("error of " + name, Span::of(-eps, eps));
  }

  const std::vector<std::string>& names() const { return names_; }
  const Box& box() const { return box_; }

 private:
  std::vector<std::string> names_;
  Box box_;
};

// The bound of a statement at a sharpness; without κ the ideal semantics, where the statement is an identity.
struct Level {
  std::optional<Rational> kappa;
  Rational bound = 0;
};

inline std::unique_ptr<Claim> claim(const std::string& where, const Parameters& parameters,
                                    const ReluSum& sum, const Values& values, const Affine& target,
                                    const Level& level) {
  auto result = std::make_unique<ReluClaim>(sum, values, target, level.kappa);
  result->where = where + (level.kappa ? ", κ = " + to_string(*level.kappa) : "");
  result->parameters = parameters.names();
  result->box = parameters.box();
  result->bound = level.bound;
  return result;
}

inline void append(Claims& claims, Claims more) {
  for (auto& claim : more) claims.push_back(std::move(claim));
}

}  // namespace wrought::lemmas
