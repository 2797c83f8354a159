// m-local problems: windows (C3), and every length and input under all kinds of attention.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/constructions/local_case.hpp"

using namespace wrought;

namespace {

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

}  // namespace

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
