// Telescoping memory (C4): what it costs, that it is exact, and whether verification refutes it where it is one off.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/constructions/local_case.hpp"

using namespace wrought;

namespace {

// Telescoping memory as the proof describes it (mathematics.md §6.1), of the first field.
struct Telescoping {
  explicit Telescoping(const Construction& c)
      : A(c.plan.memory.A),
        B(c.plan.memory.B),
        C(c.plan.memory.C),
        value(c.format.value(0)),
        evicted(c.format.evicted(0)) {}

  std::size_t capacity() const { return A * B; }
  std::size_t block(std::size_t t) const { return t % capacity() / B; }

  // Tokens 0..T in the block of address t.
  std::size_t count(std::size_t T, std::size_t t) const {
    std::size_t n = 0;
    for (std::size_t start = block(t) * B; start <= T; start += capacity()) n += std::min(B, T + 1 - start);
    return n;
  }

  // What a read of v from position q at token T gives: the divisor is C, or the number of tokens once that is larger and the
  // anchor weighs nothing.
  Rational read(std::size_t T, std::size_t q, std::int64_t v) const {
    return Rational(v) * Rational(C) / std::max<Rational>(Rational(C), count(T, q));
  }

  std::size_t A, B;
  Integer C;
  std::size_t value, evicted;
};

// How far the reads of a lagged recurrence are off at the token T that generates: those of the next value, and of what is evicted.
struct LaggedErrors {
  Rational value, evicted;
};
LaggedErrors errors_at(const Telescoping& memory, const std::vector<Token>& tokens, std::size_t T,
                       std::size_t m) {
  const auto error = [&](std::size_t q) {
    const std::int64_t v = tokens[q][memory.value];
    return Rational(abs(v - memory.read(T, q, v)));
  };
  const std::size_t first = m + 1;  // BOS, m symbols, separator: the token that generates x_1
  const std::size_t t = T - first + 1;
  LaggedErrors errors;
  errors.value = t <= m ? error(t) : error(T + 1 - m);
  if (t == 1) errors.value += error(m);  // x_0, a symbol
  errors.evicted = T + 1 >= memory.capacity() ? error(T + 1 - memory.capacity()) : Rational(0);
  return errors;
}

// Every number that a run generates is exactly the integer that is meant.
void check_exact(std::int64_t m, std::int64_t steps, std::uint64_t seed) {
  const TaskCase c = lagged_recurrence_case(m, steps, 10);
  const Construction construction =
      compile(c.problem, c.max_lengths, AttentionKind::linear, Schedule::narrow);
  textbook::RandomSequences random(seed);
  const ChainOfThought chain = expected_chain(c, construction, largest_input(c, random));
  const std::vector<Token> tokens = whole(chain);
  const auto runner = make_runner(construction.network(), {});
  std::size_t differing = 0;
  for (std::size_t T = 0; T + 1 < tokens.size(); ++T) {
    runner->append(tokens[T]);
    if (T + 1 < chain.prompt.size()) continue;
    for (std::size_t k = 0; k < tokens[T + 1].size(); ++k)
      differing += runner->output().enclosure(k)->lower != tokens[T + 1][k];
  }
  CHECK(differing == 0);
}

// The same tokens with the fields that were evicted `age` tokens before.
std::vector<Token> with_age(std::vector<Token> tokens, const Telescoping& memory, std::size_t age) {
  for (std::size_t t = 0; t + 1 < tokens.size(); ++t)
    tokens[t][memory.evicted] = t < age ? 0 : tokens[t - age][memory.value];
  return tokens;
}

std::vector<Token> part(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  return {tokens.begin() + textbook::signed_size(first), tokens.begin() + textbook::signed_size(last)};
}

struct LaggedRun {
  TaskCase task = lagged_recurrence_case(6, 80, 10);
  Construction construction =
      compile(task.problem, task.max_lengths, AttentionKind::linear, Schedule::narrow);
  ChainOfThought chain = construction.encode({{3, 1, 4, 1, 5, 9}});
  Telescoping memory{construction};
  std::vector<Token> tokens = whole(chain);
  std::size_t first = chain.prompt.size();
};

}  // namespace

TEST_CASE("C4: D is at most ⌈√m⌉ + 25 and does not depend on L") {
  for (const std::int64_t m : {3, 15, 63, 255}) {
    std::set<std::size_t> widths;
    for (const std::int64_t steps : {2 * m, 4 * m, 40 * m})
      widths.insert(width_of(lagged_recurrence_case(m, steps, 10), AttentionKind::linear));
    CAPTURE(m);
    CHECK(widths.size() == 1);
    CHECK(*widths.rbegin() <= ceil_sqrt(m_of(lagged_recurrence_case(m, 2 * m, 10))) + 25);
  }
}

TEST_CASE("C4: what a problem adds to ⌈√m⌉ does not grow with its size") {
  const auto check = [](const std::function<TaskCase(std::int64_t)>& task,
                        const std::vector<std::int64_t>& sizes) {
    std::vector<std::size_t> rest;
    for (const std::int64_t n : sizes)
      rest.push_back(width_of(task(n), AttentionKind::linear) - ceil_sqrt(m_of(task(n))));
    CAPTURE(task(sizes.front()).problem.name);
    CHECK(std::is_sorted(rest.rbegin(), rest.rend()));
  };
  check([](std::int64_t n) { return arithmetic_case(n, 5); }, {9, 17, 31, 63});
  check([](std::int64_t n) { return local_edit_distance_case(n, {}, 4); }, {6, 12, 24, 40});
}

TEST_CASE("telescoping memory is exact at every token") {
  check_exact(5, 60, 61);
  check_exact(16, 200, 62);
}

// x_t = x_{t-1} + x_{t-2-k} mod 4 with k = x_{t-2}: two reads one after the other. The symbols are what comes before; the
// separator counts as 0.
Problem jumps(std::int64_t steps) {
  ProblemBuilder b{"jumps"};
  const auto s = b.input("s", 0, 3);
  b.require(length(s) >= 5, "at least 5 symbols");
  const auto x = b.value("x", 0, 3), t = b.value("t", 0, steps);
  b.repeat_until(b.last(t) == steps, Rational(steps));
  const auto k = b.back(2)[x];
  b.transition(mod(b.back(1)[x] + b.back("jump", 2 + k, 5)[x], 4), cases(b.is_first(), 1, otherwise, b.back(1)[t] + 1));
  b.answer(b.last(x));
  return b.build();
}

std::int64_t last_of_jumps(std::vector<std::int64_t> x, std::int64_t steps) {
  x.push_back(0);
  for (std::int64_t t = 0; t < steps; ++t) {
    const std::size_t n = x.size();
    x.push_back((x[n - 1] + x[n - 2 - static_cast<std::size_t>(x[n - 2])]) % 4);
  }
  return x.back();
}

TEST_CASE("C4: a position may depend on what was read") {
  constexpr std::int64_t steps = 40;
  const Problem problem = jumps(steps);
  const Construction construction = compile(problem, {6}, AttentionKind::linear, Schedule::narrow);
  REQUIRE(construction_name(construction.plan) == std::string("C4"));
  textbook::RandomSequences random(67);
  for (int k = 0; k < 50; ++k) {
    const std::vector<std::int64_t> input = random.next(6, 0, 3);
    const ChainOfThought chain = construction.encode({input});
    CHECK(chain.answer == last_of_jumps(input, steps));
    CHECK(run(construction, chain.prompt, chain.generated).verdict == Verdict::verified);
  }
}

TEST_CASE("an evicted field of the wrong age is refuted where it first differs") {
  const LaggedRun r;
  REQUIRE(run(r.construction, r.chain.prompt, r.chain.generated).verdict == Verdict::verified);
  REQUIRE(with_age(r.tokens, r.memory, r.memory.capacity()) == r.tokens);
  for (const std::size_t age : {r.memory.capacity() - 1, r.memory.capacity() + 1}) {
    CAPTURE(age);
    const std::vector<Token> wrong = with_age(r.tokens, r.memory, age);
    std::size_t t = r.first;
    while (wrong[t] == r.tokens[t]) ++t;
    const Report report = run(r.construction, r.chain.prompt, part(wrong, r.first, wrong.size()));
    CHECK(report.verdict == Verdict::refuted);
    CHECK(report.reason == "a token differs");
    CHECK(report.difference->position == t);
    CHECK(report.difference->coordinate == r.memory.evicted);
    CHECK(report.difference->expected == wrong[t][r.memory.evicted]);
  }
}

TEST_CASE(
    "memory that was told to evict at the wrong age does not telescope, and is refuted at the first wrong "
    "read") {
  const LaggedRun r;
  const std::size_t capacity = r.memory.capacity(), lag = 6;
  const std::size_t told = r.first + 3 * capacity;  // the tokens before are given, the rest is generated
  for (const std::size_t age : {capacity - 1, capacity + 1}) {
    CAPTURE(age);
    const std::vector<Token> wrong = with_age(r.tokens, r.memory, age);
    std::vector<std::int64_t> held(capacity);  // what has been written at every address adds up to
    const auto write = [&](const Token& token, std::size_t t) {
      held[t % capacity] += token[r.memory.value] - token[r.memory.evicted];
    };
    const auto reads_right = [&](std::size_t t) { return held[t % capacity] == r.tokens[t][r.memory.value]; };
    for (std::size_t t = 0; t < told; ++t) write(wrong[t], t);
    std::size_t t = told;
    for (; reads_right(t - capacity) && reads_right(t - lag); ++t) write(r.tokens[t], t);
    REQUIRE(t + 1 < r.tokens.size());
    const Report report = run(r.construction, part(wrong, 0, told), part(r.tokens, told, r.tokens.size()));
    CHECK(report.verdict == Verdict::refuted);
    CHECK(report.reason == "a token differs");
    CHECK(report.difference->position == t);
  }
}

TEST_CASE("a divisor that is too small is refuted where a read is first off by half") {
  const LaggedRun r;
  for (const std::int64_t C : {1, 8, 16}) {
    CAPTURE(C);
    const Construction weak =
        changed(r.task, AttentionKind::linear, [&](ConstructionPlan& plan) { plan.memory.C = C; });
    const Telescoping memory(weak);
    // Up to a quarter everything is decided rightly; from a half on a token is wrong.
    std::size_t quarter = r.tokens.size(), half = r.tokens.size();
    for (std::size_t T = r.first - 1; T + 2 < r.tokens.size(); ++T) {
      const LaggedErrors errors = errors_at(memory, r.tokens, T, 6);
      const Rational worst = std::max(errors.value, errors.evicted);
      if (worst >= Rational(1, 4)) quarter = std::min(quarter, T + 1);
      if (worst >= Rational(1, 2)) half = std::min(half, T + 1);
    }
    REQUIRE(half < r.tokens.size());
    const Report report = run(weak, r.chain.prompt, r.chain.generated);
    CHECK(report.verdict == Verdict::refuted);
    CHECK(report.reason == "a token differs");
    CHECK(report.difference->position >= quarter);
    CHECK(report.difference->position <= half);
    const std::size_t coordinate = report.difference->coordinate;
    const bool is_read = coordinate == memory.value || coordinate == memory.evicted;
    CHECK(is_read);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("nothing accumulates over thousands of steps, m up to 256") {
    check_exact(64, 3000, 63);
    check_exact(100, 3000, 64);
    check_exact(256, 4000, 65);
  }
}
