// Claims: lemmas about several steps together (§4.2, §4.3, §5, §6.1), each checked against the steps it speaks of.
#pragma once

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/knowledge.hpp"

namespace wrought::certificate {

// Range, integrality and scope of a claim's conclusion. Throws Unproved if the steps are not those of the lemma.
Bounds apply(const Claim& claim, const Knowledge& knowledge, const Certificate& certificate, const Network& network);

}  // namespace wrought::certificate
