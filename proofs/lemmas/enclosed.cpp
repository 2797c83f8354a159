#include "proofs/lemmas/enclosed.hpp"

#include <algorithm>

#include "constructions/gadgets/relu.hpp"

namespace wrought::lemmas {

namespace {

constexpr unsigned bits = 96;

const IntervalArithmetic& arithmetic() {
  static const IntervalArithmetic shared(bits);
  return shared;
}

}  // namespace

Enclosed::Enclosed(const Rational& value) : value_(arithmetic().from(value)) {}

Enclosed::Enclosed(const Span& span) {
  mpfi_ptr x = value_.writable(bits);
  if (span.lo)
    mpfr_set_q(&x->left, span.lo->backend().data(), MPFR_RNDD);
  else
    mpfr_set_inf(&x->left, -1);
  if (span.hi)
    mpfr_set_q(&x->right, span.hi->backend().data(), MPFR_RNDU);
  else
    mpfr_set_inf(&x->right, 1);
}

Span Enclosed::span() const {
  Span result;
  Rational end;
  if (mpfr_number_p(&value_.get()->left) != 0) {
    mpfr_get_q(end.backend().data(), &value_.get()->left);
    result.lo = end;
  }
  if (mpfr_number_p(&value_.get()->right) != 0) {
    mpfr_get_q(end.backend().data(), &value_.get()->right);
    result.hi = end;
  }
  return result;
}

Enclosed operator+(Enclosed a, const Enclosed& b) {
  arithmetic().add(a.value_, b.value_);
  return a;
}

Enclosed operator-(Enclosed a, const Enclosed& b) {
  arithmetic().subtract(a.value_, b.value_);
  return a;
}

Enclosed operator*(Enclosed a, const Enclosed& b) {
  arithmetic().multiply(a.value_, b.value_);
  return a;
}

Enclosed operator/(Enclosed a, const Enclosed& b) {
  arithmetic().divide(a.value_, b.value_);
  return a;
}

Enclosed exp(const Enclosed& x) {
  Enclosed result;
  result.value_ = arithmetic().exp(x.value_);
  return result;
}

Enclosed gelu(const Enclosed& x) {
  Enclosed result;
  result.value_ = arithmetic().gelu(x.value_);
  return result;
}

Enclosed elu_plus_one(const Enclosed& x) {
  Enclosed result;
  result.value_ = arithmetic().elu_plus_one(x.value_);
  return result;
}

Enclosed root_two_pi() {
  Interval root;
  mpfi_ptr x = root.writable(bits);
  mpfi_const_pi(x);
  mpfi_mul_2ui(x, x, 1);
  mpfi_sqrt(x, x);
  Rational lo, hi;
  mpfr_get_q(lo.backend().data(), &x->left);
  mpfr_get_q(hi.backend().data(), &x->right);
  return Enclosed(Span::of(lo, hi));
}

Span shortfall(const Rational& kappa, const Span& argument) {
  // By symmetry the argument is |x|, in [least, most]. Divided by κ exactly: bounds are often met with equality.
  Rational least = 0;
  if (argument.lo && *argument.lo > 0) least = *argument.lo;
  if (argument.hi && *argument.hi < 0) least = -*argument.hi;
  const std::optional<Rational> most = magnitude(argument);
  const auto below = [&](const Span& size) {
    return -1 / kappa * gelu(Enclosed(Rational(-kappa) * size)).span();
  };
  // t Φ(-t) is at most 17/100, and falls for t >= 1.
  const Rational everywhere = Rational(17, 100) / kappa;
  if (!most && kappa * least < 1) return Span::of(0, everywhere);
  // A looser bound than the function's own, of fewer digits: t Φ(-t) <= ½ t e^{-t²/2} falls below 2^-1700 at t = 50.
  constexpr int far = 50;
  if (kappa * least >= far) return Span::of(0, gelu_error_bound(kappa, far / kappa));
  const Span span = most ? below(Span::of(least, *most)) : Span::of(0, *below(Span::at(least)).hi);
  return {span.lo, std::min(*span.hi, everywhere)};
}

}  // namespace wrought::lemmas
