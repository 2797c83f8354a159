// Affine functions of parameters, and boxes of parameters: exact, possibly unbounded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "constructions/residual/form.hpp"

namespace wrought::lemmas {

// A closed interval; a missing end is infinite.
struct Span {
  std::optional<Rational> lo, hi;

  static Span of(Rational lo, Rational hi) { return {std::move(lo), std::move(hi)}; }
  static Span at(const Rational& x) { return {x, x}; }
  static Span from(Rational lo) { return {std::move(lo), std::nullopt}; }
  static Span up_to(Rational hi) { return {std::nullopt, std::move(hi)}; }
  static Span everything() { return {}; }

  bool is_bounded() const { return lo && hi; }
};

Span operator+(const Span& a, const Span& b);
Span operator*(const Rational& factor, const Span& a);
// The larger of |lo| and |hi|; nothing if infinite.
std::optional<Rational> magnitude(const Span& span);
// "[0, 1/2]", "(-oo, 3]", "7" for a single point.
std::string to_string(const Span& span);

// One span per parameter.
using Box = std::vector<Span>;

// constant + Σ slopes[i] · t_i; parameters beyond the end have slope 0.
struct Affine {
  Rational constant = 0;
  std::vector<Rational> slopes;

  Affine() = default;
  Affine(int value) : constant(value) {}              // NOLINT: numbers are affine
  Affine(const Rational& value) : constant(value) {}  // NOLINT

  static Affine parameter(std::size_t i);

  Affine& operator+=(const Affine& other);
  Affine& operator*=(const Rational& factor);
};

Affine operator+(Affine a, const Affine& b);
Affine operator-(Affine a, const Affine& b);
Affine operator*(const Rational& factor, Affine a);

// Exactly the values that the function takes on the box.
Span range_over(const Affine& function, const Box& box);

// What the registers of a form hold, as functions of the parameters.
using Values = std::map<Register, Affine, RegisterOrder>;

// Throws std::out_of_range for a register without a value.
Affine substitute(const Form& form, const Values& values);

}  // namespace wrought::lemmas
