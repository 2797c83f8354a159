// Which construction a problem gets: how its dependencies are looked up, with which block size.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "constructions/dp/problem.hpp"
#include "constructions/lookup/memory.hpp"
#include "constructions/residual/schedule.hpp"
#include "verifier/network/attention.hpp"

namespace wrought {

struct ConstructionPlan {
  Attention attention;
  MemoryPlan memory;
  std::vector<std::size_t> fetched_fields;  // fields that are read from further back than the previous token
  std::size_t max_length = 0;               // L, the BOS of telescoping memory included
  std::size_t distance = 0;                 // m, how far back the construction reads at most
  bool is_plain = false;                    // a chain of thought of symbols only (plain_arithmetic.hpp)

  bool has_bos() const { return memory.method == LookupMethod::telescoping; }
};

// A problem counts as m-local for the given bounds if its largest distance m (max_distance) is at most L/2 (is_local). Then
// sparse attention gets a window that shows every dependency (C3), B = max(m, ⌈√L⌉), and linear attention telescoping memory
// for distances up to m (C4), B = ⌈√m⌉. Everything else gets B = ⌈√L⌉. `block` overrides B.
//
// Throws std::invalid_argument if lengths or block do not fit, naming the distance where a window is too small.
ConstructionPlan plan_construction(const Problem& problem, const std::vector<std::int64_t>& max_lengths,
                                   AttentionKind kind, Schedule schedule, std::optional<std::size_t> block);

// "C0", …, "C5": mathematics.md §6.
const char* construction_name(const ConstructionPlan& plan);

}  // namespace wrought
