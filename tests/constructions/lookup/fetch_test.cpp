#include "constructions/lookup/fetch.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/constructions/lookup/lookup_case.hpp"

using namespace wrought;

namespace {

constexpr unsigned seed = 20240601;

// Every token asks for every position.
void check_all_positions(const FetchCase& c) {
  INFO(c.text());
  std::mt19937 random(seed);
  const Network network = c.layout().network;
  const auto runner = make_runner(network, {});
  for (std::size_t round = 0; round < c.length; ++round)
    CHECK(first_wrong(*runner, c.tokens(round, random)) == "");
}

FetchCase example(AttentionKind kind, std::size_t length, std::size_t block) {
  FetchCase c;
  c.kind = kind;
  c.method = method_for(kind, block);
  c.length = length;
  c.block = block;
  return c;
}

// Whether exact runs notice that something is wrong with the network.
bool is_refuted(const FetchCase& c, const Network& network) {
  std::mt19937 random(seed);
  const auto runner = make_runner(network, {});
  for (std::size_t round = 0; round < c.length; ++round)
    if (first_wrong(*runner, c.tokens(round, random)) != "") return true;
  return false;
}

PositionFeature& feature(Layout& layout, const std::string& name) {
  for (const Placement& placement : layout.placements)
    if (placement.name == name && placement.first_stage == 0)
      for (PositionFeature& f : layout.network.positions)
        if (f.coordinate == static_cast<Eigen::Index>(placement.coordinate)) return f;
  throw std::logic_error("no position feature " + name);
}

}  // namespace

TEST_CASE(
    "fetch_eq: every token fetches every earlier position exactly, under all attention kinds and block "
    "sizes") {
  for (const AttentionKind kind : attention_kinds)
    for (const std::size_t length : {1, 2, 3, 5, 10, 17, 26})
      for (const std::size_t block : std::set<std::size_t>{1, 2, 3, ceil_sqrt(length), length})
        if (block <= length) check_all_positions(example(kind, length, block));
}

TEST_CASE("fetch_eq: several fetches, taking turns in one region or in regions of their own") {
  for (const AttentionKind kind : attention_kinds)
    for (const bool one_region : {true, false}) {
      FetchCase c = example(kind, 18, 5);
      c.fetches = 3;
      c.one_region = one_region;
      check_all_positions(c);
    }
}

TEST_CASE("fetch_eq: payloads that are all 0 or all V, and V = 0") {
  for (const AttentionKind kind : attention_kinds)
    for (const std::int64_t V : {0, 1}) {
      FetchCase c = example(kind, 11, 4);
      c.V = V;
      check_all_positions(c);
      const Network network = c.layout().network;
      const auto runner = make_runner(network, {});
      std::mt19937 random(seed);
      std::vector<Token> tokens = c.tokens(3, random);
      for (Token& token : tokens) token[0] = V;
      CHECK(first_wrong(*runner, tokens) == "");
    }
}

TEST_CASE("fetch_window_eq: under sparse attention as far as the window reaches") {
  FetchCase c = example(AttentionKind::sparse, 20, 6);
  c.method = LookupMethod::window;
  std::mt19937 random(seed);
  const Network network = c.layout().network;
  const auto runner = make_runner(network, {});
  std::vector<Token> tokens = c.tokens(0, random);
  for (std::size_t back = 0; back < c.block; ++back) {
    for (std::size_t p = 0; p < tokens.size(); ++p)
      tokens[p][1] = static_cast<std::int64_t>(p - std::min(back, p));
    CHECK(first_wrong(*runner, tokens) == "");
  }
  // One position further it has left the window, unless it is a block end.
  for (std::size_t p = 0; p < tokens.size(); ++p)
    tokens[p][1] = static_cast<std::int64_t>(p - std::min(c.block, p));
  CHECK(first_wrong(*runner, tokens) != "");
}

TEST_CASE("fetch_telescoping_eq: exactly v, for every distance below A·B") {
  constexpr std::size_t length = 41, B = 3, A = 4, reach = A * B;
  constexpr std::int64_t V = 9;
  Attention attention = pattern(AttentionKind::linear, B);
  Program program(length);
  Memory memory(program, attention, {LookupMethod::telescoping, B, A, true, anchored_divisor(length, A, B)});
  const Register payload = program.token("payload", 0, {0, V});
  const Register evicted = program.token("evicted", 1, {0, V});
  const Register back = program.token("back", 2, {0, reach - 1});  // the position asked for is p - back
  program.output(0, fetch(program, memory, {"v", payload, Form(memory.at.p) - back, evicted}));
  program.output(2, payload);
  const Network network = lay_out(program, attention, 3, Schedule::narrow).network;
  const auto runner = make_runner(network, {});

  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> any(0, V);
  for (std::size_t round = 0; round < reach; ++round) {
    runner->reset();
    std::vector<std::int64_t> payloads{0};  // of the first token
    for (std::size_t p = 0; p < length; ++p) {
      if (p > 0) payloads.push_back(any(random));
      const std::size_t distance = std::min((round + p) % reach, p);
      runner->append(
          {payloads[p], p >= reach ? payloads[p - reach] : 0, static_cast<std::int64_t>(distance)});
      const Rational v = payloads[p - distance], found = runner->output().enclosure(0)->lower;
      INFO("token ", p, " asks for the one ", distance, " back");
      CHECK(found == v);
    }
  }
}

TEST_CASE("fetch: width B + O(1), whatever the length") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear})
    for (const std::size_t fetches : {std::size_t{1}, std::size_t{3}}) {
      FetchCase c = example(kind, 40, 7);
      c.fetches = fetches;
      const auto width = [&](std::size_t length, std::size_t block) {
        c.length = length;
        c.block = block;
        return c.layout().network.width;
      };
      CHECK(width(40, 12) == width(40, 7) + 5);
      CHECK(width(400, 12) == width(40, 12));
    }
}

TEST_CASE("fetch: a wrong position table is refuted") {
  // The blocks begin one token earlier than the pattern and the region think.
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::linear}) {
    const FetchCase c = example(kind, 17, 4);
    Layout layout = c.layout();
    std::vector<std::int64_t>& block = feature(layout, "block").values;
    for (std::size_t p = 0; p < block.size(); ++p) block[p] = static_cast<std::int64_t>((p + 1) / c.block);
    CHECK(is_refuted(c, layout.network));
  }
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear}) {
    const FetchCase c = example(kind, 17, 4);
    Layout layout = c.layout();
    feature(layout, kind == AttentionKind::linear ? "written" : "residue").values[9] = 2;  // not 1
    CHECK(is_refuted(c, layout.network));
  }
}

TEST_CASE("fetch: a pattern with another block size is refuted") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided}) {
    const FetchCase c = example(kind, 17, 4);
    Network network = c.layout().network;
    --network.attention.block;
    CHECK(is_refuted(c, network));
  }
}

TEST_CASE("fetch: every single value weight matters") {
  for (const AttentionKind kind : attention_kinds) {
    const FetchCase c = example(kind, 17, 4);
    Network network = c.layout().network;
    for (Layer& layer : network.layers)
      for (std::size_t h = 0; h < layer.heads.size(); ++h)
        for (Eigen::Index row = 0; row < layer.heads[h].value.outerSize(); ++row)
          for (Matrix::InnerIterator it(layer.heads[h].value, row); it; ++it) {
            INFO(c.text(), ", head ", h, ", value ", row);
            const Rational weight = it.value();
            it.valueRef() = weight + 1;
            CHECK(is_refuted(c, network));
            it.valueRef() = weight;
          }
  }
}

TEST_CASE("fetch: unless the share of the own region is taken away again it is refuted") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided}) {
    const FetchCase c = example(kind, 17, 4);
    Layout layout = c.layout();
    const auto share = std::find_if(layout.placements.begin(), layout.placements.end(),
                                    [](const Placement& p) { return p.name == "own v1"; });
    REQUIRE(share != layout.placements.end());
    const auto forget_share = [&](Matrix& matrix) {
      matrix.prune([&](Eigen::Index, Eigen::Index column, const Rational&) {
        return column != static_cast<Eigen::Index>(share->coordinate);
      });
    };
    std::vector<Layer>& layers = layout.network.layers;
    for (std::size_t l = share->first_stage / 2; l < layers.size() && 2 * l + 2 <= share->last_stage; ++l)
      forget_share(layers[l].w1);
    if (share->last_stage > 2 * layers.size()) forget_share(layout.network.readout);
    CHECK(is_refuted(c, layout.network));
  }
}

TEST_SUITE("slow") {
  TEST_CASE("fetch_eq: long sequences") {
    for (const AttentionKind kind : attention_kinds)
      for (const std::size_t length : {std::size_t{64}, std::size_t{150}, std::size_t{300}})
        for (const std::size_t block :
             {ceil_sqrt(length), ceil_sqrt(length) / 2, 2 * ceil_sqrt(length) + 1}) {
          const FetchCase c = example(kind, length, block);
          INFO(c.text());
          std::mt19937 random(seed);
          const Network network = c.layout().network;
          const auto runner = make_runner(network, {});
          for (const std::size_t round : {std::size_t{0}, std::size_t{1}, length / 2, length - 1})
            CHECK(first_wrong(*runner, c.tokens(round, random)) == "");
        }
  }

  TEST_CASE("fetch: smooth errors stay below 1/4 at moderate sharpness, by interval arithmetic") {
    RunOptions options;
    options.arithmetic = ArithmeticKind::interval;
    options.precision = 128;
    options.semantics = Sharpness{16, 30, 30};
    for (const AttentionKind kind : attention_kinds)
      for (const std::size_t length : {std::size_t{9}, std::size_t{36}}) {
        FetchCase c = example(kind, length, ceil_sqrt(length));
        c.fetches = 2;
        INFO(c.text());
        std::mt19937 random(seed);
        const Network network = c.layout().network;
        const auto runner = make_runner(network, options);
        for (const std::size_t round : {std::size_t{0}, std::size_t{1}, std::size_t{4}, length - 1})
          CHECK(first_wrong(*runner, c.tokens(round, random), Rational(1, 4)) == "");
      }
  }
}
