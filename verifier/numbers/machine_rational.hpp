// Exact rationals of 16 bytes that live in machine words while they fit, and on the heap when they do not.
//
// Invariant: a value n/d in lowest terms, d > 0, is held inline if and only if n and d fit in 64 signed bits.
// So each value has one representation, and equality of inline values is equality of words. A denominator
// word of 0 marks a value on the heap.
//
// A network's exact run is almost only integers, and almost only acc += x*y: that path is inline here. Every
// word operation is checked for overflow; what overflows is done again with big rationals, and comes back
// inline as soon as the result fits.
#pragma once

#include <compare>
#include <cstdint>

#include "verifier/numbers/rational.hpp"

namespace wrought {

class MachineRational {
 public:
  MachineRational() noexcept : numerator_(0), denominator_(1) {}
  explicit MachineRational(std::int64_t integer) noexcept : numerator_(integer), denominator_(1) {}
  explicit MachineRational(const Rational& value);

  MachineRational(const MachineRational& other) : denominator_(other.denominator_) {
    if (other.is_inline()) {
      numerator_ = other.numerator_;
    } else {
      big_ = clone(other);
    }
  }
  MachineRational(MachineRational&& other) noexcept : denominator_(other.denominator_) {
    if (other.is_inline()) {
      numerator_ = other.numerator_;
    } else {
      take_big(other);
    }
  }
  MachineRational& operator=(const MachineRational& other) {
    if (is_inline() && other.is_inline()) {
      set_inline(other.numerator_, other.denominator_);
    } else {
      assign_slowly(other);
    }
    return *this;
  }
  MachineRational& operator=(MachineRational&& other) noexcept {
    if (is_inline() && other.is_inline()) {
      set_inline(other.numerator_, other.denominator_);
    } else {
      move_slowly(other);
    }
    return *this;
  }
  ~MachineRational() {
    if (!is_inline()) destroy_big();
  }

  Rational to_rational() const;

  bool is_inline() const noexcept { return denominator_ != 0; }
  bool is_zero() const noexcept { return is_inline() && numerator_ == 0; }  // zero always fits
  bool is_integer() const;
  int sign() const;  // -1, 0 or 1

  // x op= x is allowed for each operation.
  MachineRational& operator+=(const MachineRational& x) {
    std::int64_t sum;
    if (denominator_ == 1 && x.denominator_ == 1 && !__builtin_add_overflow(numerator_, x.numerator_, &sum)) {
      numerator_ = sum;
    } else {
      add_slowly(x);
    }
    return *this;
  }
  MachineRational& operator-=(const MachineRational& x) {
    std::int64_t difference;
    if (denominator_ == 1 && x.denominator_ == 1 &&
        !__builtin_sub_overflow(numerator_, x.numerator_, &difference)) {
      numerator_ = difference;
    } else {
      subtract_slowly(x);
    }
    return *this;
  }
  MachineRational& operator*=(const MachineRational& x) {
    std::int64_t product;
    if (denominator_ == 1 && x.denominator_ == 1 &&
        !__builtin_mul_overflow(numerator_, x.numerator_, &product)) {
      numerator_ = product;
    } else {
      multiply_slowly(x);
    }
    return *this;
  }
  // Throws std::domain_error where x is zero; the value is then unchanged.
  MachineRational& operator/=(const MachineRational& x);

  // *this += x*y. x and y may be *this.
  void add_product(const MachineRational& x, const MachineRational& y) {
    std::int64_t product;
    std::int64_t sum;
    if (denominator_ == 1 && x.denominator_ == 1 && y.denominator_ == 1 &&
        !__builtin_mul_overflow(x.numerator_, y.numerator_, &product) &&
        !__builtin_add_overflow(numerator_, product, &sum)) [[likely]] {
      numerator_ = sum;
    } else {
      add_product_slowly(x, y);
    }
  }

  friend bool operator==(const MachineRational& x, const MachineRational& y) {
    return x.denominator_ == y.denominator_ &&
           (x.is_inline() ? x.numerator_ == y.numerator_ : *x.big_ == *y.big_);
  }
  friend std::strong_ordering operator<=>(const MachineRational& x, const MachineRational& y) {
    if (x.denominator_ == 1 && y.denominator_ == 1) return x.numerator_ <=> y.numerator_;
    return compare_slowly(x, y);
  }

 private:
  static Rational* clone(const MachineRational& big);
  static std::strong_ordering compare_slowly(const MachineRational& x, const MachineRational& y);
  // x*y for inline values, in lowest terms. False where a word overflows.
  static bool try_product(const MachineRational& x, const MachineRational& y, std::int64_t& numerator,
                          std::int64_t& denominator) noexcept;

  // Only while inline: a heap value would leak.
  void set_inline(std::int64_t numerator, std::int64_t denominator) noexcept {
    numerator_ = numerator;
    denominator_ = denominator;
  }
  void take_big(MachineRational& other) noexcept;
  void destroy_big() noexcept;
  void assign_slowly(const MachineRational& other);
  void move_slowly(MachineRational& other) noexcept;

  // Between these two the value is on the heap even where it would fit.
  Rational& promote();
  void demote_if_fits() noexcept;

  // *this += numerator/denominator while inline. False, and *this unchanged, where a word overflows.
  bool try_add(std::int64_t numerator, std::int64_t denominator) noexcept;

  void add_slowly(const MachineRational& x);
  void subtract_slowly(const MachineRational& x);
  void multiply_slowly(const MachineRational& x);
  void add_product_slowly(const MachineRational& x, const MachineRational& y);

  union {
    std::int64_t numerator_;
    Rational* big_;  // owned; active where denominator_ == 0
  };
  std::int64_t denominator_;
};

static_assert(sizeof(MachineRational) == 16);

}  // namespace wrought
