#include "constructions/dp/solver.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "constructions/dp/token_format.hpp"

using namespace wrought;

namespace {

// One sequence of symbols 0..3, states i = 1..length(s), values 0..5.
Problem stated(const std::function<Expr(ProblemBuilder&, const InputHandle&, const Expr& i)>& transition) {
  ProblemBuilder p{"sums"};
  const auto s = p.input("s", 0, 3);
  const Expr i = p.loop("i", 1, length(s));
  p.value("dp", 0, 5);
  p.transition(transition(p, s, i));
  p.answer(p.last() + 1);
  return p.build();
}

Problem sums() {
  return stated([](ProblemBuilder& p, const InputHandle& s, const Expr& i) -> Expr {
    return cases(i == 1, p.at(s, i), otherwise, p.state(i - 1) + p.at(s, i));
  });
}

std::string failure(const Problem& problem, const Inputs& inputs) {
  try {
    solve(problem, inputs);
  } catch (const Inadmissible& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a chain of thought: input, separator, states in order, answer") {
  const ChainOfThought chain = solve(sums(), {{2, 0, 3}});
  CHECK(chain.prompt ==
        std::vector<Token>{{0, 0, 0, 0, 2}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 3}, {1, 0, 0, 0, 0}});
  CHECK(chain.generated ==
        std::vector<Token>{{0, 1, 0, 1, 2}, {0, 1, 0, 2, 2}, {0, 1, 0, 3, 5}, {0, 0, 1, 0, 6}});
  CHECK(chain.answer == 6);
}

TEST_CASE("a token says what it is") {
  const Problem problem = sums();
  const TokenFormat format(problem);
  CHECK(format.width() == 5);
  CHECK(format.names() == std::vector<std::string>{"separator s", "state", "answer", "i", "dp"});
  const Token symbol = format.symbol_token(1), separator = format.separator_token(0),
              state = format.state_token({4}, {2}), answer = format.answer_token(1);
  for (const Token& token : {symbol, separator, state, answer}) {
    CHECK(format.is_separator(token) == (token == separator));
    CHECK(format.is_state(token) == (token == state));
    CHECK(format.is_answer(token) == (token == answer));
  }
  CHECK(state[format.coordinate(0)] == 4);
  CHECK(state[format.value(0)] == 2);
}

TEST_CASE("states come in the order of the loops, the innermost fastest") {
  ProblemBuilder p{"triangle"};
  const auto s = p.input("s", 0, 1);
  const Expr j = p.loop("j", 1, length(s)), k = p.loop("k", 0, j - 1);
  p.value("dp", 0, 1);
  p.transition(k == 0);
  p.answer(p.last());
  std::vector<std::vector<std::int64_t>> visited;
  for_each_state(p.build(), {3}, [&](const auto& state) { visited.push_back(state); });
  CHECK(visited == std::vector<std::vector<std::int64_t>>{{1, 0}, {2, 0}, {2, 1}, {3, 0}, {3, 1}, {3, 2}});
}

TEST_CASE("inputs that do not fit are named") {
  const Problem problem = sums();
  CHECK(find_input_error(problem, {{0, 3}}) == "");
  CHECK(find_input_error(problem, {}) == "sums takes 1 input sequence(s), not 0");
  CHECK(find_input_error(problem, {{}}) == "sequence s is empty; it needs at least one symbol");
  CHECK(find_input_error(problem, {{0, 4}}) == "symbol 4 of sequence s is not in 0..3");
  CHECK(find_input_error(problem, {{-1}}) == "symbol -1 of sequence s is not in 0..3");
  CHECK_THROWS_WITH_AS(solve(problem, {{7}}), "symbol 7 of sequence s is not in 0..3", std::invalid_argument);
}

TEST_CASE("a state or symbol that is not there") {
  const Problem unguarded =
      stated([](ProblemBuilder& p, const InputHandle&, const Expr& i) -> Expr { return p.state(i - 1); });
  CHECK(failure(unguarded, {{1, 2}}) ==
        "sums at state (1) reads the state (0), which does not exist or comes later; guard it with cases(…)");
  const Problem later =
      stated([](ProblemBuilder& p, const InputHandle&, const Expr& i) -> Expr { return p.state(i + 1); });
  CHECK(failure(later, {{1, 2}}) ==
        "sums at state (1) reads the state (2), which does not exist or comes later; guard it with cases(…)");
  const Problem beyond =
      stated([](ProblemBuilder& p, const InputHandle& s, const Expr& i) -> Expr { return p.at(s, i + 1); });
  CHECK(failure(beyond, {{1, 2}}) == "sums at state (2) reads s[3], but the sequence has symbols 1..2");
}

TEST_CASE("a value that leaves its stated range") {
  CHECK(failure(sums(), {{2, 3}}) == "");
  CHECK(failure(sums(), {{3, 3}}) == "sums at state (2) gives dp = 6, outside its stated range 0..5");
}

TEST_CASE("values of several fields") {
  ProblemBuilder p{"pairs"};
  const auto s = p.input("s", 0, 3);
  const Expr i = p.loop("i", 1, length(s));
  const auto sum = p.value("sum", 0, 3 * length(s)), largest = p.value("largest", 0, 3);
  const StateHandle before = p.state(i - 1);
  p.transition(cases(i == 1, p.at(s, i), otherwise, before[sum] + p.at(s, i)),
               cases(i == 1, p.at(s, i), otherwise, max(before[largest], p.at(s, i))));
  p.answer(p.last(sum) - p.last(largest));
  const ChainOfThought chain = solve(p.build(), {{1, 3, 2}});
  CHECK(chain.generated ==
        std::vector<Token>{{0, 1, 0, 1, 1, 1}, {0, 1, 0, 2, 4, 3}, {0, 1, 0, 3, 6, 3}, {0, 0, 1, 0, 3, 0}});
}

TEST_CASE("a repetition counts down until its end, reading the token before") {
  const auto countdown = [](const Polynomial& at_most) {
    ProblemBuilder p{"countdown"};
    p.input("s", 1, 5);
    const auto left = p.value("left", 0, 5), steps = p.value("steps", 0, 5);
    p.transition(cases(p.is_first(), p.back(2)[left], otherwise, p.back(1)[left] - 1),
                 cases(p.is_first(), 0, otherwise, p.back(1)[steps] + 1));
    p.repeat_until(p.last(left) == 0, at_most);
    p.answer(p.last(steps));
    return p.build();
  };
  // From the last symbol, which stands before the separator.
  const ChainOfThought chain = solve(countdown(6), {{5, 2}});
  CHECK(chain.generated ==
        std::vector<Token>{{0, 1, 0, 2, 0}, {0, 1, 0, 1, 1}, {0, 1, 0, 0, 2}, {0, 0, 1, 2, 0}});
  CHECK(failure(countdown(3), {{2}}) == "");
  CHECK(failure(countdown(3), {{3}}) == "countdown does not end after the 3 states that are stated");
}

TEST_CASE("requirements on lengths and checks of inputs") {
  ProblemBuilder p{"pairs"};
  const auto s = p.input("s", 0, 3);
  p.require(length(s) >= 2, "two symbols or more");
  p.check_inputs([](const auto& inputs) -> std::string { return inputs[0][0] == 0 ? "starts with 0" : ""; });
  p.loop("i", 1, length(s));
  p.value("dp", 0, 1);
  p.transition(0);
  p.answer(p.last());
  const Problem problem = p.build();
  CHECK(find_input_error(problem, {{1, 0}}) == "");
  CHECK(find_input_error(problem, {{1}}) == "pairs needs two symbols or more");
  CHECK(find_input_error(problem, {{0, 1}}) == "starts with 0");
  CHECK(unmet_requirement(problem, {2}) == nullptr);
  CHECK(unmet_requirement(problem, {1}) == &problem.requirements[0]);
}
