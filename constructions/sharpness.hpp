// How sharp the smooth semantics is run unless the user says otherwise.
//
// With ℓ = ⌈log₂ L⌉ and v = ⌈log₂(V + 1)⌉, V the widest range of a payload,
//     τ = λ = 3ℓ + v + 12,        κ = ⌈√(8(ℓ + v + 10))⌉.
// Why these: a softmax or linear leak is at most about L²·V·e^{-τ} where positions (up to L) are averaged and then
// multiplied by a position once more, and 3 log₂ L > 4 ln L; a plain chain of thought (plain_arithmetic.hpp) fetches squares
// of positions, up to L², with a leak of up to L³·V·e^{-τ}, and multiplies positions in a score by 2L: L⁴ again, while its
// winning scores are ahead by at least 1. A threshold's smooth error is about e^{-κ²/8}/2, and is
// multiplied by at most about √L·V. The rule is O(log L), O(√log L) as §7 asks. It proves nothing by itself: every
// interval run proves that it was enough for that run.
#pragma once

#include "constructions/compile.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought {

Sharpness standard_sharpness(const Construction& construction);

}  // namespace wrought
