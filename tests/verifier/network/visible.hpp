// Which tokens see which, straight from the formulas of mathematics.md §1.
#pragma once

#include <vector>

#include "verifier/network/attention.hpp"

namespace wrought::reference {

inline bool sees(const Attention& a, std::size_t i, std::size_t j) {
  if (j > i) return false;
  const std::size_t B = a.block;
  switch (a.kind) {
    case AttentionKind::sparse: return i < j + a.window * B || j % B >= B - a.globals;
    case AttentionKind::strided: return i - j < B || (i - j) % B == 0;
    case AttentionKind::standard:
    case AttentionKind::linear: break;
  }
  return true;
}

inline std::vector<std::size_t> visible(const Attention& a, std::size_t i) {
  std::vector<std::size_t> result;
  for (std::size_t j = 0; j <= i; ++j)
    if (sees(a, i, j)) result.push_back(j);
  return result;
}

}  // namespace wrought::reference
