#include "verifier/numbers/mpfr_enclosure.hpp"

namespace wrought {

namespace {

constexpr mpfr_exp_t least_exponent = -(1L << 20);

bool is_tiny(mpfr_srcptr x) { return mpfr_zero_p(x) == 0 && mpfr_get_exp(x) <= least_exponent; }

const Rational& tiny() {
  static const Rational value(Integer(1), Integer(Integer(1) << static_cast<unsigned>(-least_exponent)));
  return value;
}

Rational exactly(mpfr_srcptr x) {
  Rational value;
  mpfr_get_q(value.backend().data(), x);
  return value;
}

}  // namespace

Rational lower_bound(mpfr_srcptr x) {
  if (!is_tiny(x)) return exactly(x);
  return mpfr_signbit(x) == 0 ? Rational(0) : Rational(-tiny());
}

Rational upper_bound(mpfr_srcptr x) {
  if (!is_tiny(x)) return exactly(x);
  return mpfr_signbit(x) == 0 ? tiny() : Rational(0);
}

}  // namespace wrought
