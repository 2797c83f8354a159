#include "verifier/network/attention.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/verifier/network/visible.hpp"

using namespace wrought;

namespace {

// Every pattern with small parameters.
std::vector<Attention> patterns() {
  std::vector<Attention> all{{AttentionKind::standard}, {AttentionKind::linear}};
  for (std::size_t block = 1; block <= 6; ++block) {
    all.push_back({AttentionKind::strided, block});
    for (std::size_t window = 1; window <= 3; ++window)
      for (std::size_t globals = 0; globals <= block; ++globals)
        all.push_back({AttentionKind::sparse, block, window, globals});
  }
  return all;
}

}  // namespace

TEST_CASE("a token sees what the formula of its pattern says, in increasing order") {
  for (const Attention& a : patterns())
    for (std::size_t i = 0; i < 40; ++i) {
      CAPTURE(name(a.kind));
      CAPTURE(a.block);
      CAPTURE(a.window);
      CAPTURE(a.globals);
      CAPTURE(i);
      std::vector<std::size_t> visited;
      a.for_each_visible(i, [&](std::size_t j) { visited.push_back(j); });
      CHECK(visited == reference::visible(a, i));
      CHECK(a.visible_count(i) == visited.size());
    }
}

TEST_CASE("in both sparse patterns two hops reach everything") {  // §4.3, with one global token per block
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided})
    for (std::size_t block = 1; block <= 6; ++block) {
      const Attention a{kind, block};
      for (std::size_t i = 0; i < 40; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
          bool reached = false;
          for (const std::size_t h : reference::visible(a, i)) reached |= reference::sees(a, h, j);
          CHECK_MESSAGE(reached, name(kind) << "(" << block << "): " << j << " from " << i);
        }
    }
}

TEST_CASE("patterns have names") {
  CHECK(name(AttentionKind::standard) == "standard");
  CHECK(name(AttentionKind::sparse) == "sparse");
  CHECK(name(AttentionKind::strided) == "strided");
  CHECK(name(AttentionKind::linear) == "linear");
}
