// Which earlier tokens a token sees: the four attention patterns (mathematics.md §1).
#pragma once

#include <cstddef>
#include <string>

namespace wrought {

enum class AttentionKind { standard, sparse, strided, linear };

// An attention pattern. Positions count from 0; token i never sees j > i.
//
//   standard   all j <= i, softmax
//   sparse     the last `window`·B tokens and the last `globals` tokens of every block, softmax (paper (6))
//   strided    the last B tokens and every j with (i - j) mod B = 0, softmax (Child et al.)
//   linear     all j <= i, through the feature map elu + 1
struct Attention {
  AttentionKind kind = AttentionKind::standard;
  std::size_t block = 1;    // B >= 1; the pattern of sparse and strided, a memory's block size for linear
  std::size_t window = 1;   // k >= 1; used by sparse
  std::size_t globals = 1;  // c in 0..B; used by sparse

  bool is_linear() const { return kind == AttentionKind::linear; }

  // Calls visit(j) for every visible j in increasing order.
  template <class Visit>
  void for_each_visible(std::size_t i, Visit&& visit) const;

  // How many tokens token i sees, in O(1).
  std::size_t visible_count(std::size_t i) const;
};

std::string name(AttentionKind kind);

template <class Visit>
void Attention::for_each_visible(std::size_t i, Visit&& visit) const {
  switch (kind) {
    case AttentionKind::standard:
    case AttentionKind::linear:
      for (std::size_t j = 0; j <= i; ++j) visit(j);
      return;
    case AttentionKind::sparse: {
      const std::size_t reach = window * block;
      const std::size_t window_start = i + 1 > reach ? i + 1 - reach : 0;
      for (std::size_t start = 0; start < window_start; start += block)
        for (std::size_t j = start + block - globals; j < start + block && j < window_start; ++j) visit(j);
      for (std::size_t j = window_start; j <= i; ++j) visit(j);
      return;
    }
    case AttentionKind::strided: {
      const std::size_t window_start = i + 1 > block ? i + 1 - block : 0;
      for (std::size_t j = i % block; j < window_start; j += block) visit(j);
      for (std::size_t j = window_start; j <= i; ++j) visit(j);
      return;
    }
  }
}

}  // namespace wrought
