// Proven bounds of GeLU at a point: what intervals and p-bit floats both build on.
#pragma once

#include <mpfr.h>

namespace wrought::detail {

// Tail exponents stop here: a smaller exponent still gives a bound, and an exact rational 2^-k has k bits.
inline constexpr long kLargestTailExponent = 1L << 19;

// A k with 0 <= Phi(-|t|) <= 2^-(k+1):  min(floor(0.72 t^2), kLargestTailExponent).  t finite.
long normal_tail_exponent(mpfr_srcptr t);

// Sets result, which is not t, to a lower (MPFR_RNDD) or upper (MPFR_RNDU) bound of GeLU(t), t finite.
//
// If normal_tail_exponent(t) >= tail_from, the bounds are those of gelu_tail: 0 and -(|t|/2) 2^-k, or t and
// t - (t/2) 2^-k. Otherwise they enclose GeLU(t) up to a few units in the last place of result's precision;
// that they are bounds is proved, that they are this close is tested. |t| < 2^16 there.
void gelu_bound(mpfr_ptr result, mpfr_srcptr t, mpfr_rnd_t direction, long tail_from);

}  // namespace wrought::detail
