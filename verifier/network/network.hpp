// A Transformer as passive data: exact sparse matrices and an attention pattern, nothing else.
//
// Row t of the input is E·token_t + P(t). Layer by layer (mathematics.md §1; paper (1)-(5))
//
//     h = x + Σ_heads W_O · head(x; visible),      x' = h + W_2 σ(W_1 h)
//
// and the next token is `readout` · x, rounded coordinate by coordinate. The letters in the shapes: D width of the
// residual stream, d_k and d_v query/key and value dimension of a head, F width of the feed-forward block,
// T number of integers in a token, L largest length.
#pragma once

#include <Eigen/SparseCore>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/network/attention.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought {

using Matrix = Eigen::SparseMatrix<Rational, Eigen::RowMajor>;

// A token is an integer vector of length T, fed back as it was decoded.
using Token = std::vector<std::int64_t>;

// One attention head. In a linear head the query and key matrices are W + λ·W_lambda, so that an entry which must
// switch off can be -λ (§2); in a softmax head the λ parts are empty.
struct Head {
  Matrix query, key;                // d_k x D
  Matrix query_lambda, key_lambda;  // d_k x D
  Matrix value;                     // d_v x D
  Matrix output;                    // D x d_v
};

struct Layer {
  std::vector<Head> heads;  // none: attention is off
  Matrix w1;                // F x D
  Matrix w2;                // D x F
};

// One coordinate of the position embedding P: an integer for every position below L.
struct PositionFeature {
  Eigen::Index coordinate = 0;
  std::vector<std::int64_t> values;
};

struct Network {
  Eigen::Index width = 0;  // D
  std::size_t max_length = 0;  // L
  Attention attention;
  Matrix embedding;  // D x T
  std::vector<PositionFeature> positions;
  std::vector<Layer> layers;
  Matrix readout;  // T x D

  Eigen::Index token_width() const { return embedding.cols(); }
};

// What is reported about a network's size (§9).
struct Shape {
  std::size_t length = 0;         // L
  std::size_t block = 0;          // B; 0 for standard attention
  std::size_t width = 0;          // D
  std::size_t paper_width = 0;    // max(D, widest feed-forward block, heads of a layer · widest head)
  std::size_t layers = 0;
  std::size_t heads = 0;          // most heads in one layer
  std::size_t head_dim = 0;       // widest head, max(d_k, d_v)
  std::size_t ffn_width = 0;      // widest feed-forward block
  std::size_t dense_parameters = 0;
  std::size_t nonzero_parameters = 0;  // weights of all matrices and of the position embedding
  Rational max_abs_weight = 0;         // largest |weight| of a matrix
};

Shape shape(const Network& network);

// The first thing wrong with the matrix shapes, named; nothing if the network is well formed.
std::optional<std::string> find_malformation(const Network& network);

}  // namespace wrought
