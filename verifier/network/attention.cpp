#include "verifier/network/attention.hpp"

#include <algorithm>

namespace wrought {

namespace {

// Globals among the positions below `end`: whole blocks give `globals` each, the last one what has begun.
std::size_t globals_below(std::size_t end, std::size_t block, std::size_t globals) {
  const std::size_t rest = end % block;
  return end / block * globals + (rest > block - globals ? rest - (block - globals) : 0);
}

}  // namespace

std::size_t Attention::visible_count(std::size_t i) const {
  switch (kind) {
    case AttentionKind::sparse: {
      const std::size_t in_window = std::min(i + 1, window * block);
      return in_window + globals_below(i + 1 - in_window, block, globals);
    }
    case AttentionKind::strided:
      return std::min(i + 1, block) + i / block;
    case AttentionKind::standard:
    case AttentionKind::linear:
      break;
  }
  return i + 1;
}

std::string name(AttentionKind kind) {
  switch (kind) {
    case AttentionKind::standard: return "standard";
    case AttentionKind::sparse: return "sparse";
    case AttentionKind::strided: return "strided";
    case AttentionKind::linear: break;
  }
  return "linear";
}

}  // namespace wrought
