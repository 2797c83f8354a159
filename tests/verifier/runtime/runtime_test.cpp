#include "verifier/runtime/runtime.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/verifier/network/small_networks.hpp"
#include "tests/verifier/runtime/dense_forward.hpp"

using namespace wrought;
using reference::matrix;
using reference::Real;
using reference::real;
using reference::speaking;
using reference::tiny;

namespace {

const Sharpness sharpness{Rational(3, 2), Rational(5, 4), Rational(7, 3)};

const std::vector<Attention>& patterns() {
  static const std::vector<Attention> all{{AttentionKind::standard},
                                          {AttentionKind::sparse, 3},
                                          {AttentionKind::sparse, 2, 2, 0},
                                          {AttentionKind::strided, 3},
                                          {AttentionKind::linear}};
  return all;
}

struct RandomCase {
  Network network;
  std::vector<Token> tokens;
};

// The same for the same seed; the runner keeps a reference to the network.
RandomCase random_case(const Attention& attention, std::uint64_t seed) {
  reference::RandomNetworks random(seed);
  RandomCase c{random.next(attention), {}};
  for (std::size_t t = 0; t < c.network.max_length; ++t) c.tokens.push_back(random.token());
  return c;
}

// Runs token by token and calls compare(found, expected, where) for every coordinate of every row of every stage,
// where the expected row comes from a forward pass over the whole prefix.
template <class Functions, class Compare>
void compare_with_dense(const RandomCase& c, const RunOptions& options, const Functions& functions,
                        Compare&& compare) {
  const auto runner = make_runner(c.network, options);
  const reference::Recorder recorder(*runner);
  const reference::DenseForward forward(c.network, functions);
  for (std::size_t t = 0; t < c.tokens.size(); ++t) {
    runner->append(c.tokens[t]);
    const auto expected = forward({c.tokens.begin(), c.tokens.begin() + static_cast<std::ptrdiff_t>(t) + 1});
    const auto last = static_cast<Eigen::Index>(t);
    REQUIRE(recorder.stages(t) == expected.stages.size());
    for (std::size_t stage = 0; stage < expected.stages.size(); ++stage)
      for (std::size_t d = 0; d < recorder.row(t, stage).size(); ++d)
        compare(recorder.row(t, stage)[d], expected.stages[stage](static_cast<Eigen::Index>(d), last),
                "token " + std::to_string(t) + " stage " + std::to_string(stage) + " coordinate " +
                    std::to_string(d));
    for (std::size_t d = 0; d < runner->output().size(); ++d)
      compare(runner->output().enclosure(d).value(), expected.output(static_cast<Eigen::Index>(d), last),
              "token " + std::to_string(t) + " output " + std::to_string(d));
  }
}

// Only the head of tiny(), which adds onto coordinate 2; that is the output.
Network head_only() {
  Network n = tiny();
  n.layers[0].w1 = reference::zeros(0, 3);
  n.layers[0].w2 = reference::zeros(3, 0);
  n.readout = matrix({{0, 0, 1}, {}}, 3);
  return n;
}

template <class Check>
void for_random_cases(std::uint64_t count, Check&& check) {
  for (const Attention& attention : patterns())
    for (std::uint64_t seed = 1; seed <= count; ++seed) {
      INFO(name(attention.kind) << "(" << attention.block << "), seed " << seed);
      check(random_case(attention, seed));
    }
}

// Relative to the size of the number; absolute near 0.
void compare_smooth(const RunOptions& options, const Real& tolerance) {
  for_random_cases(4, [&](const RandomCase& c) {
    compare_with_dense(c, options, reference::SmoothFunctions{sharpness},
                       [&](const Enclosure& found, const Real& expected, const std::string& where) {
                         const Real allowed = tolerance * (1 + abs(expected));
                         CHECK_MESSAGE(abs(Real(real(found.lower) - expected)) <= allowed, where);
                         CHECK_MESSAGE(abs(Real(real(found.upper) - expected)) <= allowed, where);
                       });
  });
}

}  // namespace

TEST_CASE("ideal semantics, exact: every number of every row equals the dense forward pass") {
  for_random_cases(25, [](const RandomCase& c) {
    compare_with_dense(c, {}, reference::IdealFunctions{},
                       [](const Enclosure& found, const Rational& expected, const std::string& where) {
                         CHECK_MESSAGE(found.lower == expected, where);
                         CHECK_MESSAGE(found.upper == expected, where);
                       });
  });
}

TEST_CASE("ideal semantics in doubles, where they are exact") {
  // Weights that are multiples of 1/4 and one layer of sums: no double is ever rounded.
  const Network n = tiny();
  const auto exact = make_runner(n, {});
  const auto machine = make_runner(n, {ArithmeticKind::machine_double, 0, Ideal{}});
  for (const Token& token : {Token{1, 2}, Token{4, -1}, Token{0, 3}}) {
    exact->append(token);
    machine->append(token);
    for (std::size_t c = 0; c < 2; ++c)
      CHECK(machine->output().enclosure(c)->lower == exact->output().enclosure(c)->lower);
  }
}

TEST_CASE("smooth semantics, interval: every enclosure holds the dense forward pass and is narrow") {
  const Real reference_error("1e-80");
  for_random_cases(6, [&](const RandomCase& c) {
    compare_with_dense(c, {ArithmeticKind::interval, 160, sharpness}, reference::SmoothFunctions{sharpness},
                       [&](const Enclosure& found, const Real& expected, const std::string& where) {
                         CHECK_MESSAGE(real(found.lower) <= expected + reference_error, where);
                         CHECK_MESSAGE(real(found.upper) >= expected - reference_error, where);
                         CHECK_MESSAGE(real(found.upper - found.lower) <= Real("1e-35") * (1 + abs(expected)),
                                       where);
                       });
  });
}

TEST_CASE("smooth semantics, double and p bits: close to the dense forward pass") {
  compare_smooth({ArithmeticKind::machine_double, 0, sharpness}, Real("1e-11"));
  compare_smooth({ArithmeticKind::bits, 200, sharpness}, Real("1e-55"));
  compare_smooth({ArithmeticKind::bits, 30, sharpness}, Real("1e-5"));
}

TEST_CASE("hardmax averages over ties") {
  Network n = head_only();  // the score is twice the sum of the token
  n.positions.push_back({2, {10, 20, 40, 80}});
  n.layers[0].heads[0].value = matrix({{0, 0, 1}, {}}, 3);
  const auto runner = make_runner(n, {});
  const auto output_after = [&](std::int64_t token) {
    runner->append({token, 0});
    return runner->output().enclosure(0)->lower;
  };
  CHECK(output_after(1) == 10 + 10);
  CHECK(output_after(1) == 20 + Rational(10 + 20, 2));
  CHECK(output_after(0) == 40 + Rational(10 + 20, 2));
  CHECK(output_after(1) == 80 + Rational(10 + 20 + 80, 3));
}

TEST_CASE("a linear head") {
  Network n = head_only();
  n.attention.kind = AttentionKind::linear;
  n.layers[0].heads[0].key = matrix({{0, 1, 0}}, 3);
  n.layers[0].heads[0].value = matrix({{0, 1, 0}, {}}, 3);
  const auto run = [&](const std::vector<Token>& tokens) {
    const auto runner = make_runner(n, {});
    for (const Token& token : tokens) runner->append(token);
    return runner->output().enclosure(0)->lower;
  };
  SUBCASE("weighs by φ(q)·φ(k), with φ(x) = x + 1 for x >= 0 and 0 for x <= -1") {
    CHECK(run({{3, 0}, {1, 0}, {-4, 0}}) == Rational(3 * 4 + 1 * 2, 4 + 2));
  }
  SUBCASE("returns the plain average where nothing has weight") {
    CHECK(run({{-1, 0}, {-2, 0}, {-6, 0}}) == Rational(-1 - 2 - 6, 3));
  }
  SUBCASE("refuses a feature-map argument in (-1, 0)") {
    n.layers[0].heads[0].key = matrix({{0, Rational(1, 2), 0}}, 3);
    CHECK_NOTHROW(run({{2, 0}, {-2, 0}}));
    CHECK_THROWS_WITH_AS(
        run({{2, 0}, {-1, 0}}),
        "feature-map argument -1/2 lies in (-1, 0), where the ideal semantics is not defined", Undefined);
    CHECK_THROWS_AS(reference::DenseForward(n, reference::IdealFunctions{})({{-1, 0}}),
                    reference::NotDefined);
  }
}

TEST_CASE("λ is added to queries and keys of linear heads: W + λ·W_λ") {
  Network n = tiny();
  n.attention.kind = AttentionKind::linear;
  Head& head = n.layers[0].heads[0];
  head.key_lambda = matrix({{0, -1, 0}}, 3);
  for (const Rational& lambda : {Rational(2), Rational(9)}) {
    Network folded = n;
    folded.layers[0].heads[0].key = matrix({{0, 2 - lambda, 0}}, 3);
    folded.layers[0].heads[0].key_lambda = reference::zeros(1, 3);
    const RunOptions options{ArithmeticKind::bits, 100, Sharpness{1, 1, lambda}};
    const auto a = make_runner(n, options), b = make_runner(folded, options);
    for (const Token& token : {Token{1, 0}, Token{0, 2}, Token{1, 1}}) {
      a->append(token);
      b->append(token);
      CHECK(a->output().text(1) == b->output().text(1));
    }
  }
}

TEST_CASE("reset gives the same run again") {
  for (const Attention& attention : patterns()) {
    const RandomCase c = random_case(attention, 7);
    for (const RunOptions& options : {RunOptions{}, RunOptions{ArithmeticKind::interval, 80, sharpness},
                                      RunOptions{ArithmeticKind::machine_double, 0, sharpness}}) {
      const auto runner = make_runner(c.network, options);
      const auto run = [&] {
        std::string text;
        for (const Token& token : c.tokens) {
          runner->append(token);
          for (std::size_t d = 0; d < 2; ++d) text += runner->output().text(d) + " ";
        }
        return text;
      };
      const std::string first = run();
      const RunStatistics once = runner->statistics();
      runner->reset();
      CHECK(run() == first);
      CHECK(runner->statistics().multiply_adds == 2 * once.multiply_adds);
      CHECK(runner->statistics().cache_bytes == once.cache_bytes);
    }
  }
}

TEST_CASE("the cost follows the non-zeros, and a linear head's state does not grow") {
  const Network n = speaking({3, 0, 5}, 2);
  const auto runner = make_runner(n, {});
  auto spent = [&, before = std::uint64_t{0}]() mutable {
    runner->append({1});
    const std::uint64_t now = runner->statistics().multiply_adds, cost = now - before;
    before = now;
    return cost;
  };
  CHECK(spent() == 1);  // one read-out weight
  CHECK(spent() == 0);  // times zero
  CHECK(spent() == 1);

  const RandomCase c = random_case({AttentionKind::linear}, 3);
  const auto linear = make_runner(c.network, {});
  linear->append(c.tokens[0]);
  const std::uint64_t bytes = linear->statistics().cache_bytes;
  for (std::size_t t = 1; t < c.tokens.size(); ++t) linear->append(c.tokens[t]);
  CHECK(linear->statistics().cache_bytes == bytes);
}

TEST_CASE("a runner refuses what it cannot run") {
  const Network n = speaking({1, 2}, 1);
  const auto refusal = [&](const RunOptions& options) -> std::string {
    try {
      make_runner(n, options);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  CHECK(refusal({ArithmeticKind::exact, 0, sharpness}) ==
        "exact arithmetic runs the ideal semantics, which has no sharpness");
  CHECK(refusal({ArithmeticKind::interval, 53, Ideal{}}) ==
        "interval arithmetic runs the smooth semantics: give a sharpness");
  CHECK(refusal({ArithmeticKind::bits, 53, Ideal{}}) ==
        "p-bit arithmetic runs the smooth semantics: give a sharpness");
  CHECK(refusal({ArithmeticKind::machine_double, 0, Ideal{}}) == "");
  for (const ArithmeticKind kind : {ArithmeticKind::interval, ArithmeticKind::bits}) {
    CHECK(refusal({kind, 1, sharpness}) != "");
    CHECK(refusal({kind, 2, sharpness}) == "");
  }
  for (const Sharpness& s : {Sharpness{0, 1, 1}, Sharpness{1, 0, 1}, Sharpness{1, 1, -1}})
    CHECK(refusal({ArithmeticKind::machine_double, 0, s}) == "the sharpness κ, τ, λ must be positive");

  Network malformed = tiny();
  malformed.layers[0].w2 = reference::zeros(3, 5);
  CHECK_THROWS_WITH_AS(make_runner(malformed, {}), "malformed network: layer 0 w2 is 3 x 5, should be 3 x 2",
                       std::invalid_argument);
}

TEST_CASE("a run refuses tokens of the wrong width, one token too many, and output before the first token") {
  const Network n = speaking({1, 2}, 1);
  const auto runner = make_runner(n, {});
  CHECK_THROWS_AS(runner->output(), std::logic_error);
  CHECK_THROWS_WITH_AS(runner->append({1, 2}), "a token has 1 coordinates, not 2", std::invalid_argument);
  runner->append({0});
  runner->append({0});
  CHECK_THROWS_WITH_AS(runner->append({0}), "the network takes 2 tokens and no more", std::length_error);
  runner->reset();
  CHECK_THROWS_AS(runner->output(), std::logic_error);
  CHECK_NOTHROW(runner->append({0}));
}
