#include "verifier/network/network.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/verifier/network/small_networks.hpp"

using namespace wrought;
using reference::matrix;
using reference::tiny;
using reference::zeros;

TEST_CASE("the shape of a network") {
  const Shape s = shape(tiny());
  CHECK(s.length == 4);
  CHECK(s.block == 0);  // standard attention has none
  CHECK(s.width == 3);
  CHECK(s.paper_width == 3);
  CHECK(s.layers == 1);
  CHECK(s.heads == 1);
  CHECK(s.head_dim == 2);
  CHECK(s.ffn_width == 2);
  // E 3·2, P 4·3, W_Q and W_K 1·3 each, W_V 2·3, W_O 3·2, W_1 2·3, W_2 3·2, read-out 2·3.
  CHECK(s.dense_parameters == 6 + 12 + 3 + 3 + 6 + 6 + 6 + 6 + 6);
  CHECK(s.nonzero_parameters == 2 + 4 + 1 + 1 + 2 + 2 + 2 + 2 + 2);
  CHECK(s.max_abs_weight == Rational(5, 2));
}

TEST_CASE("the paper's width is the largest of D, the feed-forward width and heads times head dimension") {
  Network wide_feed_forward = tiny();
  wide_feed_forward.layers[0].w1 = zeros(7, 3);
  wide_feed_forward.layers[0].w2 = zeros(3, 7);
  CHECK(shape(wide_feed_forward).paper_width == 7);
  Network many_heads = tiny();
  many_heads.layers[0].heads.resize(3, many_heads.layers[0].heads[0]);
  CHECK(shape(many_heads).heads == 3);
  CHECK(shape(many_heads).paper_width == 6);
  Network blocks = tiny();
  blocks.attention = {AttentionKind::sparse, 2};
  CHECK(shape(blocks).block == 2);
}

TEST_CASE("λ parts count among the non-zero parameters, not twice among the dense ones") {
  Network n = tiny();
  n.attention.kind = AttentionKind::linear;
  n.layers[0].heads[0].key_lambda = matrix({{0, 0, -9}}, 3);
  CHECK(shape(n).dense_parameters == shape(tiny()).dense_parameters);
  CHECK(shape(n).nonzero_parameters == shape(tiny()).nonzero_parameters + 1);
  CHECK(shape(n).max_abs_weight == 9);
}

TEST_CASE("a well-formed network has no malformation") {
  CHECK_FALSE(find_malformation(tiny()).has_value());
  CHECK_FALSE(find_malformation(reference::speaking({1, 2}, 1)).has_value());
  CHECK_FALSE(find_malformation(reference::RandomNetworks(1).next({AttentionKind::linear})).has_value());
}

TEST_CASE("each kind of malformation is named") {
  struct Case {
    std::function<void(Network&)> spoil;
    std::string message;
  };
  const auto head = [](Network& n) -> Head& { return n.layers[0].heads[0]; };
  const std::vector<Case> cases{
      {[](Network& n) { n.embedding = zeros(2, 2); }, "embedding is 2 x 2, should be 3 x 2"},
      {[](Network& n) { n.readout = zeros(2, 4); }, "readout is 2 x 4, should be 2 x 3"},
      {[](Network& n) { n.readout = zeros(1, 3); }, "readout is 1 x 3, should be 2 x 3"},
      {[&](Network& n) { head(n).query = zeros(1, 2); }, "layer 0 head 0 query is 1 x 2, should be 1 x 3"},
      {[&](Network& n) { head(n).key = zeros(2, 3); }, "layer 0 head 0 key is 2 x 3, should be 1 x 3"},
      {[&](Network& n) { head(n).query_lambda = zeros(0, 3); },
       "layer 0 head 0 query_lambda is 0 x 3, should be 1 x 3"},
      {[&](Network& n) { head(n).key_lambda = zeros(0, 0); },
       "layer 0 head 0 key_lambda is 0 x 0, should be 1 x 3"},
      {[&](Network& n) { head(n).value = zeros(2, 1); }, "layer 0 head 0 value is 2 x 1, should be 2 x 3"},
      {[&](Network& n) { head(n).output = zeros(3, 1); }, "layer 0 head 0 output is 3 x 1, should be 3 x 2"},
      {[](Network& n) { n.layers[0].w1 = zeros(2, 2); }, "layer 0 w1 is 2 x 2, should be 2 x 3"},
      {[](Network& n) { n.layers[0].w2 = zeros(3, 3); }, "layer 0 w2 is 3 x 3, should be 3 x 2"},
      {[](Network& n) { n.positions[0].coordinate = 3; }, "position feature at coordinate 3 of 3"},
      {[](Network& n) { n.positions[0].coordinate = -1; }, "position feature at coordinate -1 of 3"},
      {[](Network& n) { n.positions[0].values.pop_back(); }, "position feature has 3 values for 4 positions"},
      {[](Network& n) { n.attention.block = 0; },
       "attention pattern needs block >= 1, window >= 1 and globals <= block"},
      {[](Network& n) { n.attention.window = 0; },
       "attention pattern needs block >= 1, window >= 1 and globals <= block"},
      {[](Network& n) { n.attention.globals = 2; },
       "attention pattern needs block >= 1, window >= 1 and globals <= block"},
  };
  for (const Case& c : cases) {
    Network n = tiny();
    c.spoil(n);
    CHECK(find_malformation(n) == c.message);
  }
}
