#include "constructions/lookup/marker.hpp"

#include <doctest/doctest.h>

#include "tests/constructions/lookup/lookup_case.hpp"

using namespace wrought;

namespace {

// A token is (flag); the output is the position of the flagged one.
Network marker_network(AttentionKind kind, std::size_t length, std::size_t block) {
  Program program(length);
  const Memory memory(program, pattern(kind, block),
                      {method_for(kind, block), block, (length + block - 1) / block, true, 0});
  const Register flag = program.token("flag", 0, {0, 1});
  program.output(0, locate_marked(program, memory, "mark", flag));
  return lay_out(program, pattern(kind, block), 1, Schedule::narrow).network;
}

// "" if the marked token and all later ones know its position, up to `tolerance`.
std::string first_wrong(Runner& runner, std::size_t length, std::size_t marked,
                        const Rational& tolerance = 0) {
  runner.reset();
  for (std::size_t p = 0; p < length; ++p) {
    runner.append({p == marked ? 1 : 0});
    if (p < marked) continue;
    const auto found = runner.output().enclosure(0);
    if (!found || found->lower < marked - tolerance || found->upper > marked + tolerance)
      return "token " + std::to_string(p) + " believes in " + runner.output().text(0) + ", not " +
             std::to_string(marked);
  }
  return "";
}

}  // namespace

TEST_CASE("marker_eq: the marked token and every later one know its position, wherever it is") {
  for (const AttentionKind kind : attention_kinds)
    for (const std::size_t length : {1, 2, 7, 20, 33})
      for (const std::size_t block : {std::size_t{1}, std::size_t{3}, ceil_sqrt(length), length}) {
        if (block > length) continue;
        const Network network = marker_network(kind, length, block);
        const auto runner = make_runner(network, {});
        INFO(name(kind), " L = ", length, " B = ", block);
        for (std::size_t marked = 0; marked < length; ++marked)
          CHECK(first_wrong(*runner, length, marked) == "");
      }
}

TEST_CASE("marker_eq: smooth errors stay below 1/4, by interval arithmetic") {
  RunOptions options;
  options.arithmetic = ArithmeticKind::interval;
  options.precision = 128;
  options.semantics = Sharpness{16, 30, 30};
  for (const AttentionKind kind : attention_kinds) {
    const Network network = marker_network(kind, 25, 5);
    const auto runner = make_runner(network, options);
    INFO(name(kind));
    for (const std::size_t marked : {0, 4, 7, 24})
      CHECK(first_wrong(*runner, 25, marked, Rational(1, 4)) == "");
  }
}

TEST_CASE("marker: one hop alone does not reach everything") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided}) {
    Network network = marker_network(kind, 20, 4);
    REQUIRE(network.layers.size() == 2);
    network.attention.block = 5;  // still two hops, and the gate in between needs none of the pattern
    const auto other_pattern = make_runner(network, {});
    CHECK(first_wrong(*other_pattern, 20, 6) == "");
    Network one_hop = network;
    one_hop.layers[0] = Layer{{}, Matrix(0, network.width), Matrix(network.width, 0)};
    const auto runner = make_runner(one_hop, {});
    CHECK(first_wrong(*runner, 20, 6) != "");
  }
}
