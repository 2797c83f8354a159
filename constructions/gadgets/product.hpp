// Product of two numbers in the smooth semantics.
//
// Statement (product_error_le).  |x|, |y| <= V, s > 0, c rational with |c - √(2π) s²/8| <= delta. For G = GeLU,
//     | c (G((x+y)/s) + G(-(x+y)/s) - G((x-y)/s) - G((y-x)/s)) - x y |  <=  2V⁴/(3s²) + (16/5) delta V²/s².
// Why: G(u) + G(-u) = u erf(u/√2), and 0 <= √(2/π) u² - u erf(u/√2) <= √(2/π) u⁴/6; the squares of (x+y)/s and (x-y)/s
// differ by 4xy/s².
// Shapes.    4 hidden units, 1 result. There is no ideal counterpart: with ReLU, use rescale or table.
// Source.    §3.12; Lemma A.1 (Lemma C.1 of Feng et al.).
#pragma once

#include "constructions/gadgets/relu.hpp"

namespace wrought {

// A rational within `delta` of √(2π) s²/8.
Rational product_coefficient(const Rational& s, const Rational& delta);

// At sharpness κ the unit R(a) stands for GeLU(κa)/κ, so arguments are divided and weights multiplied by κ.
inline ReluSum product(const Form& x, const Form& y, const Rational& s, const Rational& c, const Rational& kappa) {
  const Rational in = 1 / (kappa * s);
  const Form sum = in * (x + y), difference = in * (x - y);
  const Rational out = c * kappa;
  const Rational V = magnitude(x.range()) * magnitude(y.range());
  return {Form(),
          {relu(sum, out), relu(-sum, out), relu(difference, -out), relu(-difference, -out)},
          {-V, V}};
}

inline Rational product_error_bound(const Rational& V, const Rational& s, const Rational& delta) {
  return 2 * V * V * V * V / (3 * s * s) + Rational(16, 5) * delta * V * V / (s * s);
}

}  // namespace wrought
