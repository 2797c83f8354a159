// How errors of fetched values travel through a problem's expressions in the ideal semantics.
//
// Telescoping memory returns payloads that are slightly off. A sum adds up errors, min and max pass the larger one on, and
// whatever decides something - a comparison, a table, a floor - absorbs an error below 1/4 of its argument completely.
#pragma once

#include <optional>

#include "constructions/dp/problem.hpp"

namespace wrought {

// If every fetched value of the problem is off by at most eps, no deciding gadget sees an error above K·eps and no
// generated number is off by more than K·eps, where K is the result (at least 1) and K·eps < 1/4.
// Nothing if a position depends on a fetched value: addresses have to be exact.
std::optional<Rational> error_amplification(const Problem& problem);

}  // namespace wrought
