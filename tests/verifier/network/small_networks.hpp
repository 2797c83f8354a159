// Networks written down by hand or at random.
#pragma once

#include <random>
#include <vector>

#include "verifier/network/network.hpp"

namespace wrought::reference {

inline Matrix matrix(const std::vector<std::vector<Rational>>& rows, Eigen::Index columns) {
  Matrix m(static_cast<Eigen::Index>(rows.size()), columns);
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (rows[r][c] != 0) m.insert(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = rows[r][c];
  return m;
}

inline Matrix zeros(Eigen::Index rows, Eigen::Index columns) { return Matrix(rows, columns); }

// No layers, tokens of one integer that is ignored: the output at position t is scale · values[t].
inline Network speaking(const std::vector<std::int64_t>& values, const Rational& scale) {
  Network n;
  n.width = 1;
  n.max_length = values.size();
  n.embedding = zeros(1, 1);
  n.positions = {{0, values}};
  n.readout = matrix({{scale}}, 1);
  return n;
}

// A softmax network with every part: width 3, tokens of 2 integers, 4 positions, one layer with one head
// (d_k = 1, d_v = 2) and two hidden units. Coordinate 0 is the constant 1, coordinate 1 the sum of the token.
inline Network tiny() {
  Network n;
  n.width = 3;
  n.max_length = 4;
  n.embedding = matrix({{}, {1, 1}, {}}, 2);
  n.positions = {{0, {1, 1, 1, 1}}};
  Head head;
  head.query = matrix({{1, 0, 0}}, 3);
  head.key = matrix({{0, 2, 0}}, 3);
  head.query_lambda = head.key_lambda = zeros(1, 3);
  head.value = matrix({{0, 1, 0}, {1, 0, 0}}, 3);
  head.output = matrix({{}, {}, {1, Rational(-5, 2)}}, 2);
  Layer layer;
  layer.heads = {head};
  layer.w1 = matrix({{0, 0, 1}, {0, 0, -1}}, 3);
  layer.w2 = matrix({{}, {1, 1}, {}}, 2);
  n.layers = {layer};
  n.readout = matrix({{0, 1, 0}, {0, 0, 1}}, 3);
  return n;
}

// Random sparse rational weights. The first three coordinates hold integers (the constant 1, the token, the position)
// that no layer writes; linear heads take queries and keys from them alone, with integer weights, and so never ask
// their feature map for an argument in (-1, 0).
class RandomNetworks {
 public:
  explicit RandomNetworks(std::uint64_t seed) : generator_(seed) {}

  Network next(const Attention& attention) {
    Network n;
    n.width = 6;
    n.max_length = 9;
    n.attention = attention;
    n.embedding = matrix({{}, {1}, {}, {}, {weight(), weight()}, {}}, 2);
    n.positions = {{0, std::vector<std::int64_t>(n.max_length, 1)},
                   {2, integers(n.max_length)},
                   {5, integers(n.max_length)}};
    for (int l = 0; l < 2; ++l) n.layers.push_back(layer(attention.is_linear()));
    n.readout = random_matrix(2, n.width, n.width);
    return n;
  }

  Token token() { return {small(), small()}; }

 private:
  static constexpr Eigen::Index read_only = 3;

  std::int64_t small() { return static_cast<std::int64_t>(generator_() % 5) - 2; }
  Rational weight() {
    return generator_() % 2 == 0 ? Rational(0)
                                 : Rational(small(), 1 + static_cast<std::int64_t>(generator_() % 3));
  }

  std::vector<std::int64_t> integers(std::size_t count) {
    std::vector<std::int64_t> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(small());
    return result;
  }

  // Entries in the first `used` columns only.
  Matrix random_matrix(Eigen::Index rows, Eigen::Index columns, Eigen::Index used, bool whole = false) {
    std::vector<std::vector<Rational>> entries;
    for (Eigen::Index r = 0; r < rows; ++r) {
      auto& row = entries.emplace_back();
      for (Eigen::Index c = 0; c < used; ++c) row.push_back(whole ? Rational(small()) : weight());
    }
    return matrix(entries, columns);
  }

  // Rows for the coordinates that layers may write.
  Matrix random_update(Eigen::Index columns) {
    std::vector<std::vector<Rational>> entries(6);
    for (std::size_t r = read_only; r < 6; ++r)
      for (Eigen::Index c = 0; c < columns; ++c) entries[r].push_back(weight());
    return matrix(entries, columns);
  }

  Head head(bool linear) {
    const Eigen::Index used = linear ? read_only : 6, slope = linear ? read_only : 0;
    Head h;
    h.query = random_matrix(2, 6, used, linear);
    h.key = random_matrix(2, 6, used, linear);
    h.query_lambda = random_matrix(2, 6, slope, true);
    h.key_lambda = random_matrix(2, 6, slope, true);
    h.value = random_matrix(3, 6, 6);
    h.output = random_update(3);
    return h;
  }

  Layer layer(bool linear) {
    Layer l;
    l.heads = {head(linear), head(linear)};
    l.w1 = random_matrix(4, 6, 6);
    l.w2 = random_update(4);
    return l;
  }

  std::mt19937_64 generator_;
};

}  // namespace wrought::reference
