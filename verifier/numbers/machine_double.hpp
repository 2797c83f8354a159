// IEEE double arithmetic: fast, and without any guarantee beyond the rounding of each single operation.
#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string>

#include "verifier/numbers/arithmetic.hpp"

namespace wrought {

// Division by zero, overflow and the like follow IEEE 754; enclosure() then has nothing to say. A NaN has
// sign 0 and is less than nothing.
struct Double {
  using Value = double;

  std::string name() const { return "double"; }
  Value from(const Rational& value) const { return nearest_double(value); }
  Value from(std::int64_t integer) const { return static_cast<double>(integer); }

  bool is_zero(Value x) const { return x == 0; }
  void add(Value& acc, Value x) const { acc += x; }
  void subtract(Value& acc, Value x) const { acc -= x; }
  void multiply(Value& acc, Value x) const { acc *= x; }
  void divide(Value& acc, Value x) const { acc /= x; }
  void add_product(Value& acc, Value x, Value y) const { acc += x * y; }

  int sign(Value x) const { return (x > 0) - (x < 0); }
  bool less(Value x, Value y) const { return x < y; }
  bool likely_less(Value x, Value y) const { return x < y; }

  // x Phi(x). Relative error a few ulp for x >= -1; further left it grows like x^2 ulp, because the rounding
  // of x/sqrt(2) is amplified by the steepness of erfc. Through erfc, since 1 + erf cancels for x < 0.
  Value gelu(Value x) const {
    const double phi = std::erfc(-x / std::numbers::sqrt2) / 2;
    return phi == 0 ? 0 : x * phi;  // also for x = -infinity
  }
  Value exp(Value x) const { return std::exp(x); }
  Value elu_plus_one(Value x) const { return x >= 0 ? x + 1 : std::exp(x); }

  std::optional<Enclosure> enclosure(Value x) const {
    if (!std::isfinite(x)) return std::nullopt;
    const Rational value(x);
    return Enclosure{value, value};
  }
  // The shortest text that reads back as the same double.
  std::string text(Value x) const {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof(buffer), x).ptr);
  }
};

static_assert(OrderedArithmetic<Double> && SmoothArithmetic<Double>);

}  // namespace wrought
