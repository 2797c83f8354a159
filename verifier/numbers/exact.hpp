// Exact rational arithmetic: no rounding anywhere. For the ideal semantics.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "verifier/numbers/arithmetic.hpp"
#include "verifier/numbers/machine_rational.hpp"

namespace wrought {

struct Exact {
  using Value = MachineRational;

  std::string name() const { return "exact"; }
  Value from(const Rational& value) const { return Value(value); }
  Value from(std::int64_t integer) const { return Value(integer); }

  bool is_zero(const Value& x) const { return x.is_zero(); }
  void add(Value& acc, const Value& x) const { acc += x; }
  void subtract(Value& acc, const Value& x) const { acc -= x; }
  void multiply(Value& acc, const Value& x) const { acc *= x; }
  // Throws std::domain_error where x is zero.
  void divide(Value& acc, const Value& x) const { acc /= x; }
  void add_product(Value& acc, const Value& x, const Value& y) const { acc.add_product(x, y); }

  int sign(const Value& x) const { return x.sign(); }
  bool less(const Value& x, const Value& y) const { return x < y; }

  std::optional<Enclosure> enclosure(const Value& x) const {
    const Rational value = x.to_rational();
    return Enclosure{value, value};
  }
  std::string text(const Value& x) const { return to_string(x.to_rational()); }
};

static_assert(OrderedArithmetic<Exact>);

}  // namespace wrought
