// Lemmas about chains that rewrite (rewriting.hpp): what tokens learn of separators and of handles. Each is checked against the
// steps it speaks of, and holds at every token of every chain unless it says otherwise.
//
// Write n for the length of the longest expression, n' for that of the longest generated one (its separator not counted), and
// let every token see itself and the reach - 1 tokens before, or all tokens.
//
// last_separator.   A latest_head brings symbol and position + 1 of the last token among those with the largest symbol; a gate
//     keeps the position where that symbol is the separator, which is the largest that is read, and makes it 0 otherwise.
//     If reach > n': one more than the position of the last separator at or before the token, 0 if there is none.
//     For behind the first separator the last one stands at most n' tokens back.
// handle.           A function of the five symbols x_0 … x_4: 1 if a handle stands just before the token, that is if a rule
//     matches x_4, (x_3, x_2, x_1), x_0, the start of the sequence counting as a separator; else 0.
// handle_value.     A function of them: a number, and if a handle stands just before the token its value.
// leftmost_handle.  At tokens that generate: where the leftmost handle of the expression before begins, if there is one. See
//     require_leftmost.
// leftmost_value.   At tokens that generate: its value, if there is one.
#pragma once

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/knowledge.hpp"

namespace wrought::certificate {

bool is_rewriting_lemma(const std::string& rule);

// Range, integrality and scope of a claim's conclusion. Throws Unproved if the steps are not those of the lemma.
Bounds apply_rewriting_lemma(const Claim& claim, const Knowledge& knowledge);

// leftmost_handle_eq: that at tokens that generate the best key of a leftmost_head is ahead of all other visible ones by at least
// 1, and that of the token just behind the leftmost handle of the expression before, if there is one.
//
// Let the token stand at t, s and s' be the last two separators (s' = -1 if there is one only) and l = s - s' - 1 the length of
// the expression before. Keys score -C1 (A_j - s')² + C2 f_j - j up to a constant, A_j being the last separator strictly before j
// and f_j whether a handle stands just before j. With C1 >= 1 and C2 >= n + 1, and j* the first j in s'+1 … s with f_j = 1:
//     A_j = s', f_j = 1:  j > j*.
//     A_j = s', f_j = 0:  j* - j <= l, so that j* is ahead by C2 - l.
//     j > s:              A_j = s and j > j*.
//     j <= s':            let d = s' - A_j. The expression behind A_j ends at s' at the latest and has at least l + 2 symbols, so
//                         d >= l + 3; and j* - j <= s - A_j - 1 = d + l. So j* is ahead by d² - d - l >= d² - 2d + 3.
// Without a handle the expression before is one number, the input, s' = -1 and t <= 2; f_j = 0 for all j, and scores are 0, -1 and
// -4 C1 - 2. For j*: j* >= s' + 4 and t <= s + l - 2, so that it stands at most 2l - 5 tokens back.
void require_leftmost(const HeadUse& head, const Knowledge& knowledge);

}  // namespace wrought::certificate
