#include "constructions/gadgets/relu.hpp"

#include <algorithm>

namespace wrought {

Rational exp_minus_upper(const Rational& x) {
  const Integer exponent = Integer(numerator(x) * 36) / Integer(denominator(x) * 25);
  // Beyond 2^-100000 a tighter bound helps nobody.
  const unsigned bits = exponent > 100000 ? 100000U : static_cast<unsigned>(exponent);
  return Rational(Integer(1), Integer(Integer(1) << bits));
}

Rational gelu_error_bound(const Rational& kappa, const Rational& distance) {
  const Rational everywhere = Rational(17, 100) / kappa;
  if (distance < 0) return everywhere - distance;
  if (kappa * distance < 1) return everywhere;
  const Rational tail = distance / 2 * exp_minus_upper(kappa * kappa * distance * distance / 2);
  return std::min(everywhere, tail);
}

}  // namespace wrought
