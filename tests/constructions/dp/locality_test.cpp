#include "constructions/dp/locality.hpp"

#include <doctest/doctest.h>

#include <string>

#include "constructions/dp/solver.hpp"
#include "constructions/tasks/catalogue.hpp"

using namespace wrought;

namespace {

std::string text(const Problem& problem, const LargestOf& formulas) {
  return to_string(formulas, Variables(problem));
}

Problem task(const std::string& name) {
  const Task& found = *find_task(name);
  return found.problem(standard_parameters(found));
}

// Whether a formula in the lengths of two inputs a, b, with a requirement, is known to be at least another.
bool is_known(const std::function<Expr(Expr a, Expr b)>& larger,
              const std::function<Expr(Expr a, Expr b)>& smaller,
              const std::function<Expr(Expr a, Expr b)>& requirement) {
  ProblemBuilder p{"lengths"};
  const auto a = p.input("a", 0, 1), b = p.input("b", 0, 1);
  p.require(requirement(length(a), length(b)), "it");
  p.loop("i", 1, length(a));
  p.value("x", 0, 1);
  p.transition(Expr(0));
  p.answer(p.last());
  const Problem problem = p.build();
  Variables variables(problem);
  return is_at_least(variables.polynomial(larger(length(a), length(b))),
                     variables.polynomial(smaller(length(a), length(b))), problem);
}

}  // namespace

TEST_CASE("m as one formula, symbols included, and of symbols and states alone") {
  const auto check = [](const std::string& name, const std::string& m, const std::string& inputs,
                        const std::string& states) {
    CAPTURE(name);
    const Problem problem = task(name);
    const Locality found = locality(problem);
    CHECK(text(problem, found.m) == m);
    CHECK(text(problem, found.inputs) == inputs);
    CHECK(text(problem, found.states) == states);
  };
  check("edit-distance", "length(a)·length(b) + length(a) + 2·length(b) + 3",
        "length(a)·length(b) + length(a) + 2·length(b) + 3", "length(b) + 2");
  check("reversed-sums", "2·length(s)", "2·length(s)", "1");
  check("lagged-recurrence", "9", "9", "8");
  check("local-edit-distance", "length(a) + length(b) + 3", "length(a) + length(b) + 3", "length(b) + 2");
  check("banded-edit-distance", "5·length(a) + length(b) + 7", "5·length(a) + length(b) + 7", "5");
}

TEST_CASE("where tokens are read by their distance, symbols and states are not told apart") {
  const Problem problem = task("arithmetic");
  const Locality found = locality(problem);
  CHECK(text(problem, found.m) == "length(expression) + 1");
  CHECK(found.inputs.empty());
  CHECK(found.states.empty());
}

TEST_CASE("the formulas are the largest distance at all lengths") {
  for (const Task& t : catalogue()) {
    const Problem problem = t.problem(standard_parameters(t));
    CAPTURE(problem.name);
    const Locality found = locality(problem);
    std::vector<std::int64_t> lengths(problem.inputs.size(), 1);
    for (std::size_t k = 0; k < lengths.size();) {
      if (!unmet_requirement(problem, lengths))
        CHECK(largest_at(problem, found.m, lengths) == max_distance(problem, lengths));
      for (k = 0; k < lengths.size() && lengths[k] == 9; ++k) lengths[k] = 1;
      if (k < lengths.size()) ++lengths[k];
    }
  }
}

TEST_CASE("one formula is at least another if that follows for all admissible lengths") {
  const auto always = [](const Expr& a, const Expr&) { return a == a; };
  const auto a_plus = [](std::int64_t c) { return [c](const Expr& a, const Expr&) { return a + c; }; };
  const auto b_plus = [](std::int64_t c) { return [c](const Expr&, const Expr& b) { return b + c; }; };
  const auto constant = [](std::int64_t c) { return [c](const Expr&, const Expr&) { return Expr(c); }; };
  CHECK(is_known(a_plus(2), constant(3), always));  // a length is at least 1
  CHECK_FALSE(is_known(a_plus(2), constant(4), always));
  CHECK_FALSE(is_known(a_plus(9), b_plus(0), always));

  const auto b_is_longer = [](const Expr& a, const Expr& b) { return b >= a + 2; };
  CHECK(is_known(b_plus(0), a_plus(2), b_is_longer));
  CHECK_FALSE(is_known(b_plus(0), a_plus(3), b_is_longer));
  CHECK_FALSE(is_known(a_plus(0), b_plus(0), b_is_longer));

  const auto same = [](const Expr& a, const Expr& b) { return a == b; };
  CHECK(is_known(a_plus(0), b_plus(0), same));
  CHECK(is_known(b_plus(0), a_plus(0), same));
  CHECK_FALSE(is_known(a_plus(0), b_plus(1), same));
}

TEST_CASE("formulas that cannot be compared stand beside one another") {
  ProblemBuilder p{"two"};
  const auto a = p.input("a", 0, 1), b = p.input("b", 0, 1);
  const auto i = p.loop("i", 1, length(b)), j = p.loop("j", 1, length(a));
  p.value("x", 0, 1);
  p.transition(cases(i == 1 && j == 1, p.at(b, 1), i == 1, p.state(i, j - 1), otherwise, p.state(i - 1, j)));
  p.answer(p.last());
  const Problem problem = p.build();
  CHECK(text(problem, locality(problem).m) == "max(length(b) + 1, length(a))");
  CHECK(largest_at(problem, locality(problem).m, {3, 7}) == 8);
  CHECK(largest_at(problem, locality(problem).m, {9, 7}) == 9);
}

TEST_CASE("a distance that is read needs a bound, and the solver holds it to it") {
  const auto jumps = [](bool bounded, std::int64_t bound) {
    ProblemBuilder p{"jumps"};
    const auto s = p.input("s", 1, 9);
    const auto x = p.value("x", 0, 9), steps = p.value("steps", 0, 3);
    const auto before = p.back(1);
    const auto distance = cases(p.is_first(), 2, otherwise, before[steps] + 3);
    const auto source = bounded ? p.back("jumped to", distance, length(s) + bound) : p.back(distance);
    p.transition(source[x], cases(p.is_first(), 1, otherwise, before[steps] + 1));
    p.repeat_until(p.last(steps) == 3, 3);
    p.answer(p.last(x));
    return p.build();
  };
  CHECK_THROWS_AS(locality(jumps(false, 0)), Inadmissible);
  const Problem right = jumps(true, 3), wrong = jumps(true, 2);
  CHECK(text(right, locality(right).m) == "length(s) + 3");
  Variables variables(right);
  CHECK(to_string(dependencies(right, variables).back().expression) == "x jumped to");
  CHECK(solve(right, {{7, 5}}).answer == 7);
  CHECK_THROWS_WITH_AS(solve(wrong, {{7, 5}}),
                       "jumps at state 2 reads x jumped to, 5 tokens back, beyond its stated bound 4",
                       Inadmissible);
}

TEST_CASE("loops below 0 have no formula in the lengths alone") {
  const auto reads_above = [](std::int64_t lo) {
    ProblemBuilder p{"below"};
    const auto s = p.input("s", 0, 1);
    const auto i = p.loop("i", 1, length(s)), j = p.loop("j", i + lo, i + 2);
    p.value("x", 0, 1);
    p.transition(cases(i == 1, 0, otherwise, p.state(i - 1, j - 1)));
    p.answer(p.last());
    return p.build();
  };
  CHECK(text(reads_above(-1), locality(reads_above(-1)).m) == "4");
  CHECK_THROWS_WITH_AS(locality(reads_above(-2)),
                       "the loop `j` of below may go below 0, where distances have no formula in the lengths "
                       "alone; let it start at 0",
                       Inadmissible);
}

TEST_CASE("a name stands for one reading") {
  ProblemBuilder p{"twice"};
  const auto s = p.input("s", 1, 9);
  const auto x = p.value("x", 0, 9);
  p.transition(max(p.back("there", 2, length(s))[x], p.back("there", 3, length(s))[x]));
  p.repeat_until(p.last(x) >= 0, 1);
  p.answer(p.last(x));
  CHECK_THROWS_WITH_AS(
      p.build(), "`x there` of twice is read at two distances, `2` and `3`; give each a name of its own",
      Inadmissible);
}
