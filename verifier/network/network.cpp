#include "verifier/network/network.hpp"

#include <algorithm>

namespace wrought {

namespace {

using Index = Eigen::Index;

// Calls visit(name, matrix, rows, columns) for every matrix of the network with the shape it should have.
// Matrices whose row count is theirs to choose (d_k, d_v, F) are taken at their word in one place and held to it
// in the others.
template <class Visit>
void for_each_matrix(const Network& n, Visit&& visit) {
  const Index width = n.width;
  visit("embedding", n.embedding, width, n.token_width());
  visit("readout", n.readout, n.token_width(), width);
  for (std::size_t l = 0; l < n.layers.size(); ++l) {
    const Layer& layer = n.layers[l];
    const std::string at = "layer " + std::to_string(l) + " ";
    for (std::size_t h = 0; h < layer.heads.size(); ++h) {
      const Head& head = layer.heads[h];
      const std::string in = at + "head " + std::to_string(h) + " ";
      visit(in + "query", head.query, head.query.rows(), width);
      visit(in + "key", head.key, head.query.rows(), width);
      visit(in + "query_lambda", head.query_lambda, head.query.rows(), width);
      visit(in + "key_lambda", head.key_lambda, head.query.rows(), width);
      visit(in + "value", head.value, head.value.rows(), width);
      visit(in + "output", head.output, width, head.value.rows());
    }
    visit(at + "w1", layer.w1, layer.w1.rows(), width);
    visit(at + "w2", layer.w2, width, layer.w1.rows());
  }
}

std::size_t count(Index n) { return static_cast<std::size_t>(n); }

}  // namespace

std::optional<std::string> find_malformation(const Network& network) {
  std::optional<std::string> found;
  for_each_matrix(network, [&](const std::string& what, const Matrix& matrix, Index rows, Index columns) {
    if (!found && (matrix.rows() != rows || matrix.cols() != columns))
      found = what + " is " + std::to_string(matrix.rows()) + " x " + std::to_string(matrix.cols()) +
              ", should be " + std::to_string(rows) + " x " + std::to_string(columns);
  });
  for (const PositionFeature& feature : network.positions) {
    if (!found && (feature.coordinate < 0 || feature.coordinate >= network.width))
      found = "position feature at coordinate " + std::to_string(feature.coordinate) + " of " +
              std::to_string(network.width);
    if (!found && feature.values.size() != network.max_length)
      found = "position feature has " + std::to_string(feature.values.size()) + " values for " +
              std::to_string(network.max_length) + " positions";
  }
  if (!found && network.max_length == 0) found = "a network needs at least one position";
  const Attention& attention = network.attention;
  if (!found && (attention.block == 0 || attention.window == 0 || attention.globals > attention.block))
    found = "attention pattern needs block >= 1, window >= 1 and globals <= block";
  constexpr std::size_t widest = std::size_t{1} << 40;  // far beyond any sequence, and products do not overflow
  if (!found && (attention.block > widest || attention.window > widest / attention.block))
    found = "attention pattern's window is wider than 2^40 tokens";
  return found;
}

Shape shape(const Network& network) {
  Shape s;
  s.length = network.max_length;
  s.block = network.attention.kind == AttentionKind::standard ? 0 : network.attention.block;
  s.width = s.paper_width = count(network.width);
  s.layers = network.layers.size();
  for (const Layer& layer : network.layers) {
    std::size_t widest_head = 0;
    for (const Head& head : layer.heads)
      widest_head = std::max({widest_head, count(head.query.rows()), count(head.value.rows())});
    s.heads = std::max(s.heads, layer.heads.size());
    s.head_dim = std::max(s.head_dim, widest_head);
    s.ffn_width = std::max(s.ffn_width, count(layer.w1.rows()));
    s.paper_width = std::max({s.paper_width, count(layer.w1.rows()), layer.heads.size() * widest_head});
  }
  for_each_matrix(network, [&](const std::string&, const Matrix& matrix, Index rows, Index columns) {
    s.nonzero_parameters += count(matrix.nonZeros());
    s.dense_parameters += count(rows * columns);
    for (Index row = 0; row < matrix.outerSize(); ++row)
      for (Matrix::InnerIterator it(matrix, row); it; ++it)
        s.max_abs_weight = std::max<Rational>(s.max_abs_weight, abs(it.value()));
  });
  // The λ parts are the same parameters as the matrices they are added to.
  for (const Layer& layer : network.layers)
    for (const Head& head : layer.heads)
      s.dense_parameters -= count(2 * head.query_lambda.rows() * head.query_lambda.cols());
  s.dense_parameters += network.max_length * count(network.width);
  for (const PositionFeature& feature : network.positions)
    s.nonzero_parameters += count(
        std::count_if(feature.values.begin(), feature.values.end(), [](std::int64_t v) { return v != 0; }));
  return s;
}

}  // namespace wrought
