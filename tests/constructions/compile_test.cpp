// The whole path from a problem to a verdict, in exact arithmetic: for every task, attention kind and schedule.
#include "constructions/compile.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "constructions/dp/positions.hpp"
#include "tests/constructions/task_cases.hpp"
#include "tests/verifier/runtime/dense_forward.hpp"

using namespace wrought;

namespace {

// Every `stride`-th of all inputs, exactly.
void check_inputs(const TaskCase& c, const Construction& construction, std::size_t stride) {
  INFO(text(construction));
  const auto runner = make_runner(construction.network(), {});
  const std::vector<textbook::Sequences> inputs = all_inputs(c);
  for (std::size_t k = 0; k < inputs.size(); k += stride) {
    CAPTURE(textbook::text(inputs[k]));
    const ChainOfThought chain = expected_chain(c, construction, inputs[k]);
    const Report report = check(*runner, chain.prompt, chain.generated);
    CHECK_MESSAGE(report.verdict == Verdict::verified, text(report, construction));
    CHECK(report.tokens == chain.generated.size());
    // Exact values are integers.
    CHECK(report.margin.value() == Rational(1, 2));
  }
}

std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

Report run(const Construction& construction, const ChainOfThought& chain) {
  const auto runner = make_runner(construction.network(), {});
  return check(*runner, chain.prompt, chain.generated);
}

}  // namespace

TEST_CASE("one network is right for every input of every length: some inputs, all schedules") {
  for (const TaskCase& c : small_cases())
    for (const AttentionKind kind : all_kinds)
      for (const Schedule schedule : all_schedules())
        check_inputs(c, compile(c.problem, c.max_lengths, kind, schedule), 37);
}

TEST_CASE("whatever the block size") {
  for (const TaskCase& c : small_cases()) {
    const auto length = static_cast<std::size_t>(max_sequence_length(c.problem, c.max_lengths));
    const auto m = static_cast<std::size_t>(max_distance(c.problem, c.max_lengths));
    for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear})
      for (const std::size_t block :
           {std::size_t{1}, std::size_t{2}, std::size_t{3}, ceil_sqrt(length), length}) {
        CAPTURE(block);
        if (kind == AttentionKind::sparse && 2 * m <= length && block < m) {
          const std::string refusal =
              "a block of " + std::to_string(block) + " is too small for " + c.problem.name +
              ": it needs a window of at least its largest distance, " + std::to_string(m);
          CHECK_THROWS_WITH_AS(compile(c.problem, c.max_lengths, kind, Schedule::narrow, block),
                               refusal.c_str(), std::invalid_argument);
          continue;
        }
        check_inputs(c, compile(c.problem, c.max_lengths, kind, Schedule::narrow, block), 41);
      }
  }
}

// x_t = x_{t-1} - x_{t-3}, kept within -4..4 by clipping: values and symbols below 0, read from afar.
Problem signed_recurrence() {
  ProblemBuilder p{"signed-recurrence"};
  const auto s = p.input("s", -4, 4);
  p.require(length(s) == 3, "three symbols");
  const auto t = p.loop("t", 1, 12);
  p.value("x", -4, 4);
  const auto before = cases(t == 1, p.at(s, 3), otherwise, p.state(t - 1));
  const auto lagged = cases(t <= 3, p.at(s, t), otherwise, p.state(t - 3));
  p.transition(min(max(before - lagged, -4), 4));
  p.answer(p.last());
  return p.build();
}

TEST_CASE("values below 0 are fetched like others, under every construction") {
  const Problem problem = signed_recurrence();
  for (const AttentionKind kind : all_kinds)
    for (const Schedule schedule : all_schedules()) {
      const Construction construction = compile(problem, {3}, kind, schedule);
      INFO(text(construction));
      const auto runner = make_runner(construction.network(), {});
      for (std::int64_t a = -4; a <= 4; ++a)
        for (std::int64_t b = -4; b <= 4; b += 2) {
          std::vector<std::int64_t> x{a, b, 1};
          for (std::size_t t = 3; t < 15; ++t) x.push_back(std::clamp<std::int64_t>(x[t - 1] - x[t - 3], -4, 4));
          const ChainOfThought chain = construction.encode({{a, b, 1}});
          const Report report = check(*runner, chain.prompt, chain.generated);
          CHECK_MESSAGE(report.verdict == Verdict::verified, text(report, construction));
          CHECK(chain.answer == x.back());
        }
    }
}

TEST_CASE("every number of a compiled network is that of the dense forward pass") {
  constexpr std::uint64_t seed = 51;
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  for (const TaskCase& c : {edit_distance_case(2, {1, 2, 3}, 2), lagged_recurrence_case(2, 6, 3)})
    for (const AttentionKind kind : all_kinds) {
      const Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
      INFO(text(construction));
      const ChainOfThought chain = expected_chain(c, construction, largest_input(c, random));
      std::vector<Token> tokens = chain.prompt;
      tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end() - 1);

      const auto runner = make_runner(construction.network(), {});
      const reference::Recorder recorder(*runner);
      for (const Token& token : tokens) runner->append(token);
      const auto expected =
          reference::DenseForward(construction.network(), reference::IdealFunctions{})(tokens);
      std::size_t differing = 0;
      for (std::size_t t = 0; t < tokens.size(); ++t)
        for (std::size_t stage = 0; stage < expected.stages.size(); ++stage)
          for (std::size_t d = 0; d < recorder.row(t, stage).size(); ++d)
            differing += recorder.row(t, stage)[d].lower !=
                         expected.stages[stage](static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(t));
      CHECK(differing == 0);
    }
}

TEST_CASE(
    "every register stays within its range at tokens that generate, and keeps its value while it is needed") {
  constexpr std::uint64_t seed = 52;
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  for (const TaskCase& c : small_cases())
    for (const AttentionKind kind : all_kinds)
      for (const Schedule schedule : all_schedules()) {
        const Construction construction = compile(c.problem, c.max_lengths, kind, schedule);
        INFO(text(construction));
        const ChainOfThought chain = expected_chain(c, construction, largest_input(c, random));
        const auto runner = make_runner(construction.network(), {});
        const reference::Recorder recorder(*runner);
        REQUIRE(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
        for (const Placement& p : construction.layout.placements)
          for (std::size_t t = chain.prompt.size() - 1; t < recorder.positions(); ++t) {
            const Rational& written = recorder.row(t, p.first_stage)[p.coordinate].lower;
            const bool within = p.range.lo <= written && written <= p.range.hi;
            CHECK_MESSAGE(within, p.name << " = " << to_string(written) << " at token " << t << ", outside "
                                         << to_string(p.range.lo) << ".." << to_string(p.range.hi));
            for (std::size_t stage = p.first_stage; stage < p.last_stage; ++stage)
              CHECK_MESSAGE(recorder.row(t, stage)[p.coordinate].lower == written,
                            p.name << " changes at stage " << stage << " of token " << t);
          }
      }
}

TEST_CASE("with telescoping memory a token carries what it evicts") {
  const TaskCase c = lagged_recurrence_case(3, 8, 5);
  const Construction construction =
      compile(c.problem, c.max_lengths, AttentionKind::linear, Schedule::narrow);
  REQUIRE(construction.format.has_bos());
  const ChainOfThought chain = construction.encode({{4, 2, 1}});
  std::vector<Token> tokens = chain.prompt;
  tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end());
  CHECK(tokens.front() == Token(construction.format.width()));
  const std::size_t capacity = construction.plan.memory.A * construction.plan.memory.B;
  for (std::size_t t = 0; t + 1 < tokens.size(); ++t)
    CHECK(tokens[t][construction.format.evicted(0)] ==
          (t < capacity ? 0 : tokens[t - capacity][construction.format.value(0)]));
  CHECK(tokens.back()[construction.format.evicted(0)] == 0);  // the answer evicts nothing
}

TEST_CASE("a wrong expected token is refuted where it stands") {
  const TaskCase c = edit_distance_case(2, {1, 1, 1}, 2);
  const Construction construction =
      compile(c.problem, c.max_lengths, AttentionKind::linear, Schedule::narrow);
  ChainOfThought chain = expected_chain(c, construction, {{1, 2}, {2, 1}});
  std::int64_t& value = chain.generated[4][construction.format.value(0)];
  value += 1;
  const Report report = run(construction, chain);
  CHECK(report.verdict == Verdict::refuted);
  CHECK(report.reason == "a token differs");
  CHECK(report.tokens == 4);
  CHECK(report.difference->position == chain.prompt.size() + 4);
  CHECK(report.difference->coordinate == construction.format.value(0));
  CHECK(report.difference->expected == value);
  CHECK(report.difference->found == std::to_string(value - 1));
}

TEST_CASE("a wrong distance is refuted by the first value that depends on it") {
  // With rank (length(b) + 1)·i + j the state above stands length(b) + 1 tokens back; one less reads its right neighbour.
  TaskCase c = edit_distance_case(2, {1, 1, 1}, 2);
  c.problem.rank += Polynomial(-1) * Polynomial::variable(0);
  for (const AttentionKind kind : all_kinds) {
    const Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
    INFO(text(construction));
    // dp(1, 1) = min(dp(0, 1) + 1, dp(1, 0) + 1, dp(0, 0) + 0) = 0, but dp(0, 1) is read in place of dp(0, 0).
    const Report report = run(construction, expected_chain(c, construction, {{1, 1}, {1, 2}}));
    CHECK(report.verdict == Verdict::refuted);
    CHECK(report.tokens == 4);  // the row i = 0 and (1, 0) read nothing
    CHECK(report.difference->coordinate == construction.format.value(0));
    CHECK(report.difference->expected == 0);
    CHECK(report.difference->found == "1");
  }
}

TEST_CASE("lengths and blocks that do not fit are refused") {
  const Problem problem = edit_distance({}, 2);
  const auto refused = [&](const std::vector<std::int64_t>& lengths,
                           std::optional<std::size_t> block) -> std::string {
    try {
      compile(problem, lengths, AttentionKind::sparse, Schedule::narrow, block);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  CHECK(refused({3}, std::nullopt) == "edit-distance has 2 inputs, not 1");
  CHECK(refused({3, 0}, std::nullopt) == "lengths start at 1, not at 0");
  CHECK(refused({1, 1}, 0) == "the block must be in 1..9, not 0");
  CHECK(refused({1, 1}, 10) == "the block must be in 1..9, not 10");
  CHECK(refused({1, 1}, 9) == "");
}

TEST_SUITE("slow") {
  TEST_CASE("one network is right for every input of every length: all inputs, all schedules") {
    for (const TaskCase& c : small_cases())
      for (const AttentionKind kind : all_kinds)
        for (const Schedule schedule : all_schedules())
          check_inputs(c, compile(c.problem, c.max_lengths, kind, schedule), 1);
  }

  TEST_CASE("larger random inputs") {
    constexpr std::uint64_t seed = 53;
    INFO("seed " << seed);
    textbook::RandomSequences random(seed);
    for (const TaskCase& c :
         {edit_distance_case(24, {1, 1, 1}, 26), edit_distance_case(16, {7, 5, 11}, 4),
          local_edit_distance_case(20, {}, 4), banded_edit_distance_case(30, 2, 4), lis_case(24, 250),
          reversed_sums_case(200, 10), lagged_recurrence_case(20, 400, 10), arithmetic_case(25, 7)})
      for (const AttentionKind kind : all_kinds) {
        const Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
        INFO(text(construction));
        const auto runner = make_runner(construction.network(), {});
        for (int round = 0; round < 5; ++round) {
          const textbook::Sequences inputs = round == 0 ? largest_input(c, random) : random_input(c, random);
          CAPTURE(textbook::text(inputs));
          const ChainOfThought chain = expected_chain(c, construction, inputs);
          const Report report = check(*runner, chain.prompt, chain.generated);
          CHECK_MESSAGE(report.verdict == Verdict::verified, text(report, construction));
        }
      }
  }
}
