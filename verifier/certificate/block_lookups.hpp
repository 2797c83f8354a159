// fetch_sparse_eq (§5.2) and fetch_strided_eq (§5.3): random access through the ends of blocks.
#pragma once

#include "verifier/certificate/lemma_steps.hpp"

namespace wrought::certificate {

Bounds fetch_sparse(const LemmaSteps& s);
Bounds fetch_strided(const LemmaSteps& s);

}  // namespace wrought::certificate
