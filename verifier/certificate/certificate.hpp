// A certificate: why a network does what a dynamic program says, for every admissible input at once, with real softmax,
// real GeLU and p-bit rounding.
//
// It names *quantities*: numbers that every token has in the intended run, such as "next i" or "the value fetched from
// x(t - 16)". A quantity is what one rule makes of earlier quantities, and some coordinate of the residual stream holds
// it, or it less a known affine form, from one stage to another. Stage 0 is the embedding, 2l + 1 follows the attention
// of layer l, 2l + 2 its feed-forward block. For every quantity a range and a bound on how far the real number is off.
//
// The format on disk, and what every rule says: docs/certificate.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "verifier/certificate/form.hpp"
#include "verifier/certificate/statement.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::certificate {

// factor · rule(arguments; numbers): one instance of a gadget's lemma (§3).
struct Piece {
  std::string rule;
  std::vector<Form> arguments;
  std::vector<Rational> numbers;
  Rational factor = 1;
};

// Where a quantity is held: `coordinate`, written from stage `written` to stage `complete`, read up to stage `last`, and
// emptied of its former tenant at feed-forward stage `cleared` (0: it had none).
struct Residence {
  std::size_t coordinate = 0, cleared = 0, written = 0, complete = 0, last = 0;
};

// What is proved of a quantity: lo <= intended value <= hi, |real value - intended value| <= error, whether the intended
// value is always an integer; and whether that holds at every token or only at those that generate one.
struct Bounds {
  Rational lo = 0, hi = 0, error = 0;
  bool integer = false, everywhere = false;

  friend bool operator==(const Bounds&, const Bounds&) = default;
};

enum class Origin { token, position, feed_forward, attention };

struct Quantity {
  std::string name;
  Origin origin = Origin::position;
  Residence at;
  Bounds bounds;

  std::size_t token_coordinate = 0;  // token: which integer of the token

  // Feed-forward: the quantity is rest + Σ pieces. If `keeps_linear`, the coordinate holds only what the hidden units
  // contribute, and the linear rest of the sum is added wherever the quantity is read.
  std::vector<Piece> pieces;
  Form rest;
  bool keeps_linear = false;

  std::optional<QuantityId> continues;  // attention: added onto this one, in the same coordinate
};

// A value that a head averages, and the quantities that its average is added to, with their weights.
struct HeadValue {
  Form value;
  std::vector<std::pair<QuantityId, Rational>> targets;
};

// One attention head as an instance of a lemma of §4.
struct HeadUse {
  std::size_t index = 0;  // in its layer
  std::string rule;
  std::vector<Form> arguments;
  std::vector<Rational> numbers;
  std::vector<HeadValue> values;
};

// What is known of an affine form by more than the bounds of its quantities.
struct Claim {
  std::string rule;
  std::vector<Form> arguments;
  std::vector<Rational> numbers;
  Form conclusion;
  Bounds bounds;  // of the conclusion
};

struct FeedForwardStep {
  std::vector<QuantityId> defines;
};
struct AttentionStep {
  std::size_t layer = 0;
  std::vector<HeadUse> heads;
  std::vector<QuantityId> defines;
};
using Step = std::variant<FeedForwardStep, AttentionStep, Claim>;

struct Certificate {
  Statement statement;                  // the dynamic program, bounds on its lengths, the token format
  Sharpness sharpness;
  unsigned precision = 0;               // bits of the significand
  std::vector<Quantity> quantities;     // quantity 0 is the constant 1
  std::vector<Step> steps;
  std::vector<Form> outputs;            // one per coordinate of a token
  std::vector<Rational> output_errors;  // each below 1/2
  std::vector<std::string> hypotheses;  // about the problem, that the proof rests on: no more and no fewer
};

}  // namespace wrought::certificate
