// m-local problems: windows (C3) and telescoping memory (C4). What they cost, that telescoping memory is exact, and whether
// verification refutes them where they are one off.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "constructions/dp/locality.hpp"
#include "constructions/residual/layout.hpp"
#include "tests/constructions/task_cases.hpp"

using namespace wrought;

namespace {

std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

std::size_t m_of(const TaskCase& c) {
  return static_cast<std::size_t>(max_distance(c.problem, c.max_lengths));
}

std::size_t width_of(const TaskCase& c, AttentionKind kind) {
  return shape(compile(c.problem, c.max_lengths, kind, Schedule::narrow).network()).width;
}

// A construction after a change of its plan that plan_construction would not make.
Construction changed(const TaskCase& c, AttentionKind kind,
                     const std::function<void(ConstructionPlan&)>& change) {
  Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
  change(construction.plan);
  const Program program = program_for(c.problem, c.max_lengths, construction.plan, construction.format);
  construction.layout =
      lay_out(program, construction.plan.attention, construction.format.width(), construction.schedule);
  return construction;
}

Report run(const Construction& construction, const std::vector<Token>& prompt,
           const std::vector<Token>& expected) {
  const auto runner = make_runner(construction.network(), {});
  return check(*runner, prompt, expected);
}

std::vector<Token> whole(const ChainOfThought& chain) {
  std::vector<Token> tokens = chain.prompt;
  tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end());
  return tokens;
}

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

// All lengths of inputs up to the bounds. Expressions have an odd number of symbols.
std::vector<std::vector<std::int64_t>> all_lengths(const TaskCase& c) {
  std::vector<std::vector<std::int64_t>> all{{}};
  for (const std::int64_t bound : c.max_lengths) {
    std::vector<std::vector<std::int64_t>> longer;
    for (const auto& before : all)
      for (std::int64_t n = 1; n <= bound; n += c.draw ? 2 : 1) {
        longer.push_back(before);
        longer.back().push_back(n);
      }
    all = std::move(longer);
  }
  std::erase_if(all, [&](const auto& lengths) { return unmet_requirement(c.problem, lengths) != nullptr; });
  return all;
}

// A random input of these lengths.
textbook::Sequences input_of(const TaskCase& c, const std::vector<std::int64_t>& lengths,
                             textbook::RandomSequences& random) {
  textbook::Sequences input;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    const InputSequence& symbols = c.problem.inputs[k];
    const auto draw = [&](std::uint64_t bound) { return random.below(bound); };
    textbook::Sequence s;
    while (textbook::signed_size(s.size()) != lengths[k])
      s = c.draw ? random_expression(symbols.hi - 5, lengths[k], draw)
                 : random.next(static_cast<std::size_t>(lengths[k]), symbols.lo, symbols.hi);
    input.push_back(std::move(s));
  }
  return input;
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

TEST_CASE("C3: D does not depend on the size") {
  const auto check = [](const std::function<TaskCase(std::int64_t)>& task,
                        const std::vector<std::int64_t>& sizes) {
    std::set<std::size_t> widths;
    for (const std::int64_t n : sizes) {
      const TaskCase c = task(n);
      const Construction construction =
          compile(c.problem, c.max_lengths, AttentionKind::sparse, Schedule::narrow);
      REQUIRE(construction_name(construction.plan) == std::string("C3"));
      CHECK(construction.plan.attention.block >= m_of(c));
      widths.insert(shape(construction.network()).width);
    }
    CAPTURE(task(sizes.front()).problem.name);
    CHECK(widths.size() == 1);
  };
  check([](std::int64_t n) { return arithmetic_case(n, 5); }, {9, 17, 31, 63});
  check([](std::int64_t n) { return local_edit_distance_case(n, {}, 4); }, {6, 12, 24, 40});
  check([](std::int64_t m) { return lagged_recurrence_case(m, 100 * m, 10); }, {2, 10, 100, 500});
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

TEST_CASE(
    "a window one token short is refuted by the first read at distance m, which sees the next token "
    "instead") {
  struct Case {
    TaskCase task;
    textbook::Sequences input;
    std::size_t tokens, field;  // right before, and the field that is read
    std::int64_t expected, found;
  };
  const std::vector<Case> cases{
      // x_1 = s_6 + s_1, with s_2 in place of s_1
      {lagged_recurrence_case(6, 80, 10), {{3, 1, 4, 1, 5, 9}}, 0, 0, 2, 0},
      // the first copy, of symbol 1
      {arithmetic_case(9, 11), {{7, 13, 5, 14, 15, 6, 11, 4, 16}}, 0, 0, 7, 13},
      // a_1 at (0, 1); at (0, 0) nothing is read
      {local_edit_distance_case(5, {}, 4), {{1, 2, 3, 4, 1}, {4, 3, 2, 1, 1}}, 1, 1, 1, 2}};
  for (const Case& c : cases) {
    const auto with_block = [&](std::size_t block) {
      return changed(c.task, AttentionKind::sparse, [&](ConstructionPlan& plan) {
        plan.attention.block = plan.memory.B = block;
        plan.memory.method = LookupMethod::window;
      });
    };
    const Construction enough = with_block(m_of(c.task)), shorter = with_block(m_of(c.task) - 1);
    CAPTURE(c.task.problem.name);
    const ChainOfThought chain = expected_chain(c.task, enough, c.input);
    CHECK(run(enough, chain.prompt, chain.generated).verdict == Verdict::verified);
    const Report report = run(shorter, chain.prompt, chain.generated);
    CHECK(report.verdict == Verdict::refuted);
    CHECK(report.reason == "a token differs");
    CHECK(report.tokens == c.tokens);
    REQUIRE(report.difference.has_value());
    CHECK(report.difference->coordinate == enough.format.value(c.field));
    CHECK(report.difference->expected == c.expected);
    CHECK(report.difference->found == std::to_string(c.found));
  }
}

TEST_SUITE("slow") {
  TEST_CASE("nothing accumulates over thousands of steps, m up to 256") {
    check_exact(64, 3000, 63);
    check_exact(100, 3000, 64);
    check_exact(256, 4000, 65);
  }

  TEST_CASE("lagged recurrences: all inputs, every lag and number of steps") {
    for (std::int64_t m = 1; m <= 4; ++m)
      for (std::int64_t steps = 1; steps <= 3 * m + 2; ++steps)
        for (const AttentionKind kind : all_kinds) {
          const TaskCase c = lagged_recurrence_case(m, steps, 2);
          const Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
          INFO(text(construction));
          const auto runner = make_runner(construction.network(), {});
          for (const auto& input : all_inputs(c)) {
            const ChainOfThought chain = expected_chain(c, construction, input);
            CHECK(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
          }
        }
  }

  TEST_CASE("every length up to the bound, with one set of weights") {
    constexpr std::uint64_t seed = 66;
    INFO("seed " << seed);
    textbook::RandomSequences random(seed);
    for (const TaskCase& c : {edit_distance_case(6, {1, 1, 1}, 4), local_edit_distance_case(7, {}, 4),
                              banded_edit_distance_case(8, 2, 4), lis_case(12, 9), reversed_sums_case(30, 10),
                              arithmetic_case(17, 5)})
      for (const AttentionKind kind : all_kinds) {
        const Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
        INFO(text(construction));
        const auto runner = make_runner(construction.network(), {});
        for (const std::vector<std::int64_t>& lengths : all_lengths(c)) {
          const textbook::Sequences input = input_of(c, lengths, random);
          CAPTURE(textbook::text(input));
          const ChainOfThought chain = expected_chain(c, construction, input);
          const Report report = check(*runner, chain.prompt, chain.generated);
          CHECK_MESSAGE(report.verdict == Verdict::verified, text(report, construction));
        }
      }
  }
}
