#include "proofs/bounds/width.hpp"

#include <algorithm>

#include "proofs/bounds/chain_count.hpp"

namespace wrought {

namespace {

Integer state_numbers(const Integer& key_dim, const Integer& value_dim) {
  return key_dim * value_dim + key_dim;
}

// ⌈a/b⌉
Integer ceil_divide(const Integer& a, const Integer& b) { return (a + b - 1) / b; }

}  // namespace

NetworkClass class_of(const Network& network) {
  NetworkClass networks{network.attention, network.layers.size(), 0, 0, 0};
  for (const Layer& layer : network.layers) {
    networks.attending_layers += layer.heads.empty() ? 0 : 1;
    networks.heads += layer.heads.size();
    networks.most_heads = std::max(networks.most_heads, layer.heads.size());
  }
  return networks;
}

std::optional<Integer> visible_tokens(const Attention& attention, std::size_t before) {
  switch (attention.kind) {
    case AttentionKind::standard: return Integer(before);
    case AttentionKind::sparse: {
      const std::size_t B = attention.block, c = attention.globals;
      const std::size_t window = std::min(before, attention.window * B - 1);
      const std::size_t outside = before - window;
      const std::size_t in_last_block = outside % B > B - c ? outside % B - (B - c) : 0;
      return Integer(window) + Integer(outside / B) * c + in_last_block;
    }
    case AttentionKind::strided:
    case AttentionKind::linear: break;
  }
  return std::nullopt;
}

std::optional<Integer> crossing_numbers(const NetworkClass& networks, HeadShape shape, std::size_t before,
                                        const Integer& width) {
  const bool is_own = shape == HeadShape::own;
  if (networks.attention.is_linear()) {
    if (is_own) return networks.heads * state_numbers(width, width);
    if (networks.most_heads == 0) return Integer(0);
    const Integer dimension = ceil_divide(width, networks.most_heads);
    return Integer(networks.layers) * networks.most_heads * state_numbers(dimension, dimension);
  }
  const std::optional<Integer> visible = visible_tokens(networks.attention, before);
  if (!visible) return std::nullopt;
  return *visible * (is_own ? networks.attending_layers : networks.layers) * width;
}

std::optional<Integer> crossing_numbers(const Network& network, std::size_t before) {
  if (!network.attention.is_linear())
    return crossing_numbers(class_of(network), HeadShape::own, before, Integer(network.width));
  Integer numbers = 0;
  for (const Layer& layer : network.layers)
    for (const Head& head : layer.heads) numbers += state_numbers(head.query.rows(), head.value.rows());
  return numbers;
}

std::optional<Integer> width_ge(const NetworkClass& networks, HeadShape shape, std::size_t before,
                                const Integer& chains, unsigned bits) {
  const Integer needed = ceil_log2(chains);
  const auto suffices = [&](const Integer& width) {
    return bits * *crossing_numbers(networks, shape, before, width) >= needed;
  };
  const std::optional<Integer> least = crossing_numbers(networks, shape, before, 1);
  if (!least || (*least == 0 && needed > 0)) return std::nullopt;
  Integer enough = 1;
  while (!suffices(enough)) enough *= 2;
  Integer too_small = enough / 2;  // 0, or a width that does not suffice
  while (enough - too_small > 1) {
    const Integer middle = (too_small + enough) / 2;
    (suffices(middle) ? enough : too_small) = middle;
  }
  return enough;
}

WidthBounds width_bounds(const Network& network, std::size_t before, const Integer& chains, unsigned bits) {
  const NetworkClass networks = class_of(network);
  return {bits, before, crossing_numbers(network, before),
          width_ge(networks, HeadShape::own, before, chains, bits),
          width_ge(networks, HeadShape::paper, before, chains, bits)};
}

unsigned standard_bits(std::size_t length) { return 2 * static_cast<unsigned>(ceil_log2(length)) + 18; }

}  // namespace wrought
