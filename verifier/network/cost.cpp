#include "verifier/network/cost.hpp"

#include <algorithm>

namespace wrought {

Integer dense_cost(const Network& network) {
  const Integer L = network.max_length, D = network.width;
  Integer visible = 0;
  for (std::size_t i = 0; i < network.max_length; ++i) visible += network.attention.visible_count(i);

  Integer cost = 0;
  for (const Layer& layer : network.layers) {
    for (const Head& head : layer.heads) {
      const Integer d_k = head.query.rows(), d_v = head.value.rows();
      cost += network.attention.is_linear() ? Integer(L * d_k * d_v) : Integer(std::max(d_k, d_v) * visible);
    }
    cost += L * (4 * D * D + 2 * D * Integer(layer.w1.rows()));
  }
  return cost;
}

}  // namespace wrought
