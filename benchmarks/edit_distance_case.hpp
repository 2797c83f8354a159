// The workload of the benchmarks: edit distance of two random strings of full length.
#pragma once

#include <cstdint>
#include <random>

#include "constructions/compile.hpp"
#include "constructions/tasks/edit_distance.hpp"

namespace wrought {

inline Construction compile_edit_distance(std::int64_t size, AttentionKind kind, Schedule schedule) {
  return compile(edit_distance({1, 1, 1}, 26), {size, size}, kind, schedule);
}

// Two strings of `size` letters, the same ones in every run.
inline Inputs random_strings(std::int64_t size) {
  std::mt19937 generator(2024);
  Inputs inputs(2);
  for (auto& string : inputs)
    for (std::int64_t n = 0; n < size; ++n) string.push_back(1 + static_cast<std::int64_t>(generator() % 26));
  return inputs;
}

inline constexpr AttentionKind kAttentionKinds[] = {AttentionKind::standard, AttentionKind::sparse,
                                                    AttentionKind::strided, AttentionKind::linear};

}  // namespace wrought
