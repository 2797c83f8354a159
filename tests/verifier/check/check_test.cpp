#include "verifier/check/check.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/network/small_networks.hpp"

using namespace wrought;
using reference::speaking;

namespace {

// A runner whose outputs are given: one row of enclosures per token, nothing where the value is not finite.
using ScriptedRow = std::vector<std::optional<Enclosure>>;

class ScriptedRunner final : public Runner {
 public:
  explicit ScriptedRunner(std::vector<ScriptedRow> rows) {
    for (ScriptedRow& row : rows) rows_.emplace_back(std::move(row));
  }

  std::vector<Token> seen;

  void reset() override { seen.clear(); }
  void append(const Token& token) override { seen.push_back(token); }
  const RowView& output() const override { return rows_.at(seen.size() - 1); }
  void observe(RowObserver) override {}
  RunStatistics statistics() const override { return {}; }

 private:
  struct View final : RowView {
    explicit View(ScriptedRow values) : row(std::move(values)) {}
    std::size_t size() const override { return row.size(); }
    std::optional<Enclosure> enclosure(std::size_t c) const override { return row.at(c); }
    std::string text(std::size_t c) const override { return row.at(c) ? "a number" : "nan"; }
    ScriptedRow row;
  };
  std::deque<View> rows_;
};

Enclosure point(const Rational& x) { return {x, x}; }

// The integer points of {-4..4}² where the linear read-out 2<x,v> - |v|² is largest.
std::vector<std::pair<int, int>> argmax(const Rational& x, const Rational& y) {
  std::vector<std::pair<int, int>> best;
  Rational largest;
  for (int v = -4; v <= 4; ++v)
    for (int w = -4; w <= 4; ++w) {
      const Rational value = 2 * (x * v + y * w) - (v * v + w * w);
      if (!best.empty() && value < largest) continue;
      if (best.empty() || value > largest) best.clear();
      largest = value;
      best.emplace_back(v, w);
    }
  return best;
}

// `tokens` integers, all in one coordinate, decoded from a network that says values[t]·scale.
Report check_speaking(const std::vector<std::int64_t>& values, const Rational& scale,
                      const std::vector<Token>& expected, const RunOptions& options = {}) {
  const Network n = speaking(values, scale);
  const auto runner = make_runner(n, options);
  return check(*runner, {{0}}, expected);
}

}  // namespace

TEST_CASE("rounding is the argmax of the linear read-out, and a tie decodes to nothing") {  // §1
  for (int a = -28; a <= 28; ++a)
    for (int b = -28; b <= 28; ++b) {
      const Rational x(a, 7), y(b, 8);  // |x|, |y| <= 4: the nearest points are in the vocabulary
      const auto best = argmax(x, y);
      const auto decoded_x = decode(point(x)), decoded_y = decode(point(y));
      CAPTURE(to_string(x));
      CAPTURE(to_string(y));
      CHECK((best.size() == 1) == (decoded_x && decoded_y));
      if (decoded_x && decoded_y)
        CHECK(best.front() == std::pair(static_cast<int>(*decoded_x), static_cast<int>(*decoded_y)));
    }
}

TEST_CASE("decoding an enclosure") {
  const Rational tiny(1, 1'000'000), half(1, 2);
  CHECK(decode({Rational(-1, 4), Rational(1, 4)}) == Integer(0));
  CHECK(decode({3 - half + tiny, 3 + half - tiny}) == Integer(3));
  CHECK(decode({-3 - half + tiny, -3 + half - tiny}) == Integer(-3));
  CHECK_FALSE(decode({3 - half, Rational(3)}).has_value());  // cells are open
  CHECK_FALSE(decode({Rational(3), 3 + half}).has_value());
  CHECK_FALSE(decode({Rational(2), Rational(3)}).has_value());
  CHECK_FALSE(decode(point(half)).has_value());
  CHECK_FALSE(decode(point(-half)).has_value());
}

TEST_CASE("verdicts have names and an order") {
  CHECK(name(Verdict::verified) == "verified");
  CHECK(name(Verdict::refuted) == "refuted");
  CHECK(name(Verdict::unknown) == "unknown");
  CHECK(worst(Verdict::verified, Verdict::verified) == Verdict::verified);
  for (const Verdict v : {Verdict::verified, Verdict::unknown}) {
    CHECK(worst(v, Verdict::unknown) == Verdict::unknown);
    CHECK(worst(Verdict::unknown, v) == Verdict::unknown);
  }
  for (const Verdict v : {Verdict::verified, Verdict::unknown, Verdict::refuted}) {
    CHECK(worst(v, Verdict::refuted) == Verdict::refuted);
    CHECK(worst(Verdict::refuted, v) == Verdict::refuted);
  }
}

TEST_CASE("verified: every token right, with the smallest margin") {
  const Report r = check_speaking({31, -20, 12}, Rational(1, 10), {{3}, {-2}, {1}});
  CHECK(r.verdict == Verdict::verified);
  CHECK(r.tokens == 3);
  CHECK(r.margin == Rational(3, 10));  // 12/10 is 2/10 from 1
  CHECK_FALSE(r.difference.has_value());
  CHECK(r.reason.empty());
}

TEST_CASE("refuted: the first token that differs is shown") {
  const Report r = check_speaking({30, -20, 12, 70}, Rational(1, 10), {{3}, {-2}, {2}, {9}});
  CHECK(r.verdict == Verdict::refuted);
  CHECK(r.tokens == 2);
  CHECK(r.margin == Rational(1, 2));
  REQUIRE(r.difference.has_value());
  CHECK(r.difference->position == 3);  // the prompt has one token
  CHECK(r.difference->coordinate == 0);
  CHECK(r.difference->expected == 2);
  CHECK(r.difference->found == "6/5");
  CHECK(r.reason == "a token differs");
}

TEST_CASE("an exact tie is not the expected token") {
  for (const std::int64_t expected : {2, 3}) {
    const Report r = check_speaking({5}, Rational(1, 2), {{expected}});
    CHECK(r.verdict == Verdict::refuted);
    CHECK(r.difference->found == "5/2");
  }
}

TEST_CASE("unknown: an enclosure that neither lies in the expected cell nor outside it") {
  // With 2 bits, 5 is enclosed by [4, 6].
  const RunOptions two_bits{ArithmeticKind::interval, 2, Sharpness{1, 1, 1}};
  for (const std::int64_t expected : {4, 5, 6}) {
    const Report r = check_speaking({5}, 1, {{expected}}, two_bits);
    CHECK(r.verdict == Verdict::unknown);
    CHECK(r.tokens == 0);
    CHECK(r.difference->expected == expected);
    CHECK(r.reason == "the enclosure is too wide to round");
  }
  for (const std::int64_t expected : {3, 7})
    CHECK(check_speaking({5}, 1, {{expected}}, two_bits).verdict == Verdict::refuted);
  CHECK(check_speaking({4}, 1, {{4}}, two_bits).verdict == Verdict::verified);
}

TEST_CASE("unknown: a value that is not finite") {
  ScriptedRunner runner({{point(1), std::nullopt}});
  const Report r = check(runner, {{0, 0}}, {{1, 1}});
  CHECK(r.verdict == Verdict::unknown);
  CHECK(r.difference->coordinate == 1);
  CHECK(r.reason == "the value is not finite");
}

TEST_CASE("the edges of a cell belong to nobody") {
  const auto verdict = [](const Enclosure& output) {
    ScriptedRunner runner({{output}});
    return check(runner, {{0}}, {{2}}).verdict;
  };
  const Rational below(3, 2), above(5, 2);
  CHECK(verdict({below + Rational(1, 100), above - Rational(1, 100)}) == Verdict::verified);
  CHECK(verdict({below, Rational(2)}) == Verdict::unknown);
  CHECK(verdict({Rational(2), above}) == Verdict::unknown);
  CHECK(verdict({Rational(-9), Rational(9)}) == Verdict::unknown);
  CHECK(verdict(point(below)) == Verdict::refuted);
  CHECK(verdict(point(above)) == Verdict::refuted);
  CHECK(verdict({Rational(0), below}) == Verdict::refuted);
  CHECK(verdict({above, Rational(4)}) == Verdict::refuted);
}

TEST_CASE("the expected tokens are fed back, the last one is not") {
  ScriptedRunner runner({{point(9)}, {point(1)}, {point(2)}, {point(3)}});
  runner.append({77});  // forgotten: a check starts from nothing
  const Report r = check(runner, {{10}, {11}}, {{1}, {2}, {3}});
  CHECK(r.verdict == Verdict::verified);
  CHECK(runner.seen == std::vector<Token>{{10}, {11}, {1}, {2}});
}

TEST_CASE("a run that leaves what the ideal semantics defines is refuted") {
  Network n = reference::tiny();
  n.attention.kind = AttentionKind::linear;
  n.layers[0].heads[0].key = reference::matrix({{0, Rational(1, 2), 0}}, 3);
  const auto runner = make_runner(n, {});
  const Report r = check(*runner, {{0, 0}, {-1, 0}}, {{0, 0}});
  CHECK(r.verdict == Verdict::refuted);
  CHECK(r.difference->position == 1);
  CHECK(r.reason == "feature-map argument -1/2 lies in (-1, 0), where the ideal semantics is not defined");
}
