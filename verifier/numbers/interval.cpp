#include "verifier/numbers/interval.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "verifier/numbers/gelu_bound.hpp"
#include "verifier/numbers/mpfr_enclosure.hpp"

namespace wrought {
namespace {

// Lemmas used here; those on GeLU at a single point are in gelu_bound.cpp. Phi and phi are the standard
// normal distribution function and density.
//
// exp_tail            2^-ceil(1.443 t) <= e^-t <= 2^-floor(1.44 t) for t >= 0, as 1.44 < 1/ln 2 = 1.4426... <
//                     1.443.
// gelu_minimum_in     GeLU' = Phi + x phi has derivative phi (2 - x^2): it falls from 0, rises on
//                     (-sqrt 2, sqrt 2), falls to 1. So GeLU decreases up to one point x0 and increases from
//                     there. GeLU'(-12318/2^14) < 0 < GeLU'(-12317/2^14), so x0 is between these two.
// gelu_ge             GeLU >= -17/100: at x0 we have Phi = -x phi, so GeLU(x0) = -x0^2 phi(x0). As x^2 phi(x)
//                     decreases on (-sqrt 2, 0), this is at least -r^2 phi(r) > -0.16999, r = 12318/2^14.
// gelu_ge_near_x0     If [a,b] lies in [-1,-1/2] and meets [-12318/2^14, -12317/2^14], then for x in [a,b]
//                     GeLU(x) >= GeLU(a) - (w + 2^-14) w,  w = b - a. For |GeLU''| <= phi(1/2) (2 - 1/4) < 1
//                     there, so |GeLU'(t)| <= |t - x0| <= w + 2^-14 for t in [a,b].
//
// The tests check the numerical facts in these with many digits.

constexpr double kMinimumAfter = -12318.0 / 16384;
constexpr double kMinimumBefore = -12317.0 / 16384;
constexpr int kMinimumWindowExponent = -14;

// From this exponent on a tail bound replaces the evaluation. The tail is then below the last bit of any sum
// with terms near 1 by three times the working precision. Precisions up to 2^16 keep it below the clamp.
long tail_threshold(mpfr_prec_t bits) {
  return 4 * static_cast<long>(bits);
}

// One end of e^t; t may be infinite.
void exp_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, mpfr_prec_t bits) {
  // Keeps the product below within a long; the clamp applies from two thirds of this on.
  constexpr double far = detail::kLargestTailExponent;
  if (mpfr_number_p(t) != 0 && mpfr_signbit(t) != 0) {
    const double size = std::min(std::fabs(mpfr_get_d(t, MPFR_RNDZ)), far);
    const long k = std::min(static_cast<long>(std::floor(1.44 * size)), detail::kLargestTailExponent);
    if (k >= tail_threshold(bits)) {  // exp_tail
      if (direction == MPFR_RNDU) {
        mpfr_set_ui_2exp(result, 1, -k, MPFR_RNDU);
      } else if (k == detail::kLargestTailExponent) {
        mpfr_set_zero(result, 1);
      } else {
        const double size_above = std::fabs(mpfr_get_d(t, MPFR_RNDA));
        mpfr_set_ui_2exp(result, 1, -static_cast<long>(std::ceil(1.443 * size_above)), MPFR_RNDD);
      }
      return;
    }
  }
  mpfr_exp(result, t, direction);
}

// One end of elu(t) + 1; t may be infinite.
void elu_plus_one_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, mpfr_prec_t bits) {
  if (mpfr_sgn(t) >= 0) {
    mpfr_add_ui(result, t, 1, direction);
  } else {
    exp_bound(result, t, direction, bits);
  }
}

void set_whole_line(mpfi_ptr x) {
  mpfr_set_inf(&x->left, -1);
  mpfr_set_inf(&x->right, 1);
}

// Products with infinite ends may be undefined; then nothing is known of the number.
void settle(mpfi_ptr x) {
  if (mpfi_nan_p(x) != 0) set_whole_line(x);
}

// The zero that every blank value is read as.
mpfi_srcptr shared_zero() {
  static mp_limb_t limb = 0;
  static const __mpfi_struct zero = [] {
    mpfr_t number;
    mpfr_custom_init(&limb, MPFR_PREC_MIN);
    mpfr_custom_init_set(number, MPFR_ZERO_KIND, 0, MPFR_PREC_MIN, &limb);
    return __mpfi_struct{*number, *number};
  }();
  return &zero;
}

// An interval of each thread's own for intermediate results; its memory is kept from one use to the next.
class Scratch {
 public:
  Scratch() { mpfi_init2(interval_, MPFR_PREC_MIN); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { mpfi_clear(interval_); }

  mpfi_ptr with_precision(mpfr_prec_t bits) {
    if (mpfi_get_prec(interval_) != bits) mpfi_set_prec(interval_, bits);
    return interval_;
  }

 private:
  mpfi_t interval_;
};

}  // namespace

Interval::Interval(const Interval& other) {
  if (!other.is_blank()) mpfi_set(writable(mpfi_get_prec(other.interval_)), other.interval_);
}

Interval& Interval::operator=(const Interval& other) {
  if (!is_blank() && !other.is_blank() && mpfi_get_prec(interval_) == mpfi_get_prec(other.interval_)) {
    mpfi_set(interval_, other.interval_);
  } else {
    Interval copy(other);
    swap(copy);
  }
  return *this;
}

mpfi_srcptr Interval::get() const noexcept {
  return is_blank() ? shared_zero() : interval_;
}

mpfi_ptr Interval::writable(mpfr_prec_t bits) {
  if (is_blank()) {
    mpfi_init2(interval_, bits);
    mpfi_set_si(interval_, 0);
  } else if (mpfi_get_prec(interval_) != bits) {
    throw std::logic_error("an interval of " + std::to_string(mpfi_get_prec(interval_)) +
                           " bits is changed by an arithmetic of " + std::to_string(bits) + " bits");
  }
  return interval_;
}

IntervalArithmetic::IntervalArithmetic(unsigned bits) : bits_(static_cast<mpfr_prec_t>(bits)) {
  if (bits < 2 || bits > 1U << 16) {
    throw std::invalid_argument("a precision of " + std::to_string(bits) + " bits is not between 2 and 2^16");
  }
}

std::string IntervalArithmetic::name() const {
  return "interval:" + std::to_string(bits_);
}

Interval IntervalArithmetic::from(const Rational& value) const {
  Interval result;
  if (value != 0) mpfi_set_q(result.writable(bits_), value.backend().data());
  return result;
}

Interval IntervalArithmetic::from(std::int64_t integer) const {
  Interval result;
  if (integer != 0) mpfi_set_si(result.writable(bits_), integer);
  return result;
}

// acc is made writable before x is read, since they may be the same value.

void IntervalArithmetic::add(Interval& acc, const Interval& x) const {
  if (x.is_zero()) return;
  mpfi_ptr sum = acc.writable(bits_);
  mpfi_add(sum, sum, x.get());
  settle(sum);
}

void IntervalArithmetic::subtract(Interval& acc, const Interval& x) const {
  if (x.is_zero()) return;
  mpfi_ptr difference = acc.writable(bits_);
  mpfi_sub(difference, difference, x.get());
  settle(difference);
}

void IntervalArithmetic::multiply(Interval& acc, const Interval& x) const {
  if (acc.is_zero()) return;
  mpfi_ptr product = acc.writable(bits_);
  if (x.is_zero()) {
    mpfi_set_si(product, 0);
    return;
  }
  mpfi_mul(product, product, x.get());
  settle(product);
}

void IntervalArithmetic::divide(Interval& acc, const Interval& x) const {
  mpfi_ptr quotient = acc.writable(bits_);
  mpfi_srcptr divisor = x.get();
  if (mpfi_nan_p(divisor) != 0 || mpfi_has_zero(divisor) != 0) {
    set_whole_line(quotient);
    return;
  }
  mpfi_div(quotient, quotient, divisor);
  settle(quotient);
}

void IntervalArithmetic::add_product(Interval& acc, const Interval& x, const Interval& y) const {
  if (x.is_zero() || y.is_zero()) return;
  thread_local Scratch scratch;
  mpfi_ptr product = scratch.with_precision(bits_);
  mpfi_mul(product, x.get(), y.get());
  mpfi_ptr sum = acc.writable(bits_);
  mpfi_add(sum, sum, product);
  settle(sum);
}

Interval IntervalArithmetic::gelu(const Interval& x) const {
  Interval result;
  if (x.is_zero()) return result;
  mpfi_ptr image = result.writable(bits_);
  mpfr_srcptr a = &x.get()->left;
  mpfr_srcptr b = &x.get()->right;
  if (mpfi_bounded_p(x.get()) == 0) {
    // Nothing in a run needs GeLU of a half-line, so nothing is claimed of it.
    set_whole_line(image);
    return result;
  }

  const long tail_from = tail_threshold(bits_);
  if (mpfr_cmp_d(a, kMinimumBefore) >= 0) {  // increasing on [a, b]
    detail::gelu_bound(&image->left, a, MPFR_RNDD, tail_from);
    detail::gelu_bound(&image->right, b, MPFR_RNDU, tail_from);
    return result;
  }
  if (mpfr_cmp_d(b, kMinimumAfter) <= 0) {  // decreasing on [a, b]
    detail::gelu_bound(&image->left, b, MPFR_RNDD, tail_from);
    detail::gelu_bound(&image->right, a, MPFR_RNDU, tail_from);
    return result;
  }

  // Decreasing, then increasing: the maximum is at an end, the minimum perhaps inside.
  mpfr_t other;
  mpfr_t width;
  mpfr_inits2(bits_, other, width, static_cast<mpfr_ptr>(nullptr));
  detail::gelu_bound(&image->right, a, MPFR_RNDU, tail_from);
  detail::gelu_bound(other, b, MPFR_RNDU, tail_from);
  mpfr_max(&image->right, &image->right, other, MPFR_RNDU);

  mpfr_set_si(&image->left, -17, MPFR_RNDD);  // gelu_ge
  mpfr_div_ui(&image->left, &image->left, 100, MPFR_RNDD);
  if (mpfr_cmp_si(a, -1) >= 0 && mpfr_cmp_d(b, -0.5) <= 0) {  // gelu_ge_near_x0
    mpfr_sub(width, b, a, MPFR_RNDU);
    mpfr_set_ui_2exp(other, 1, kMinimumWindowExponent, MPFR_RNDU);
    mpfr_add(other, other, width, MPFR_RNDU);
    mpfr_mul(width, width, other, MPFR_RNDU);
    detail::gelu_bound(other, a, MPFR_RNDD, tail_from);
    mpfr_sub(other, other, width, MPFR_RNDD);
    mpfr_max(&image->left, &image->left, other, MPFR_RNDD);
  }
  mpfr_clears(other, width, static_cast<mpfr_ptr>(nullptr));
  return result;
}

Interval IntervalArithmetic::exp(const Interval& x) const {
  Interval result;
  mpfi_ptr image = result.writable(bits_);
  exp_bound(&image->left, &x.get()->left, MPFR_RNDD, bits_);
  exp_bound(&image->right, &x.get()->right, MPFR_RNDU, bits_);
  return result;
}

Interval IntervalArithmetic::elu_plus_one(const Interval& x) const {
  Interval result;
  mpfi_ptr image = result.writable(bits_);
  elu_plus_one_bound(&image->left, &x.get()->left, MPFR_RNDD, bits_);
  elu_plus_one_bound(&image->right, &x.get()->right, MPFR_RNDU, bits_);
  return result;
}

bool IntervalArithmetic::likely_less(const Interval& x, const Interval& y) const {
  return mpfr_less_p(&x.get()->right, &y.get()->right) != 0;
}

std::optional<Enclosure> IntervalArithmetic::enclosure(const Interval& x) const {
  if (mpfi_bounded_p(x.get()) == 0) return std::nullopt;
  return Enclosure{lower_bound(&x.get()->left), upper_bound(&x.get()->right)};
}

std::string IntervalArithmetic::text(const Interval& x) const {
  const int digits = static_cast<int>(bits_ * 302 / 1000) + 2;
  char* buffer = nullptr;
  mpfr_asprintf(&buffer, "[%.*RDg, %.*RUg]", digits, &x.get()->left, digits, &x.get()->right);
  std::string text(buffer);
  mpfr_free_str(buffer);
  return text;
}

}  // namespace wrought
