#include "verifier/numbers/gelu_bound.hpp"

#include <algorithm>
#include <cmath>

// Phi and phi are the standard normal distribution function and density, phi(t) = e^(-t^2/2) / sqrt(2 pi).
//
// normal_tail_le      0 <= Phi(-t) <= (1/2) e^(-t^2/2) for t >= 0: the quotient Phi(-t)/e^(-t^2/2) is 1/2 at
//                     t = 0 and decreases, as Mills' ratio does.
// gaussian_le         e^(-t^2/2) = 2^(-t^2/(2 ln 2)) <= 2^-floor(0.72 t^2), as 1/(2 ln 2) = 0.7213... > 0.72.
// gelu_tail           So with k = floor(0.72 t^2):  GeLU(-t) is in [-(t/2) 2^-k, 0], and, since
//                     GeLU(t) = t + GeLU(-t), GeLU(t) is in [t - (t/2) 2^-k, t], for t >= 0.
// mills_fraction      Phi(-t) = phi(t)/r_0 for t > 0, where r_n = t + (n+1)/r_(n+1) and t < r_n < t + (n+1)/t
//                     for all n. Proof: let J_n = (1/n!) * integral of (s-t)^n phi(s) over s > t, and
//                     J_(-1) = phi(t). Integrating (s-t)^n s phi(s)/n! by parts gives J_(n-1), and writing
//                     s = (s-t) + t gives (n+1) J_(n+1) + t J_n. All J are positive, so r_n = J_(n-1)/J_n
//                     satisfies the recurrence and exceeds t. And J_0 = Phi(-t).
//
// The tests check the numerical facts in these with many digits.

namespace wrought::detail {
namespace {

// An MPFR number of one block.
class Local {
 public:
  explicit Local(mpfr_prec_t bits) { mpfr_init2(number_, bits); }
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;
  ~Local() { mpfr_clear(number_); }

  operator mpfr_ptr() { return number_; }

 private:
  mpfr_t number_;
};

mpfr_rnd_t opposite(mpfr_rnd_t direction) {
  return direction == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD;
}

// Bits beyond the result's in intermediate results. Few on purpose: the more there are, the better a rounding
// in the wrong direction would hide from the tests.
constexpr mpfr_prec_t kGuard = 6;

// From here on the continued fraction; nearer to zero it needs more terms than erfc needs time.
constexpr double kFractionFrom = 4;

// A bound of Phi(-t) in the given direction, t >= 4, by mills_fraction; relative error about 2^-bits.
void normal_tail_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, mpfr_prec_t bits) {
  // Enough terms for the accuracy, by experiment. Too few would make the bound weaker, not wrong.
  const double accuracy = static_cast<double>(bits);
  const double size = mpfr_get_d(t, MPFR_RNDZ);
  const auto terms =
      static_cast<unsigned long>(0.121 * accuracy * accuracy / (size * size) + accuracy / 4 + 8);

  // r_0 is rounded against the direction of Phi(-t), and each r_n against r_(n+1).
  Local r(bits);
  mpfr_rnd_t rounding = terms % 2 == 0 ? opposite(direction) : direction;
  if (rounding == MPFR_RNDD) {
    mpfr_set(r, t, MPFR_RNDD);
  } else {
    mpfr_ui_div(r, terms + 1, t, MPFR_RNDU);
    mpfr_add(r, r, t, MPFR_RNDU);
  }
  for (unsigned long n = terms; n > 0; --n) {
    rounding = opposite(rounding);
    mpfr_ui_div(r, n, r, rounding);
    mpfr_add(r, r, t, rounding);
  }

  Local root(bits);
  mpfr_const_pi(root, rounding);
  mpfr_mul_2ui(root, root, 1, rounding);
  mpfr_sqrt(root, root, rounding);
  mpfr_mul(r, r, root, rounding);

  Local half_square(2 * mpfr_get_prec(t));  // exact
  mpfr_sqr(half_square, t, MPFR_RNDN);
  mpfr_div_2ui(half_square, half_square, 1, MPFR_RNDN);
  mpfr_neg(half_square, half_square, MPFR_RNDN);
  Local exponential(bits);
  mpfr_exp(exponential, half_square, direction);
  mpfr_div(result, exponential, r, direction);
}

// A bound of Phi(t) in the given direction, |t| not large.
void normal_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, mpfr_prec_t bits) {
  // Phi(t) = erfc(z)/2 with z = -t/sqrt(2). As erfc decreases, z is rounded the opposite way, and so is
  // sqrt(2), or not, according to the sign of z. erfc amplifies relative errors by about t^2.
  const mpfr_prec_t working = bits + 2 * std::max<mpfr_prec_t>(mpfr_get_exp(t), 0) + kGuard;
  const bool z_is_positive = mpfr_signbit(t) != 0;
  Local z(working);
  mpfr_sqrt_ui(z, 2, z_is_positive ? direction : opposite(direction));
  mpfr_neg(z, z, MPFR_RNDN);
  mpfr_div(z, t, z, opposite(direction));
  mpfr_erfc(z, z, direction);
  mpfr_div_2ui(result, z, 1, direction);
}

}  // namespace

long normal_tail_exponent(mpfr_srcptr t) {
  // In doubles: the gap between 0.72 and 0.7213 swallows their rounding.
  const double size = std::min(std::fabs(mpfr_get_d(t, MPFR_RNDZ)), 1e4);
  return std::min(static_cast<long>(std::floor(0.72 * size * size)), kLargestTailExponent);
}

void gelu_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, long tail_from) {
  if (mpfr_zero_p(t) != 0) {
    mpfr_set_zero(result, 1);
    return;
  }
  const bool negative = mpfr_signbit(t) != 0;
  const mpfr_prec_t bits = mpfr_get_prec(result);
  const long k = normal_tail_exponent(t);
  if (negative && k >= tail_from) {
    if (direction == MPFR_RNDD) {
      mpfr_mul_2si(result, t, -(k + 1), MPFR_RNDD);
    } else {
      mpfr_set_zero(result, 1);
    }
  } else if (k >= tail_from) {
    if (direction == MPFR_RNDD) {
      Local tail(bits);
      mpfr_mul_2si(tail, t, -(k + 1), MPFR_RNDU);
      mpfr_sub(result, t, tail, MPFR_RNDD);
    } else {
      mpfr_set(result, t, MPFR_RNDU);
    }
  } else if (negative && mpfr_cmp_d(t, -kFractionFrom) <= 0) {
    Local size(mpfr_get_prec(t));
    mpfr_neg(size, t, MPFR_RNDN);
    Local phi(bits + kGuard);
    normal_tail_bound(phi, size, opposite(direction), bits + kGuard);
    mpfr_mul(result, t, phi, direction);
  } else if (mpfr_cmp_d(t, kFractionFrom) >= 0) {
    // t - t Phi(-t), where the second term is already k bits below the first.
    const mpfr_prec_t needed = std::max<mpfr_prec_t>(bits - k, 0) + kGuard;
    Local tail(needed);
    normal_tail_bound(tail, t, opposite(direction), needed);
    mpfr_mul(tail, tail, t, opposite(direction));
    mpfr_sub(result, t, tail, direction);
  } else {
    Local phi(bits + kGuard);
    normal_bound(phi, t, negative ? opposite(direction) : direction, bits + kGuard);
    mpfr_mul(result, t, phi, direction);
  }
}

}  // namespace wrought::detail
