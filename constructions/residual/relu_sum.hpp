// What one feed-forward block can compute: a linear form plus a sum of weighted ReLUs of affine forms.
//
//     linear + Σ_k weight_k · R(argument_k)
//
// Gadgets are functions from forms to such sums; the sums add and scale like the functions they stand for.
#pragma once

#include <string>
#include <vector>

#include "constructions/residual/form.hpp"

namespace wrought {

// Which lemma a sum, or a part of it, is an instance of: factor · gadget(arguments; numbers). What a gadget's numbers are
// is said in docs/certificate.md. Certificates are made of these; nothing else reads them.
struct GadgetUse {
  std::string gadget;  // the stem of its file
  std::vector<Form> arguments;
  std::vector<Rational> numbers;
  Form linear;  // the linear part of factor · gadget, contained in the sum's
  Rational factor = 1;
};

// One hidden unit: its pre-activation and the weight with which it is read.
struct HiddenUnit {
  Form argument;
  Rational weight;
};

struct ReluSum {
  Form linear;
  std::vector<HiddenUnit> units;
  Range range;  // of the whole sum, in the ideal semantics; stated by the gadget that built it
  std::vector<GadgetUse> uses = {};

  ReluSum& operator+=(const ReluSum& other);
};

inline HiddenUnit relu(Form argument, Rational weight = 1) { return {std::move(argument), std::move(weight)}; }

// Sums add pointwise; so do their ranges, which a gadget that knows better replaces.
ReluSum operator+(ReluSum a, const ReluSum& b);
ReluSum operator-(ReluSum a, const ReluSum& b);
ReluSum operator*(const Rational& factor, ReluSum a);

// `sum` as one instance of a lemma, whatever it was put together from.
ReluSum instance_of(std::string gadget, std::vector<Form> arguments, std::vector<Rational> numbers, ReluSum sum);

// An affine form as a sum without units.
ReluSum linear(const Form& form);

ReluSum with_range(ReluSum sum, Range range);

}  // namespace wrought
