// The plain chain of thought, from weights to verdict; and the ways in which it breaks.
#include "constructions/plain_arithmetic.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>

#include "constructions/sharpness.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "tests/constructions/tasks/textbook_arithmetic.hpp"
#include "tests/verifier/runtime/dense_forward.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;
using textbook::Sequence;

namespace {

constexpr AttentionKind kinds[] = {AttentionKind::standard, AttentionKind::sparse};

Sequence symbols(const std::string& text, std::int64_t p = 11) { return parse_expression(text, p).symbols; }

class RandomExpressions {
 public:
  RandomExpressions(std::uint64_t seed, std::int64_t p) : generator_(seed), p_(p) {}

  Sequence next(std::int64_t size) {
    return random_expression(p_, size, [this](std::uint64_t bound) { return generator_() % bound; });
  }

 private:
  std::mt19937_64 generator_;
  std::int64_t p_;
};

std::vector<Sequence> all_expressions(std::size_t size, std::int64_t p) {
  const Problem problem = plain_arithmetic(p);
  std::vector<Sequence> all = textbook::all_sequences(size, 0, p + 5);
  std::erase_if(all, [&](const Sequence& e) { return !find_input_error(problem, {e}).empty(); });
  return all;
}

// The chain of thought by the textbook: its reductions joined by `=`.
ChainOfThought expected_chain(const Sequence& e, std::int64_t p) {
  const std::vector<Sequence> all = textbook::Arithmetic(p).reductions(e);
  ChainOfThought chain;
  for (const std::int64_t symbol : e) chain.prompt.push_back({symbol});
  chain.prompt.push_back({p + 6});
  for (std::size_t step = all.size() == 1 ? 0 : 1; step < all.size(); ++step) {
    for (const std::int64_t symbol : all[step]) chain.generated.push_back({symbol});
    chain.generated.push_back({step + 1 == all.size() ? p + 7 : p + 6});
  }
  chain.answer = textbook::Arithmetic(p).value(e);
  return chain;
}

std::string text(const Report& report) {
  if (!report.difference) return name(report.verdict);
  return name(report.verdict) + " at position " + std::to_string(report.difference->position) + ": " +
         std::to_string(report.difference->expected) + " expected, " + report.difference->found + " found";
}

void check_expression(const Construction& construction, Runner& runner, const Sequence& e, std::int64_t p) {
  CAPTURE(expression_text(e, p));
  const ChainOfThought chain = construction.encode({e}), expected = expected_chain(e, p);
  CHECK(chain.prompt == expected.prompt);
  CHECK(chain.generated == expected.generated);
  CHECK(chain.answer == expected.answer);
  const Report report = check(runner, chain.prompt, chain.generated);
  CHECK_MESSAGE(report.verdict == Verdict::verified, text(report));
}

Report run(const Network& network, const std::string& expression) {
  const auto runner = make_runner(network, {});
  const ChainOfThought chain = expected_chain(symbols(expression), 11);
  return check(*runner, chain.prompt, chain.generated);
}

// The network over F_11 with other weights for its scores.
Network network_with(AttentionKind kind, std::int64_t N,
                     const std::function<void(PlainArithmeticWeights&)>& change) {
  const ConstructionPlan plan = plan_plain_arithmetic(N, kind, std::nullopt);
  PlainArithmeticWeights weights = plain_arithmetic_weights(N);
  change(weights);
  return lay_out(plain_arithmetic_program(11, N, plan, weights), plan.attention, 1, Schedule::narrow).network;
}

// The network over F_11 with a window of B tokens, whatever the plan says.
Network network_with_window(std::int64_t N, std::size_t B) {
  ConstructionPlan plan = plan_plain_arithmetic(N, AttentionKind::sparse, std::nullopt);
  plan.attention.block = B;
  const Program program = plain_arithmetic_program(11, N, plan, plain_arithmetic_weights(N));
  return lay_out(program, plan.attention, 1, Schedule::narrow).network;
}

// 1+1-1-1 … of n symbols: its one handle stands at the start.
std::string only_handle_first(std::int64_t n) {
  std::string text = "1";
  for (std::int64_t i = 1; i < n; i += 2) text += i == 1 ? "+1" : "-1";
  return text;
}

}  // namespace

TEST_CASE("plain_arithmetic_eq: one network is right for all short expressions, under all schedules") {
  const std::int64_t p = 2;
  const std::vector<Sequence> all = all_expressions(5, p);
  CHECK(all.size() == 160);
  for (const AttentionKind kind : kinds)
    for (const Schedule schedule : all_schedules()) {
      CAPTURE(name(kind));
      CAPTURE(name(schedule));
      const Construction construction = compile_plain_arithmetic(p, 5, kind, schedule);
      const auto runner = make_runner(construction.network(), {});
      for (const Sequence& e : all) check_expression(construction, *runner, e, p);
    }
}

TEST_CASE("plain_arithmetic_eq: one network is right for every length up to its bound") {
  constexpr std::uint64_t seed = 71;
  INFO("seed " << seed);
  for (const std::int64_t p : {2, 3, 11, 23}) {
    RandomExpressions random(seed, p);
    const Construction construction =
        compile_plain_arithmetic(p, 21, AttentionKind::sparse, Schedule::narrow);
    const auto runner = make_runner(construction.network(), {});
    std::size_t longest = 0;
    for (std::int64_t size = 1; size <= 21; ++size)
      for (int round = 0; round < 5; ++round) {
        const Sequence e = random.next(size);
        longest = std::max(longest, e.size());
        check_expression(construction, *runner, e, p);
      }
    CHECK(longest >= 17);
  }
}

TEST_CASE("every kind of handle, first, last, nested and next to every sign") {
  const Construction construction = compile_plain_arithmetic(11, 15, AttentionKind::sparse, Schedule::narrow);
  const auto runner = make_runner(construction.network(), {});
  for (const char* const e :
       {"7",           "(7)",         "((((((7))))))", "1+2",           "1-2",           "3*4",
        "3/4",         "10/10",       "1+2+3-4-5+6",   "8/4/2*3/5",     "1+2*3",         "1*2+3",
        "1-2/3-4",     "2*(3+4)",     "(3+4)*2",       "(1-(2-(3-4)))", "(((1-2)-3)-4)", "(1+2)*(3-4)",
        "1/(2/(3/4))", "(1)+(2)*(3)", "1-(2)-(3)-4",   "5-(1+2*3)/(4)"})
    check_expression(construction, *runner, symbols(e), 11);
}

TEST_CASE("the same weights under standard attention") {
  constexpr std::uint64_t seed = 72;
  INFO("seed " << seed);
  RandomExpressions random(seed, 11);
  const Construction construction = compile_plain_arithmetic(11, 15, AttentionKind::sparse, Schedule::narrow);
  Network network = construction.network();
  network.attention = {};
  const auto runner = make_runner(network, {});
  for (int round = 0; round < 20; ++round) check_expression(construction, *runner, random.next(15), 11);
}

TEST_CASE("depth, heads and width do not depend on the length") {
  for (const std::int64_t N : {1, 2, 7, 31, 63}) {
    const Shape s = shape(compile_plain_arithmetic(11, N, AttentionKind::sparse, Schedule::narrow).network());
    CHECK(s.layers == 4);
    CHECK(s.heads == 5);
    CHECK(s.head_dim == 3);
    CHECK(s.width == 23);
    CHECK(s.ffn_width == 288);
    CHECK(s.length == static_cast<std::size_t>(plain_arithmetic_length(N)));
    CHECK(s.block >= static_cast<std::size_t>(plain_arithmetic_distance(N)));
  }
  CHECK(plain_arithmetic_length(1) == 4);
  CHECK(plain_arithmetic_length(7) == 20);
  CHECK(plain_arithmetic_length(31) == 272);
  CHECK(plain_arithmetic_distance(7) == 10);
  CHECK(plain_arithmetic_distance(31) == 58);
}

TEST_CASE("the longest chain of thought fills the sequence") {
  for (const std::int64_t N : {1, 3, 5, 7, 15}) {
    const ChainOfThought chain = expected_chain(symbols(only_handle_first(N)), 11);
    CHECK(Integer(chain.prompt.size() + chain.generated.size()) == plain_arithmetic_length(N));
  }
}

TEST_CASE("registers stay within their ranges at tokens that generate") {
  const Construction construction = compile_plain_arithmetic(11, 9, AttentionKind::sparse, Schedule::narrow);
  for (const char* const e : {"4", "1+2*(3-4)", "((2))*5/3", "1+1-1-1-1"}) {
    const ChainOfThought chain = construction.encode({symbols(e)});
    const auto runner = make_runner(construction.network(), {});
    const reference::Recorder recorder(*runner);
    REQUIRE(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
    for (const Placement& p : construction.layout.placements)
      for (std::size_t t = chain.prompt.size() - 1; t < recorder.positions(); ++t) {
        const Rational& value = recorder.row(t, p.first_stage)[p.coordinate].lower;
        const bool within = p.range.lo <= value && value <= p.range.hi;
        CHECK_MESSAGE(within, p.name << " = " << to_string(value) << " at token " << t);
      }
  }
}

TEST_CASE("smooth: intervals prove, and p-bit and double runs verify, at the standard sharpness") {
  constexpr std::uint64_t seed = 73;
  INFO("seed " << seed);
  for (const std::int64_t N : {7, 15}) {
    RandomExpressions random(seed, 11);
    for (const AttentionKind kind : kinds) {
      const Construction construction = compile_plain_arithmetic(11, N, kind, Schedule::narrow);
      const Sharpness sharpness = standard_sharpness(construction);
      const auto interval = make_runner(construction.network(), {ArithmeticKind::interval, 128, sharpness});
      const auto bits = make_runner(construction.network(), {ArithmeticKind::bits, 40, sharpness});
      const auto machine =
          make_runner(construction.network(), {ArithmeticKind::machine_double, 0, sharpness});
      for (int round = 0; round < 4; ++round) {
        const Sequence e = random.next(N);
        for (Runner* runner : {interval.get(), bits.get(), machine.get()})
          check_expression(construction, *runner, e, 11);
      }
    }
  }
}

TEST_CASE("smooth: too little sharpness is not verified") {
  const Construction construction = compile_plain_arithmetic(11, 5, AttentionKind::sparse, Schedule::narrow);
  const ChainOfThought chain = construction.encode({symbols("1+2*3")});
  for (const Sharpness& dull :
       {Sharpness{1, 1, 1}, Sharpness{13, Rational(1, 10), 13}, Sharpness{Rational(1, 10), 40, 13}}) {
    const auto runner = make_runner(construction.network(), {ArithmeticKind::interval, 128, dull});
    CHECK(check(*runner, chain.prompt, chain.generated).verdict != Verdict::verified);
  }
}

TEST_CASE("a larger block is as good; a smaller one is refused and, without the check, wrong") {
  for (const std::int64_t N : {1, 3, 5, 7, 9, 15, 31}) {
    CAPTURE(N);
    const auto m = static_cast<std::size_t>(plain_arithmetic_distance(N));
    const std::string longest = only_handle_first(N);
    CHECK(run(network_with_window(N, m), longest).verdict == Verdict::verified);
    CHECK(run(network_with_window(N, m + 1), longest).verdict == Verdict::verified);
    CHECK(run(network_with_window(N, m - 1), longest).verdict == Verdict::refuted);
    const std::string refusal =
        "a block of " + std::to_string(m - 1) +
        " is too small for arithmetic-plain: it needs a window of at least its largest " + "distance, " +
        std::to_string(m);
    CHECK_THROWS_WITH_AS(plan_plain_arithmetic(N, AttentionKind::sparse, m - 1), refusal.c_str(),
                         std::invalid_argument);
  }
}

TEST_CASE("what cannot be built is refused") {
  for (const AttentionKind kind : {AttentionKind::linear, AttentionKind::strided}) {
    const std::string refusal =
        "arithmetic-plain needs a window that shows the whole expression before, so sparse or standard "
        "attention; for " +
        name(kind) + " attention there is the task arithmetic";
    CHECK_THROWS_WITH_AS(plan_plain_arithmetic(5, kind, std::nullopt), refusal.c_str(),
                         std::invalid_argument);
  }
  CHECK_THROWS_WITH_AS(plan_plain_arithmetic(0, AttentionKind::sparse, std::nullopt),
                       "lengths start at 1, not at 0", std::invalid_argument);
  CHECK_THROWS_WITH_AS(plan_plain_arithmetic(3, AttentionKind::sparse, 7), "the block must be in 1..6, not 7",
                       std::invalid_argument);
  CHECK_THROWS_AS(compile_plain_arithmetic(9, 5, AttentionKind::sparse, Schedule::narrow), Inadmissible);
  const Construction construction = compile_plain_arithmetic(11, 5, AttentionKind::sparse, Schedule::narrow);
  CHECK_THROWS_WITH_AS(construction.encode({symbols("1/0")}),
                       "division by zero: the divisor at symbol 3 of `1/0` is 0 modulo 11",
                       std::invalid_argument);
}

// Each weight of a score is as small as it can be, and what goes wrong without it goes wrong where it is needed.

TEST_CASE("without recency the second step no longer knows which = is the last") {
  const Network network =
      network_with(AttentionKind::sparse, 9, [](PlainArithmeticWeights& w) { w.recency = 0; });
  const Report report = run(network, "1+2+3+4+5");
  CHECK(report.verdict == Verdict::refuted);
  CHECK(report.tokens == 8);  // 3+3+4+5=, with one = to see until then
}

TEST_CASE("a symbol that does not outweigh positions hides the =") {
  const Network network =
      network_with(AttentionKind::sparse, 9, [](PlainArithmeticWeights& w) { w.symbol = 0; });
  CHECK(run(network, "1+2+3+4+5").verdict == Verdict::refuted);
}

TEST_CASE("C_1 = 0 finds the handle of an expression long reduced") {
  const Network network =
      network_with(AttentionKind::sparse, 9, [](PlainArithmeticWeights& w) { w.expression = 0; });
  const Report report = run(network, "1-2+3*4*5");
  CHECK(report.verdict == Verdict::refuted);
  CHECK(report.tokens ==
        8);  // 10+3*4*5=; its handle is 3*4, but 1-2 is found again, so the copy starts behind it
  CHECK(report.difference->expected == 10);
  CHECK(report.difference->found == "3");
}

TEST_CASE("C_2 must outweigh all positions of an expression, and N is one too little") {
  // The handle of 1+2*3 is known at the `=`, five tokens behind the first symbol, which standard attention keeps in sight.
  const auto with_handle = [](const Integer& weight) {
    return network_with(AttentionKind::standard, 5, [&](PlainArithmeticWeights& w) { w.handle = weight; });
  };
  CHECK(plain_arithmetic_weights(5).handle == 6);
  CHECK(run(with_handle(6), "1+2*3").verdict == Verdict::verified);
  const Report report = run(with_handle(5), "1+2*3");
  CHECK(report.verdict == Verdict::refuted);
  CHECK(report.tokens == 2);  // 1+; the tie tells neither where the handle is nor what it is worth
  CHECK(run(with_handle(0), "1+2*3").tokens == 2);
}

TEST_CASE("a sum that does not look at the token behind it reduces 1+2 before the product") {
  const Construction construction = compile_plain_arithmetic(11, 5, AttentionKind::sparse, Schedule::narrow);
  const auto conditions =
      std::find_if(construction.layout.placements.begin(), construction.layout.placements.end(),
                   [](const Placement& p) { return p.name == "sum conditions"; });
  REQUIRE(conditions != construction.layout.placements.end());
  // The threshold at 5 conditions becomes one at 4: twice the coordinate, so its two units gain 2.
  Network network = construction.network();
  Matrix& w1 = network.layers.at(1).w1;
  const Eigen::Index one = 0;
  std::size_t changed = 0;
  for (Eigen::Index unit = 0; unit < w1.rows(); ++unit)
    if (w1.coeff(unit, static_cast<Eigen::Index>(conditions->coordinate)) == 2) {
      w1.coeffRef(unit, one) += 2;
      ++changed;
    }
  CHECK(changed == 2);
  CHECK(run(network, "1+2-3").verdict == Verdict::verified);
  const Report report = run(network, "1+2*3");
  CHECK(report.verdict == Verdict::refuted);
  CHECK(report.tokens == 0);
  CHECK(report.difference->expected == 1);
  CHECK(report.difference->found == "3");
}

TEST_SUITE("slow") {
  TEST_CASE("plain_arithmetic_eq: all expressions of up to 7 symbols over F_2, of up to 5 over F_3") {
    for (const auto& [p, size] : {std::pair<std::int64_t, std::int64_t>{2, 7}, {3, 5}}) {
      const Construction construction =
          compile_plain_arithmetic(p, size, AttentionKind::sparse, Schedule::narrow);
      const auto runner = make_runner(construction.network(), {});
      for (const Sequence& e : all_expressions(static_cast<std::size_t>(size), p))
        check_expression(construction, *runner, e, p);
    }
  }

  TEST_CASE("plain_arithmetic_eq: long random expressions") {
    constexpr std::uint64_t seed = 74;
    INFO("seed " << seed);
    const std::int64_t p = 11;
    RandomExpressions random(seed, p);
    const Construction construction =
        compile_plain_arithmetic(p, 63, AttentionKind::sparse, Schedule::narrow);
    const auto runner = make_runner(construction.network(), {});
    for (int round = 0; round < 30; ++round) check_expression(construction, *runner, random.next(63), p);
  }
}
