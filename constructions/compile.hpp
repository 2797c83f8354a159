// The spine: a problem, bounds on its lengths, an attention kind and a schedule become a network.
//
//     plan             which construction, which block size            memory_plan.hpp
//     embed            what every token holds                          token_format.hpp, lookup/memory.hpp
//     locate lengths   the positions of the separators                 lookup/marker.hpp
//     successor        the state that is generated next                successor.hpp
//     fetch            the symbols and values it depends on            dp/positions.hpp, lookup/fetch.hpp
//     transition       its value, or the answer                        transition.hpp
//     lay out          layers and coordinates                          residual/layout.hpp
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/dp/solver.hpp"
#include "constructions/dp/token_format.hpp"
#include "constructions/memory_plan.hpp"
#include "constructions/residual/layout.hpp"

namespace wrought {

// A network for a problem: one set of weights, right for all admissible lengths n_k in 1..max_lengths[k]. compile() makes
// one for every dynamic program; compile_plain_arithmetic() makes one whose chain of thought is not that of its problem.
struct Construction {
  Problem problem;
  std::vector<std::int64_t> max_lengths;
  Schedule schedule = Schedule::narrow;
  ConstructionPlan plan;
  TokenFormat format;
  Layout layout;
  std::shared_ptr<const Program> program;  // what was laid out
  // The chain of thought that the network is to generate, in its token format.
  std::function<ChainOfThought(const Inputs&)> chain_of_thought;

  const Network& network() const { return layout.network; }

  // The chain of thought of the plain solver, in the network's token format. Throws like solve().
  ChainOfThought encode(const Inputs& inputs) const { return chain_of_thought(inputs); }
};

// What compile() lays out: every step, before it has layers and coordinates.
Program program_for(const Problem& problem, const std::vector<std::int64_t>& max_lengths, const ConstructionPlan& plan,
                    const TokenFormat& format);

// `block` overrides the block size B that the plan would choose. Throws std::invalid_argument like plan_construction.
Construction compile(const Problem& problem, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                     Schedule schedule, std::optional<std::size_t> block = std::nullopt);

}  // namespace wrought
