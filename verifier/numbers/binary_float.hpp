// Binary floating point with p bits for any p, rounded to nearest after every operation (ties to even): the
// log-precision arithmetic of the Transformer model. The exponent has its own word, so that nothing below
// 2^(2^29) in magnitude overflows and nothing above 2^-(2^29) underflows.
#pragma once

#include <mpfr.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "verifier/numbers/arithmetic.hpp"

namespace wrought {

// Owns one MPFR number. Default-constructed it is zero and owns nothing; a moved-from value is zero again.
class BinaryFloat {
 public:
  BinaryFloat() noexcept = default;
  BinaryFloat(const BinaryFloat& other);
  BinaryFloat(BinaryFloat&& other) noexcept : BinaryFloat() { swap(other); }
  BinaryFloat& operator=(const BinaryFloat& other);
  BinaryFloat& operator=(BinaryFloat&& other) noexcept {
    BinaryFloat taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~BinaryFloat() {
    if (!is_blank()) mpfr_clear(number_);
  }

  void swap(BinaryFloat& other) noexcept {
    const __mpfr_struct mine = *number_;
    *number_ = *other.number_;
    *other.number_ = mine;
  }

  bool is_blank() const noexcept { return number_->_mpfr_d == nullptr; }  // the default-constructed zero
  bool is_zero() const noexcept { return is_blank() || mpfr_zero_p(number_) != 0; }

  // The number to read. Valid while this value lives.
  mpfr_srcptr get() const noexcept;
  // The number to write, made to have the given precision if it is blank. Throws std::logic_error where it
  // has another precision: the value then belongs to another arithmetic.
  mpfr_ptr writable(mpfr_prec_t bits);

 private:
  mpfr_t number_ = {};  // without memory while blank
};

class Bits {
 public:
  using Value = BinaryFloat;

  // 2 <= p <= 2^16; throws std::invalid_argument otherwise.
  explicit Bits(unsigned p);

  unsigned bits() const { return static_cast<unsigned>(bits_); }
  std::string name() const;
  Value from(const Rational& value) const;
  Value from(std::int64_t integer) const;

  bool is_zero(const Value& x) const { return x.is_zero(); }
  void add(Value& acc, const Value& x) const;
  void subtract(Value& acc, const Value& x) const;
  void multiply(Value& acc, const Value& x) const;
  // Division by zero gives an infinity, or NaN for 0/0, and then enclosure() has nothing to say.
  void divide(Value& acc, const Value& x) const;
  void add_product(Value& acc, const Value& x, const Value& y) const;

  // The exact function, correctly rounded to p bits. One exception: where GeLU is within 2^-1200 ulp of the
  // middle between two p-bit numbers, it may be either. Where GeLU is below 2^-(2^29) it may be zero.
  Value gelu(const Value& x) const;
  Value exp(const Value& x) const;
  Value elu_plus_one(const Value& x) const;
  bool likely_less(const Value& x, const Value& y) const;  // exact here

  std::optional<Enclosure> enclosure(const Value& x) const;
  std::string text(const Value& x) const;

 private:
  mpfr_prec_t bits_;
};

static_assert(SmoothArithmetic<Bits>);

}  // namespace wrought
