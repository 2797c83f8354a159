// The spine: a problem, bounds on its lengths, an attention kind and a schedule become a network.
//
//     embed            what every token holds                          token_format.hpp, lookup/memory.hpp
//     locate lengths   the positions of the separators                 lookup/marker.hpp
//     successor        the state that is generated next                successor.hpp
//     fetch            the symbols and values it depends on            dp/positions.hpp, lookup/fetch.hpp
//     transition       its value, or the answer                        transition.hpp
//     lay out          layers and coordinates                          residual/layout.hpp
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/dp/solver.hpp"
#include "constructions/dp/token_format.hpp"
#include "constructions/residual/layout.hpp"

namespace wrought {

// A compiled problem: one set of weights, right for all lengths n_k in 1..max_lengths[k].
struct Construction {
  Problem problem;
  std::vector<std::int64_t> max_lengths;
  Schedule schedule = Schedule::narrow;
  Layout layout;

  const Network& network() const { return layout.network; }
};

// The attention pattern of a construction for sequences of up to `length` tokens: B = ⌈√length⌉ unless `block` says
// otherwise. Linear attention has no pattern, but its memory has blocks of B addresses too.
Attention attention_for(AttentionKind kind, std::size_t length, std::optional<std::size_t> block = std::nullopt);

// Throws std::invalid_argument if the lengths do not fit the problem or a block is not in 1..L.
Construction compile(const Problem& problem, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                     Schedule schedule, std::optional<std::size_t> block = std::nullopt);

}  // namespace wrought
