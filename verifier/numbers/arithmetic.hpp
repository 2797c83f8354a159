// What a kind of numbers must offer to run a network.
//
// An *arithmetic* is a small copyable object that knows how to compute: a precision, say. Its values are
// plain data of type A::Value. No precision is global, so two arithmetics can be used side by side.
//
//     arithmetic           a value is                           an operation is
//     Exact                a rational                           exact
//     IntervalArithmetic   an interval                          an enclosure of every possible exact result
//     Bits                 a p-bit binary float                 exact, then rounded to nearest
//     Double               a double                             exact, then rounded to nearest
//
// A::Value{} is zero in each of them. (With the braces: a double without them is not initialized.)
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "verifier/numbers/rational.hpp"

namespace wrought {

// All that is known about a number: lower <= number <= upper, both ends exact.
struct Enclosure {
  Rational lower;
  Rational upper;
};

// name          such as "exact", "double", "interval:128", "bits:24"
// from          exact, enclosing, or rounded once
// is_zero       exactly zero, so that a product with it may be left out. (A factor enclosed by an unbounded
//               interval still stands for a real number, and zero times a real number is zero.)
// add, ...      acc op= x; x may be acc itself
// add_product   acc += x*y. With p-bit floats and doubles the product is rounded, then the sum: no fused
//               operation, since a Transformer's p-bit arithmetic has none
// enclosure     exact bounds of the value, or 0 and ±2^-(2^20) (mpfr_enclosure.hpp); none where a bound is infinite or the value is
//               not a number
// text          for people, not for certificates; an interval is printed rounded outward
template <class A>
concept Arithmetic = std::copyable<A> && std::semiregular<typename A::Value> &&
    requires(const A& a, typename A::Value& acc, const typename A::Value& x, const typename A::Value& y,
             const Rational& rational, std::int64_t integer) {
  { a.name() } -> std::same_as<std::string>;
  { a.from(rational) } -> std::same_as<typename A::Value>;
  { a.from(integer) } -> std::same_as<typename A::Value>;
  { a.is_zero(x) } -> std::same_as<bool>;
  a.add(acc, x);
  a.subtract(acc, x);
  a.multiply(acc, x);
  a.divide(acc, x);
  a.add_product(acc, x, y);
  { a.enclosure(x) } -> std::same_as<std::optional<Enclosure>>;
  { a.text(x) } -> std::same_as<std::string>;
};

// Signs and comparisons are always decided.
template <class A>
concept OrderedArithmetic = Arithmetic<A> &&
    requires(const A& a, const typename A::Value& x, const typename A::Value& y) {
  { a.sign(x) } -> std::same_as<int>;
  { a.less(x, y) } -> std::same_as<bool>;
};

// The functions of the smooth semantics.
//
// gelu           x Phi(x), Phi the standard normal distribution function
// exp            e^x
// elu_plus_one   x + 1 for x >= 0, e^x for x <= 0
// likely_less    a guess at x < y. Only for choices where every answer is valid, such as the number
// subtracted
//                from all logits of a softmax; never for a decision
template <class A>
concept SmoothArithmetic = Arithmetic<A> &&
    requires(const A& a, const typename A::Value& x, const typename A::Value& y) {
  { a.gelu(x) } -> std::same_as<typename A::Value>;
  { a.exp(x) } -> std::same_as<typename A::Value>;
  { a.elu_plus_one(x) } -> std::same_as<typename A::Value>;
  { a.likely_less(x, y) } -> std::same_as<bool>;
};

}  // namespace wrought
