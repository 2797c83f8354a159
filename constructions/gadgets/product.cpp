#include "constructions/gadgets/product.hpp"

#include <stdexcept>

namespace wrought {

namespace {

// arctan(1/n) between two partial sums of its alternating series, the gap at most `delta`; returns the lower one.
Rational arctan_inverse(const Integer& n, const Rational& delta) {
  Rational sum = 0, power(Integer(1), n);
  for (Integer k = 1;; k += 2) {
    const Rational term = power / k;
    const bool negative = k % 4 == 3;
    sum += negative ? Rational(-term) : term;
    if (negative && term <= delta) return sum;
    power /= n * n;
  }
}

// √x to within `delta` from below, by Newton's integer square root.
Rational square_root(const Rational& x, const Rational& delta) {
  const Integer scale = numerator(Rational(1 / delta)) / denominator(Rational(1 / delta)) + 1;
  const Integer scaled = numerator(x) * scale * scale / denominator(x);
  return Rational(Integer(sqrt(scaled)), scale);
}

}  // namespace

Rational product_coefficient(const Rational& s, const Rational& delta) {
  if (s <= 0 || delta <= 0) throw std::invalid_argument("product_coefficient needs s > 0 and delta > 0");
  // √(2π): an error e in 2π moves the root by at most e/4, since √(2π) > 2. Both parts get half of what c may miss.
  const Rational root_delta = 8 * delta / (s * s);
  const Rational pi_delta = root_delta / 40;
  const Rational pi = 16 * arctan_inverse(5, pi_delta / 32) - 4 * arctan_inverse(239, pi_delta / 8);  // Machin
  return square_root(2 * pi, root_delta / 4) * s * s / 8;
}

}  // namespace wrought
