// Interval arithmetic: every value is an interval that certainly holds the exact number. All rounding is
// outward; a run whose outputs are enclosed tightly enough is a proof.
#pragma once

#include <mpfi.h>
#include <mpfr.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "verifier/numbers/arithmetic.hpp"

namespace wrought {

// Owns one MPFI interval. Default-constructed it is [0, 0] and owns nothing; a moved-from value is that
// again. There are no comparison operators, on purpose: only endpoints compare (trap 1 of interval
// arithmetic).
class Interval {
 public:
  Interval() noexcept = default;
  Interval(const Interval& other);
  Interval(Interval&& other) noexcept : Interval() { swap(other); }
  Interval& operator=(const Interval& other);
  Interval& operator=(Interval&& other) noexcept {
    Interval taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Interval() {
    if (!is_blank()) mpfi_clear(interval_);
  }

  void swap(Interval& other) noexcept {
    const __mpfi_struct mine = *interval_;
    *interval_ = *other.interval_;
    *other.interval_ = mine;
  }

  bool is_blank() const noexcept {
    return interval_->left._mpfr_d == nullptr;
  }  // the default-constructed zero
  bool is_zero() const noexcept {
    return is_blank() || (mpfr_zero_p(&interval_->left) != 0 && mpfr_zero_p(&interval_->right) != 0);
  }

  // The interval to read. Valid while this value lives.
  mpfi_srcptr get() const noexcept;
  // The interval to write, made to have the given precision if it is blank. Throws std::logic_error where it
  // has another precision: the value then belongs to another arithmetic.
  mpfi_ptr writable(mpfr_prec_t bits);

 private:
  mpfi_t interval_ = {};  // without memory while blank
};

class IntervalArithmetic {
 public:
  using Value = Interval;

  // The precision of the endpoints, 2 <= bits <= 2^16; throws std::invalid_argument otherwise.
  explicit IntervalArithmetic(unsigned bits);

  unsigned bits() const { return static_cast<unsigned>(bits_); }
  std::string name() const;
  Value from(const Rational& value) const;
  Value from(std::int64_t integer) const;

  bool is_zero(const Value& x) const { return x.is_zero(); }  // the interval [0, 0]
  void add(Value& acc, const Value& x) const;
  void subtract(Value& acc, const Value& x) const;
  void multiply(Value& acc, const Value& x) const;
  // By an interval that holds zero: the whole line, since nothing is known then.
  void divide(Value& acc, const Value& x) const;
  void add_product(Value& acc, const Value& x, const Value& y) const;

  // Each holds the function's value at every point of x. Near the working precision the bounds are those of
  // the function at the ends of x, rounded outward; for an argument so far from zero that the exponential
  // part is below 2^-(4 bits), a proven tail bound stands in for it.
  Value gelu(const Value& x) const;
  Value exp(const Value& x) const;
  Value elu_plus_one(const Value& x) const;
  bool likely_less(const Value& x, const Value& y) const;  // compares upper ends

  std::optional<Enclosure> enclosure(const Value& x) const;
  std::string text(const Value& x) const;  // "[lower, upper]" in decimals, rounded outward

 private:
  mpfr_prec_t bits_;
};

static_assert(SmoothArithmetic<IntervalArithmetic>);

}  // namespace wrought
