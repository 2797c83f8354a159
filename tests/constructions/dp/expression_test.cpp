#include "constructions/dp/expression.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace wrought;

namespace {

const Expr i = make_expr(expr::LoopVariable{0, "i"});
const Expr j = make_expr(expr::LoopVariable{1, "j"});
const Expr n = make_expr(expr::Length{0, "s"});
const Expr symbol = make_expr(expr::Symbol{0, "s", i});
const Expr earlier = make_expr(expr::StateValue{0, "dp", {i - 1, j}});

struct Point {
  std::int64_t i, j;
};

std::int64_t at(const Expr& e, const Point& p) {
  Environment environment;
  environment.loop = [&](const expr::LoopVariable& v) { return v.index == 0 ? p.i : p.j; };
  return evaluate(e, environment);
}

// Every i, j in -4..4.
void for_each_point(const std::function<void(const Point&)>& visit) {
  for (std::int64_t a = -4; a <= 4; ++a)
    for (std::int64_t b = -4; b <= 4; ++b) visit({a, b});
}

void check_equal(const Expr& e, const std::function<std::int64_t(std::int64_t, std::int64_t)>& expected) {
  for_each_point([&](const Point& p) {
    CHECK_MESSAGE(at(e, p) == expected(p.i, p.j), to_string(e) << " at i = " << p.i << ", j = " << p.j);
  });
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  std::int64_t q = -100;
  while ((q + 1) * b <= a) ++q;
  return q;
}

// Random expressions in i and j of every kind without leaves that need a problem.
class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint64_t seed) : generator_(seed) {}

  Expr number(int depth) {
    if (depth == 0) return below(3) == 0 ? Expr(small()) : (below(2) == 0 ? i : j);
    const Expr a = number(depth - 1), b = number(depth - 1);
    switch (below(9)) {
      case 0: return a + b;
      case 1: return a - b;
      case 2: return small() * a;
      case 3: return condition(depth - 1) * b;
      case 4: return min(a, b);
      case 5: return max(a, b);
      case 6: return cases(condition(depth - 1), a, otherwise, b);
      case 7: return lookup(a, -2, {3, 1, 4, 1, -5});
      default: return below(2) == 0 ? quotient(a, 3) : mod(a, 3);
    }
  }

  Expr condition(int depth) {
    if (depth == 0 || below(2) == 0) {
      const Expr a = number(depth), b = number(depth);
      switch (below(6)) {
        case 0: return a == b;
        case 1: return a != b;
        case 2: return a < b;
        case 3: return a > b;
        case 4: return a <= b;
        default: return a >= b;
      }
    }
    const Expr a = condition(depth - 1), b = condition(depth - 1);
    switch (below(3)) {
      case 0: return !a;
      case 1: return a && b;
      default: return a || b;
    }
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return generator_() % bound; }
  std::int64_t small() { return static_cast<std::int64_t>(below(7)) - 3; }

  std::mt19937_64 generator_;
};

std::string refusal(const std::function<void()>& build) {
  try {
    build();
  } catch (const Inadmissible& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("expressions mean what they say") {
  using Integer64 = std::int64_t;
  check_equal(2 * i - j + 3, [](auto a, auto b) { return 2 * a - b + 3; });
  check_equal(-(i - j), [](auto a, auto b) { return b - a; });
  check_equal(i == j, [](auto a, auto b) { return Integer64{a == b}; });
  check_equal(i != j, [](auto a, auto b) { return Integer64{a != b}; });
  check_equal(i < j, [](auto a, auto b) { return Integer64{a < b}; });
  check_equal(i <= j, [](auto a, auto b) { return Integer64{a <= b}; });
  check_equal(i > j, [](auto a, auto b) { return Integer64{a > b}; });
  check_equal(i >= j, [](auto a, auto b) { return Integer64{a >= b}; });
  check_equal(!(i >= j), [](auto a, auto b) { return Integer64{a < b}; });
  check_equal(i > 0 && j > 0, [](auto a, auto b) { return Integer64{a > 0 && b > 0}; });
  check_equal(i > 0 || j > 0, [](auto a, auto b) { return Integer64{a > 0 || b > 0}; });
  check_equal((i > 0) * j, [](auto a, auto b) { return a > 0 ? b : 0; });
  check_equal(j * (i > 0), [](auto a, auto b) { return a > 0 ? b : 0; });
  check_equal(min(i, j, 1), [](auto a, auto b) { return std::min({a, b, Integer64{1}}); });
  check_equal(max(i, j, 1), [](auto a, auto b) { return std::max({a, b, Integer64{1}}); });
  check_equal(quotient(i, 3), [](auto a, auto) { return floor_divide(a, 3); });
  check_equal(mod(i, 3), [](auto a, auto) { return a - 3 * floor_divide(a, 3); });
  check_equal(lookup(i, -1, {7, 8, 5}), [](auto a, auto) { return a <= -1 ? 7 : a == 0 ? 8 : 5; });
  check_equal(cases(i == 0, 10, j == 0, 20, otherwise, i), [](auto a, auto b) {
    return a == 0 ? 10 : b == 0 ? 20 : a;
  });
}

TEST_CASE("alternatives that are not taken are not evaluated") {
  // There is nothing that gives symbols here: asking for one would throw.
  CHECK(at(cases(i == 0, 5, otherwise, symbol), {0, 0}) == 5);
  CHECK(at((i > 0) * symbol, {0, 0}) == 0);
  CHECK_THROWS(at(symbol, {0, 0}));
}

TEST_CASE("sums are collected") {
  CHECK(to_string(i + j - i) == "j");
  CHECK(to_string(i - i) == "0");
  CHECK(to_string((i + 1) + (i - 1)) == "2·i");
  CHECK(to_string(3 * (i - 2 * j + 1) - i) == "2·i - 6·j + 3");
  CHECK(to_string(i + 0) == "i");
  CHECK(to_string(2 * min(i, j) + min(i, j)) == "3·min(i, j)");
}

TEST_CASE("formulas") {
  CHECK(to_string(Expr(-7)) == "-7");
  CHECK(to_string(-i) == "-i");
  CHECK(to_string(symbol) == "s[i]");
  CHECK(to_string(earlier) == "dp(i - 1, j)");
  CHECK(to_string(make_expr(expr::LastValue{0, "dp"})) == "dp(last)");
  CHECK(to_string(i == n + 1) == "i = length(s) + 1");
  CHECK(to_string(i < j) == "j ≥ i + 1");
  CHECK(to_string(symbol != earlier) == "not (s[i] = dp(i - 1, j))");
  CHECK(to_string(i == 0 && !(j == 0)) == "(i = 0) and (not (j = 0))");
  CHECK(to_string(i == 0 || j == 0) == "(i = 0) or (j = 0)");
  CHECK(to_string((i == 0) * (j + 1)) == "[i = 0]·(j + 1)");
  CHECK(to_string(max(i, j + 1)) == "max(i, j + 1)");
  CHECK(to_string(cases(i == 0, j, otherwise, i + j)) == "j if i = 0 else (i + j)");
  CHECK(to_string(lookup(i, 2, {5, 6})) == "table(i - 2; 5, 6)");
  CHECK(to_string(quotient(i + 1, 4)) == "⌊(i + 1)/4⌋");
  CHECK(to_string(mod(i + j, 4)) == "(i + j) mod 4");
}

TEST_CASE("equal texts mean equal expressions") {
  constexpr std::uint64_t seed = 21;
  INFO("seed " << seed);
  RandomExpressions random(seed);
  std::map<std::string, Expr> known;
  for (int round = 0; round < 3000; ++round) {
    const Expr e = random.number(1 + round % 2);
    const auto [it, inserted] = known.try_emplace(to_string(e), e);
    if (inserted) continue;
    for_each_point([&](const Point& p) { CHECK_MESSAGE(at(e, p) == at(it->second, p), to_string(e)); });
  }
}

TEST_CASE("the range of an expression holds all its values, and is attained where no leaf is used twice") {
  constexpr std::uint64_t seed = 22;
  INFO("seed " << seed);
  RandomExpressions random(seed);
  const auto leaf = [](const Expr&) { return Range{-4, 4}; };
  for (int round = 0; round < 500; ++round) {
    const Expr e = random.number(round % 4);
    const Range r = range(e, leaf);
    for_each_point([&](const Point& p) {
      CHECK_MESSAGE(r.lo <= at(e, p), to_string(e));
      CHECK_MESSAGE(at(e, p) <= r.hi, to_string(e));
    });
  }
  for (const Expr& e :
       {2 * i - 3 * j + 1, min(i, j), max(i, j), quotient(i, 3), mod(i, 3), (i == 0) * (j + 9), i < j,
        lookup(i, 0, {4, 2, 9}), cases(i == 0, j, otherwise, 7 - j)}) {
    std::int64_t lowest = 1000, highest = -1000;
    for_each_point([&](const Point& p) {
      lowest = std::min(lowest, at(e, p));
      highest = std::max(highest, at(e, p));
    });
    CAPTURE(to_string(e));
    CHECK(range(e, leaf).lo == lowest);
    CHECK(range(e, leaf).hi == highest);
  }
}

TEST_CASE("what the gadgets cannot compute is refused where it is written") {
  CHECK(
      refusal([] { i* j; }) ==
      "the product of `i` and `j` is not admissible: one factor must be a constant or a condition (0 or 1); "
      "a function of one small number can be given by lookup(argument, first, values)");
  CHECK(refusal([] { cases(i, 1, otherwise, 2); }) ==
        "cases needs conditions, but `i` is a number; compare it with something, for instance i > 0");
  CHECK(refusal([] { !i; }) ==
        "! needs conditions, but `i` is a number; compare it with something, for instance i > 0");
  CHECK(refusal([] { (i == 0) && j; }) ==
        "&& needs conditions, but `j` is a number; compare it with something, for instance j > 0");
  CHECK(refusal([] { i || (j == 0); }) ==
        "|| needs conditions, but `i` is a number; compare it with something, for instance i > 0");
  CHECK(refusal([] { quotient(i + 1, 0); }) == "`i + 1` is divided by 0; the divisor must be 1 or more");
  CHECK(refusal([] { mod(i, -2); }) == "`i` is divided by -2; the divisor must be 1 or more");
  CHECK(refusal([] { lookup(i, 0, {}); }) == "the table of `i` has no values");
}
