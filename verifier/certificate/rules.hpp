// The transfer rules of gadgets and heads: the range and the error of a result from those of the arguments. One lemma, one
// rule; proofs in proofs/lemmas/.
#pragma once

#include <functional>
#include <optional>

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/knowledge.hpp"

namespace wrought::certificate {

// A gadget's result, before rounding. Throws Unproved if a premise cannot be shown.
Bounds apply(const Piece& piece, const Knowledge& knowledge, const Sharpness& sharpness);

// What a head's rule needs to know of the network around it.
struct HeadCircumstances {
  Sharpness sharpness;
  unsigned precision = 0;
  std::size_t length = 0;  // L: no token sees more
  Attention attention;
  Rational score_size;                // Σ_d |query_d| |key_d| at most, before τ
  Rational query_rounding;            // of a row of the query at most, before τ, λ included
  Rational key_rounding;              // of a row of the key at most, λ included
  Rational key_error;                 // Σ_d |query_d| · (how far the key's row may be off)
  std::optional<Rational> off_score;  // of any score, τ included, if scores are exact up to that (Rounding::off_score)
  bool keys_are_exact = false;        // whether every row of the key is a Multiple, λ included
  bool queries_are_exact = false;     // the same of the query, and less than u/8 off where 0 is meant; linear attention only
};

// Where rounding leaves nothing of what softmax or features are off: all tokens that are meant weigh exactly 1, and so does
// the anchor weigh a whole number.
struct ExactWeights {
  Rational leak;        // at most what all other tokens weigh together
  Rational anchor = 0;  // at most what the anchor weighs, whose value is 0
};

// What a head makes of any of its values.
struct HeadLemma {
  // Bounds on the weighted average, from those of the value at every token and the largest size that a token's coordinates may
  // give it.
  std::function<Bounds(const Bounds& value, const Form& form, const Rational& size)> average;
  std::optional<ExactWeights> exact;
  Rational scale = 1;  // a power of two; bounds and exactness speak of integers for scale times the average
};
HeadLemma apply(const HeadUse& head, const Knowledge& knowledge, const HeadCircumstances& at);

}  // namespace wrought::certificate
