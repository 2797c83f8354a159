// What a derivation knows so far: bounds of quantities, facts about forms, and the symbolic run.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/symbolic.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought::certificate {

// Where something is proved.
enum class Scope { nowhere, generating, everywhere };

class Knowledge {
 public:
  Knowledge(const Certificate& certificate, const Network& network, const Wiring& wiring);

  void use(const SymbolicRun& run) { run_ = &run; }
  void set(QuantityId id, Bounds bounds);
  // The intended range of what the coordinate of a quantity holds.
  void set_held(QuantityId id, const Rational& lo, const Rational& hi) { held_[id] = {lo, hi}; }
  // `bounds` (range, integrality, scope) of a form, from a claim. Its error says nothing new.
  void learn(const Form& form, const Bounds& bounds);

  const Bounds& bounds(QuantityId id) const { return bounds_[id]; }
  const std::vector<Bounds>& all() const { return bounds_; }

  // Bounds of a form: the range from its quantities and from facts, the errors of its quantities added up.
  Bounds value(const Form& form) const;
  // The same from its quantities alone: quicker, and wider.
  Bounds plain_value(const Form& form) const;

  Scope within(const Form& form, const Rational& lo, const Rational& hi) const;
  Scope integer(const Form& form) const;
  Scope at_most(const Form& form, const Rational& hi) const;

  const Certificate& certificate() const { return certificate_; }
  const Network& network() const { return network_; }
  // Whether a form is one quantity and that a position feature with value f(p) at every p.
  bool is_feature(const Form& form, const std::function<std::int64_t(std::int64_t)>& f) const;

 private:
  struct Interval {
    Rational lo, hi;
  };
  struct Fact {
    Form form;
    Bounds bounds;
  };

  Interval naive(const Form& form) const;
  Interval interval(const Form& form, Scope scope, int depth) const;
  std::optional<Interval> by_definition(const Form& form, QuantityId id, Scope scope, int depth) const;
  // Whether the symbolic run shows it, what it knows nothing of being bounded by the quantities themselves.
  bool symbolically_within(const Form& form, const Rational& lo, const Rational& hi) const;
  Interval held_interval(const Form& form) const;
  bool is_everywhere(const Form& form) const;

  const Certificate& certificate_;
  const Network& network_;
  const Wiring& wiring_;
  const SymbolicRun* run_ = nullptr;
  std::vector<Interval> held_;
  std::vector<Bounds> bounds_;
  std::map<QuantityId, std::vector<Fact>> facts_;  // by the last quantity of the form
};

}  // namespace wrought::certificate
