// What p-bit rounding does to what coordinates hold: how large that is, what sums of it lose, and where they lose nothing.
//
// Statement (sum_near_multiples). Let u = 2^-p, g a power of two, and let x_1, …, x_n and c_1, …, c_n be p-bit numbers. Let
// c_i x_i be within t_i of a multiple n_i of g, Σ |n_i| <= g·2^p, T = 2 Σ t_i < g·u/2, and (1 + u)^(2n) <= 2. Then Σ c_i x_i,
// every product and sum rounded to nearest, in any order, is Σ n_i exactly where that is not 0, and within T of it where it is.
//
// Proof. A multiple n of g with |n| <= g·2^p is a p-bit number, and a number less than |n|·u/2 away from n != 0 is rounded to
// it. What is near 0 grows by a factor of at most 1 + u at each rounding. So every partial sum is the multiple of g that is
// meant, or that is 0 and what is there instead is at most what has come in so far times (1 + u)^(2n). ∎
//
// So rounding makes integers exact, if the errors that come in are smaller than it: of integers other than 0 nothing is
// left of what GeLU and softmax add.
#pragma once

#include <optional>
#include <vector>

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/rules.hpp"
#include "verifier/certificate/wiring.hpp"

namespace wrought::certificate {

// A computed number that is a multiple of a power of two exactly, or near 0 where 0 is meant.
struct Multiple {
  Rational grid = 1;     // the power of two
  Rational off = 0;      // at most how far from 0, where 0 is meant
  Rational least = 1;    // at least how large it is meant to be, where not 0
  bool vanishes = true;  // whether 0 may be meant
};

// What heads add onto one coordinate.
struct Update {
  Bounds sum;                   // of what was there before and all that is added
  Rational size = 0;            // of all that is added, term by term, where the bounds hold
  Rational size_anywhere = 0;   // the same at any token
  std::size_t terms = 0;        // how many
  std::optional<Rational> off;  // of the last term, where 0 is meant, if it is exact wherever another integer is
};

class Rounding {
 public:
  // Keeps the references.
  Rounding(const Certificate& certificate, const Wiring& wiring, const Knowledge& knowledge);

  // What that many roundings do, relatively. Throws Unproved if that is not small.
  Rational relative(const Integer& roundings) const;

  // A row of a matrix times what coordinates hold: how large it is, term by term; what rounding does to it; and whether it is a
  // multiple.
  Rational size(const Row& row) const;
  Rational of_row(const Row& row) const;
  std::optional<Multiple> multiple(const Row& row) const;
  // The score of a query and a key, row by row: how far it is off, if it is exact up to that, which is less than u/8.
  std::optional<Rational> off_score(const std::vector<Row>& query, const std::vector<Row>& key) const;
  // The sum of what `tokens` tokens at most have in a row, all with weight 1, over a power of two and times that again: how far
  // it is off where 0 is meant, if it is exact elsewhere.
  std::optional<Rational> off_sum(const Row& row, const ExactWeights& weights, std::size_t tokens) const;

  // Whether the coordinate of a quantity held nothing before, or something of which bounds are known at every token.
  bool has_known_former(QuantityId id) const;

  // The embedding of an integer: its error.
  Rational embed(QuantityId id, const Bounds& bounds);
  // The error of a feed-forward quantity: that of its rules and that of its linear part, which is no content, and of rounding.
  // `held`: at most how large its content is meant to be; `complete`: whether the network has all its hidden units.
  Rational add_units(QuantityId id, const Bounds& bounds, const Rational& linear_error, const Rational& held, bool complete);
  // The error of an attention quantity. `is_integer`: whether one is meant wherever its bounds hold.
  Rational add_update(QuantityId id, const Update& update, bool is_integer);

 private:
  struct Content {
    Rational size = 0;                 // where the quantity's bounds hold
    Rational size_anywhere = 0;        // at any token
    std::optional<Multiple> multiple;  // where the quantity's bounds hold
  };

  // What a coordinate held before, seen from where the bounds of its new tenant hold.
  Content former(QuantityId id, bool everywhere) const;
  Rational left_of(const Content& former) const;
  Rational of_argument(const Row& row) const;  // of a hidden unit, before κ
  Rational of_units(QuantityId id, const Rational& size, bool everywhere) const;
  std::optional<Multiple> units_multiple(QuantityId id, bool everywhere) const;
  Rational units_anywhere(QuantityId id, bool complete) const;
  std::optional<Rational> former_off(const Content& former) const;
  // The sum of terms that are multiples of `grid`, of that size together and off by that much; nothing if they are too large or
  // too far off.
  std::optional<Multiple> sum(const Rational& grid, const Rational& size, const Rational& off, std::size_t terms) const;

  const Certificate& certificate_;
  const Wiring& wiring_;
  const Knowledge& knowledge_;
  Rational unit_;  // u
  Rational gap_;   // of GeLU, anywhere
  std::vector<Content> contents_;
};

}  // namespace wrought::certificate
