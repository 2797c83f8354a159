#include "verifier/numbers/machine_rational.hpp"

#include <limits>
#include <numeric>
#include <stdexcept>

namespace wrought {
namespace {

static_assert(sizeof(long) == sizeof(std::int64_t), "GMP's word functions take long");

// |n| of the most negative word is one more than the largest word, hence unsigned.
std::uint64_t magnitude(std::int64_t n) {
  return n < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n);
}

// gcd(|n|, d) for d > 0; at most d, so it is a signed word again.
std::int64_t common_factor(std::int64_t n, std::int64_t d) {
  return static_cast<std::int64_t>(std::gcd(magnitude(n), static_cast<std::uint64_t>(d)));
}

// Cancels what n and d > 0 have in common. Most words met here are 1, and a gcd costs more than a product.
void cancel(std::int64_t& n, std::int64_t& d) {
  if (d == 1 || magnitude(n) == 1) return;
  const std::int64_t factor = common_factor(n, d);
  if (factor == 1) return;
  n /= factor;
  d /= factor;
}

Rational from_words(std::int64_t numerator, std::int64_t denominator) {
  Rational value;
  mpz_set_si(mpq_numref(value.backend().data()), numerator);
  mpz_set_si(mpq_denref(value.backend().data()), denominator);
  return value;
}

bool fits(const Rational& value) {
  return mpz_fits_slong_p(mpq_numref(value.backend().data())) != 0 &&
         mpz_fits_slong_p(mpq_denref(value.backend().data())) != 0;
}

}  // namespace

MachineRational::MachineRational(const Rational& value) : MachineRational() {
  if (fits(value)) {
    set_inline(mpz_get_si(mpq_numref(value.backend().data())),
               mpz_get_si(mpq_denref(value.backend().data())));
  } else {
    big_ = new Rational(value);
    denominator_ = 0;
  }
}

Rational MachineRational::to_rational() const {
  return is_inline() ? from_words(numerator_, denominator_) : *big_;
}

bool MachineRational::is_integer() const {
  return is_inline() ? denominator_ == 1 : mpz_cmp_ui(mpq_denref(big_->backend().data()), 1) == 0;
}

int MachineRational::sign() const {
  return is_inline() ? (numerator_ > 0) - (numerator_ < 0) : big_->sign();
}

Rational* MachineRational::clone(const MachineRational& big) {
  return new Rational(*big.big_);
}

void MachineRational::take_big(MachineRational& other) noexcept {
  big_ = other.big_;
  denominator_ = 0;
  other.set_inline(0, 1);
}

void MachineRational::destroy_big() noexcept {
  delete big_;
}

void MachineRational::assign_slowly(const MachineRational& other) {
  if (this == &other) return;
  MachineRational copy(other);
  move_slowly(copy);
}

void MachineRational::move_slowly(MachineRational& other) noexcept {
  if (this == &other) return;
  if (!is_inline()) destroy_big();
  if (other.is_inline()) {
    set_inline(other.numerator_, other.denominator_);
  } else {
    take_big(other);
  }
}

Rational& MachineRational::promote() {
  if (is_inline()) {
    big_ = new Rational(from_words(numerator_, denominator_));
    denominator_ = 0;
  }
  return *big_;
}

void MachineRational::demote_if_fits() noexcept {
  if (!fits(*big_)) return;
  const Rational* const heap = big_;
  set_inline(mpz_get_si(mpq_numref(heap->backend().data())), mpz_get_si(mpq_denref(heap->backend().data())));
  delete heap;
}

bool MachineRational::try_add(std::int64_t numerator, std::int64_t denominator) noexcept {
  std::int64_t mine;
  std::int64_t theirs;
  std::int64_t sum;
  std::int64_t product;
  if (denominator == denominator_) {
    if (__builtin_add_overflow(numerator_, numerator, &sum)) return false;
    cancel(sum, denominator);
    set_inline(sum, denominator);
    return true;
  }
  // An integer added to a fraction in lowest terms leaves lowest terms: gcd(n + kd, d) = gcd(n, d).
  if (denominator == 1) {
    if (__builtin_mul_overflow(numerator, denominator_, &theirs)) return false;
    if (__builtin_add_overflow(numerator_, theirs, &sum)) return false;
    numerator_ = sum;
    return true;
  }
  if (denominator_ == 1) {
    if (__builtin_mul_overflow(numerator_, denominator, &mine)) return false;
    if (__builtin_add_overflow(mine, numerator, &sum)) return false;
    set_inline(sum, denominator);
    return true;
  }
  // With g = gcd(b, d): a/b + c/d = (a(d/g) + c(b/g)) / (b(d/g)), and only divisors of g can still cancel
  // (Knuth, The Art of Computer Programming, 4.5.1). Small intermediate words, small gcds.
  const std::int64_t g = common_factor(denominator_, denominator);
  if (__builtin_mul_overflow(numerator_, denominator / g, &mine)) return false;
  if (__builtin_mul_overflow(numerator, denominator_ / g, &theirs)) return false;
  if (__builtin_add_overflow(mine, theirs, &sum)) return false;
  const std::int64_t g2 = g == 1 ? 1 : common_factor(sum, g);
  if (__builtin_mul_overflow(denominator_ / g, denominator / g2, &product)) return false;
  set_inline(sum / g2, product);
  return true;
}

bool MachineRational::try_product(const MachineRational& x, const MachineRational& y, std::int64_t& numerator,
                                  std::int64_t& denominator) noexcept {
  std::int64_t a = x.numerator_;
  std::int64_t b = x.denominator_;
  std::int64_t c = y.numerator_;
  std::int64_t d = y.denominator_;
  cancel(a, d);
  cancel(c, b);
  return !__builtin_mul_overflow(a, c, &numerator) && !__builtin_mul_overflow(b, d, &denominator);
}

// In the big paths x may be *this: its value is read through to_rational() before *this moves to the heap, or
// is on the heap already, where GMP allows its operands to coincide.

void MachineRational::add_slowly(const MachineRational& x) {
  if (is_inline() && x.is_inline() && try_add(x.numerator_, x.denominator_)) return;
  const Rational summand = x.to_rational();
  promote() += summand;
  demote_if_fits();
}

void MachineRational::subtract_slowly(const MachineRational& x) {
  if (is_inline() && x.is_inline() && x.numerator_ != std::numeric_limits<std::int64_t>::min() &&
      try_add(-x.numerator_, x.denominator_)) {
    return;
  }
  const Rational subtrahend = x.to_rational();
  promote() -= subtrahend;
  demote_if_fits();
}

void MachineRational::multiply_slowly(const MachineRational& x) {
  std::int64_t numerator;
  std::int64_t denominator;
  if (is_inline() && x.is_inline() && try_product(*this, x, numerator, denominator)) {
    set_inline(numerator, denominator);
    return;
  }
  const Rational factor = x.to_rational();
  promote() *= factor;
  demote_if_fits();
}

MachineRational& MachineRational::operator/=(const MachineRational& x) {
  if (x.is_zero()) throw std::domain_error("exact division by zero");
  if (x.is_inline() && x.numerator_ != std::numeric_limits<std::int64_t>::min()) {
    MachineRational inverse;
    if (x.numerator_ > 0) {
      inverse.set_inline(x.denominator_, x.numerator_);
    } else {
      inverse.set_inline(-x.denominator_, -x.numerator_);
    }
    return *this *= inverse;
  }
  const Rational divisor = x.to_rational();
  promote() /= divisor;
  demote_if_fits();
  return *this;
}

void MachineRational::add_product_slowly(const MachineRational& x, const MachineRational& y) {
  if (x.is_zero() || y.is_zero()) return;
  std::int64_t numerator;
  std::int64_t denominator;
  if (x.is_inline() && y.is_inline() && try_product(x, y, numerator, denominator)) {
    if (is_inline() && try_add(numerator, denominator)) return;
    promote() += from_words(numerator, denominator);
  } else {
    const Rational product = x.to_rational() * y.to_rational();
    promote() += product;
  }
  demote_if_fits();
}

std::strong_ordering MachineRational::compare_slowly(const MachineRational& x, const MachineRational& y) {
  if (x.is_inline() && y.is_inline()) {
    if (x.denominator_ == y.denominator_) return x.numerator_ <=> y.numerator_;
    // Twice 64 bits always hold the cross products.
    __extension__ using TwoWords = __int128;
    return TwoWords{x.numerator_} * y.denominator_ <=> TwoWords{y.numerator_} * x.denominator_;
  }
  return x.to_rational().compare(y.to_rational()) <=> 0;
}

}  // namespace wrought
