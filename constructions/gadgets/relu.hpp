// GeLU in place of ReLU.
//
// Statement (gelu_sub_relu_le).  κ > 0. For every real x, with t = κ|x|:
//     |GeLU(κx)/κ - R(x)| = |x| Φ(-t) <= min( 17/(100κ), ½ |x| e^{-t²/2} ),
// and for |x| >= d with κd >= 1 the right-hand side is at most ½ d e^{-κ²d²/2}, since u e^{-u²/2} falls for u >= 1.
// Statement (gelu_sub_piece_le).  Let piece be R's linear piece, x or 0, on one side of 0. If x lies on that side, at least
//     d away, or on the other side, at most -d away (d < 0), then
//     |GeLU(κx)/κ - piece(x)| <= max(-d, 0) + the bound above at max(d, 0).
// Source.    mathematics.md §7; Lemma A.2.
#pragma once

#include "constructions/residual/relu_sum.hpp"

namespace wrought {

// A rational upper bound on e^{-x}, x >= 0: 2^{-⌊72x/50⌋}, because 1/ln 2 > 1.44.
Rational exp_minus_upper(const Rational& x);

// The bound of gelu_sub_piece_le; for distance >= 0 that of gelu_sub_relu_le.
Rational gelu_error_bound(const Rational& kappa, const Rational& distance);

}  // namespace wrought
