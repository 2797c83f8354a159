// Where what heads bring comes from.
#pragma once

#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

struct HeadSource {
  const HeadUse* head;
  const Form* value;
};

// The one head and the one of its values that a quantity is the mean of. Throws Unproved if more makes it up.
HeadSource single_source(const Certificate& certificate, QuantityId id);

// The quantity that a form is. Throws Unproved if it is more than that.
QuantityId single_quantity(const Form& form);

// How many tokens every token sees from itself backwards, itself included. Throws Unproved for a pattern other than standard
// and sparse attention.
Rational reach(const Network& network);
// Whether every token sees the one k tokens back, or the first one if there is none.
bool sees_back(const Network& network, const Rational& k);

// If a head looks for the token k back: k. Where there is none so far back it finds the first token, if that is seen.
std::optional<Rational> looks_back(const HeadUse& head, const Knowledge& knowledge);

}  // namespace wrought::certificate
