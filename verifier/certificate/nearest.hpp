// Whether one visible token is nearest to what a position_head looks for, at every token: then the head returns that token's
// value, and an integer if values are integers. Between two tokens that are equally near it returns their mean.
//
// Statement (one_is_nearest).  q in 0..p, a = ⌊q/B⌋ <= ⌊p/B⌋, f = ⌊(p+1)/B⌋. One token is nearest if the head looks for
//     the position k back, in a window that reaches so far, or anything at all if everything is visible;
//     a function of p that is visible, or past p, or before all that is visible;
//     B·a + B - 1 under sparse attention: the end of a finished block, which is visible, or one past p;
//     p - B·(f - 1 - a) under strided attention: of the residue of p and not before 0, so visible, or past p;
//     q - L·(1 - u), u = [a >= f]: q is visible if block a is not finished, since it is in the own block; else it lies before 0.
#pragma once

#include "verifier/certificate/knowledge.hpp"

namespace wrought::certificate {

bool one_is_nearest(const HeadUse& head, const Knowledge& knowledge);

}  // namespace wrought::certificate
