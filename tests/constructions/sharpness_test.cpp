// The same networks in the smooth semantics: sharp enough they are right, provably; not sharp enough they are not.
#include "constructions/sharpness.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/constructions/task_cases.hpp"

using namespace wrought;

namespace {

std::vector<TaskCase> medium_cases() {
  return {edit_distance_case(6, {1, 1, 1}, 26),
          edit_distance_case(6, {2, 3, 4}, 4),
          local_edit_distance_case(6, {}, 4),
          banded_edit_distance_case(7, 2, 4),
          lis_case(6, 250),
          reversed_sums_case(12, 10),
          lagged_recurrence_case(8, 30, 10),
          arithmetic_case(7, 5)};
}

struct SmoothCase {
  Construction construction;
  ChainOfThought chain;

  SmoothCase(const TaskCase& c, AttentionKind kind, textbook::RandomSequences& random)
      : construction(compile(c.problem, c.max_lengths, kind, Schedule::narrow)),
        chain(expected_chain(c, construction, largest_input(c, random))) {}

  Report run(ArithmeticKind arithmetic, unsigned precision, const Sharpness& sharpness) const {
    const auto runner = make_runner(construction.network(), {arithmetic, precision, sharpness});
    return check(*runner, chain.prompt, chain.generated);
  }
  void check_verified(ArithmeticKind arithmetic, unsigned precision) const {
    const Report report = run(arithmetic, precision, standard_sharpness(construction));
    CAPTURE(precision);
    CHECK_MESSAGE(report.verdict == Verdict::verified, text(report, construction));
  }
};

}  // namespace

TEST_CASE("at the standard sharpness every number type decodes the tokens of the exact run") {
  constexpr std::uint64_t seed = 61;
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  for (const TaskCase& task : medium_cases())
    for (const AttentionKind kind : all_kinds) {
      const SmoothCase c(task, kind, random);
      INFO(text(c.construction));
      c.check_verified(ArithmeticKind::machine_double, 0);
      c.check_verified(ArithmeticKind::bits, 53);
    }
}

TEST_CASE("too little sharpness is never verified") {
  constexpr std::uint64_t seed = 64;  // one that draws no input of zeros, which any weights get right
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  const Rational tiny(1, 1000);
  for (const TaskCase& task : {edit_distance_case(4, {1, 1, 1}, 4), lagged_recurrence_case(4, 12, 5)})
    for (const AttentionKind kind : all_kinds) {
      const SmoothCase c(task, kind, random);
      INFO(text(c.construction));
      const Sharpness standard = standard_sharpness(c.construction);
      std::vector<Sharpness> dull{{1, 1, 1}, {tiny, standard.tau, standard.lambda}};
      // Softmax heads have no λ and linear heads no τ.
      dull.push_back(kind == AttentionKind::linear ? Sharpness{standard.kappa, standard.tau, tiny}
                                                   : Sharpness{standard.kappa, tiny, standard.lambda});
      for (const Sharpness& s : dull) {
        CAPTURE(to_string(s.kappa));
        CAPTURE(to_string(s.tau));
        CAPTURE(to_string(s.lambda));
        CHECK(c.run(ArithmeticKind::interval, 128, s).verdict != Verdict::verified);
        CHECK(c.run(ArithmeticKind::machine_double, 0, s).verdict != Verdict::verified);
      }
    }
}

TEST_CASE("with very few bits nothing is claimed") {
  constexpr std::uint64_t seed = 63;
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  for (const AttentionKind kind : all_kinds) {
    const SmoothCase c(edit_distance_case(3, {1, 1, 1}, 4), kind, random);
    INFO(text(c.construction));
    const Report report = c.run(ArithmeticKind::interval, 4, standard_sharpness(c.construction));
    CHECK(report.verdict == Verdict::unknown);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("at the standard sharpness intervals prove every token, and 200 bits agree") {
    constexpr std::uint64_t seed = 64;
    INFO("seed " << seed);
    textbook::RandomSequences random(seed);
    for (const TaskCase& task : medium_cases())
      for (const AttentionKind kind : all_kinds) {
        const SmoothCase c(task, kind, random);
        INFO(text(c.construction));
        c.check_verified(ArithmeticKind::interval, 128);
        c.check_verified(ArithmeticKind::bits, 200);
      }
  }
}
