#include "constructions/dp/problem.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

using namespace wrought;

namespace {

// What building says when `change` has been made to a small problem that is all right: prefix sums of one sequence.
struct Statement {
  ProblemBuilder p{"sums"};
  InputHandle s = p.input("s", 0, 3);
  Expr i = p.loop("i", 1, length(s));
  FieldHandle dp = p.value("dp", 0, 3 * length(s));
  Expr sum = cases(i == 1, p.at(s, i), otherwise, p.state(i - 1) + p.at(s, i));

  Statement() {
    p.transition(sum);
    p.answer(p.last());
  }
};

std::string refusal(const std::function<void(Statement&)>& change) {
  Statement statement;
  try {
    change(statement);
    statement.p.build();
  } catch (const Inadmissible& error) {
    return error.what();
  }
  return "";
}

std::string refusal_of(const std::function<void(ProblemBuilder&)>& state) {
  ProblemBuilder p{"odd"};
  try {
    state(p);
    p.build();
  } catch (const Inadmissible& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a problem that is all right is built") {
  CHECK(refusal([](Statement&) {}) == "");
  const Problem problem = Statement().p.build();
  CHECK(problem.name == "sums");
  CHECK(problem.inputs.size() == 1);
  CHECK(problem.loops.size() == 1);
  CHECK(problem.fields.size() == 1);
  CHECK(to_string(problem.transition[0]) == "s[i] if i = 1 else (dp(i - 1) + s[i])");
}

TEST_CASE("missing pieces are named") {
  CHECK(refusal_of([](ProblemBuilder&) {}) == "odd has no input: state one with input(name, lo, hi)");
  CHECK(refusal_of([](ProblemBuilder& p) { p.input("s", 0, 1); }) ==
        "odd has no states: state a loop with loop(name, lo, hi), or repeat_until(condition, at_most)");
  CHECK(refusal_of([](ProblemBuilder& p) {
          p.input("s", 0, 1);
          p.loop("i", 0, 1);
        }) == "odd has no value: state its range with value(name, lo, hi)");
  CHECK(refusal_of([](ProblemBuilder& p) {
          p.input("s", 0, 1);
          p.loop("i", 0, 1);
          p.value("dp", 0, 1);
        }) == "odd has 1 value(s) but a transition for 0");
  CHECK(refusal_of([](ProblemBuilder& p) {
          p.input("s", 0, 1);
          p.loop("i", 0, 1);
          p.value("dp", 0, 1);
          p.transition(0);
        }) == "odd has no answer: state one, for instance answer(last())");
  CHECK(refusal_of([](ProblemBuilder& p) { p.state(0); }) ==
        "state(…) of odd comes before value(name, lo, hi), which says what a state holds");
  CHECK(refusal_of([](ProblemBuilder& p) { p.last(); }) == "last() of odd comes before value(name, lo, hi)");
}

TEST_CASE("names must be there and differ") {
  CHECK(refusal([](Statement& t) { t.p.input("dp", 0, 1); }) == "sums: the name `dp` is used twice");
  CHECK(refusal([](Statement& t) { t.p.loop("s", 0, 1); }) == "sums: the name `s` is used twice");
  CHECK(refusal([](Statement& t) { t.p.input("", 0, 1); }) == "sums: an input, loop or value has no name");
}

TEST_CASE("an empty range of symbols") {
  CHECK(refusal([](Statement& t) { t.p.input("t", 2, 1); }) == "input `t` has symbols 2..1, which is empty");
}

TEST_CASE("bounds are affine in lengths and outer loop variables") {
  CHECK(
      refusal([](Statement& t) { t.p.loop("j", 0, min(t.i, 2)); }) ==
      "the bound `min(i, 2)` of loop `j` uses `min(i, 2)`; admissible are constants, lengths and outer loop "
      "variables, added up");
  CHECK(refusal_of([](ProblemBuilder& p) {
          const auto s = p.input("s", 0, 1);
          p.loop("i", 0, p.at(s, 1));
        }) == "the bound `s[1]` of loop `i` uses `s[1]`; admissible are constants, lengths, added up");
  CHECK(refusal_of([](ProblemBuilder& p) {
          p.input("s", 0, 1);
          p.loop("i", 0,
                 make_expr(expr::LoopVariable{1, "j"}));  // the order of the loops is the order of the states
          p.loop("j", 0, 1);
        }) == "the bound `j` of loop `i` uses `j`; admissible are constants, lengths, added up");
  CHECK(refusal([](Statement& t) { t.p.value("extra", 0, t.i); }) ==
        "the bound `i` of value `extra` uses `i`; admissible are constants, lengths, added up");
}

TEST_CASE("a transition reads states by all their coordinates, and the last state only in the answer") {
  CHECK(refusal([](Statement& t) { t.p.transition(t.p.state(t.i - 1, 0)); }) ==
        "`dp(i - 1, 0)` names 2 coordinate(s); a state of sums has 1");
  CHECK(refusal([](Statement& t) { t.p.transition(t.p.last()); }) ==
        "the transition of sums uses `dp(last)`, which only the answer may");
  CHECK(refusal([](Statement& t) { t.p.transition(t.sum, 0); }) ==
        "sums has 1 value(s) but a transition for 2");
}

TEST_CASE("the answer is made of lengths and the last state") {
  CHECK(refusal([](Statement& t) { t.p.answer(t.p.last() + length(t.s)); }) == "");
  CHECK(refusal([](Statement& t) { t.p.answer(t.i + 1); }) ==
        "the answer of sums uses `i`; admissible are lengths and the value of the last state, last()");
  CHECK(refusal([](Statement& t) { t.p.answer(t.p.at(t.s, 1)); }) ==
        "the answer of sums uses `s[1]`; admissible are lengths and the value of the last state, last()");
  CHECK(refusal([](Statement& t) { t.p.answer(t.p.state(1)); }) ==
        "the answer of sums uses `dp(1)`; admissible are lengths and the value of the last state, last()");
}

TEST_CASE("requirements are conditions on lengths") {
  CHECK(refusal([](Statement& t) { t.p.require(length(t.s) >= 2, "two symbols or more"); }) == "");
  CHECK(refusal([](Statement& t) { t.p.require(length(t.s), "a length"); }) ==
        "the requirement `length(s)` of sums is a number, not a condition");
  CHECK(refusal([](Statement& t) { t.p.require(t.i >= 2, "an i"); }) ==
        "the requirement `i ≥ 2` of sums uses `i`; admissible are lengths and constants");
}

TEST_CASE("repetitions speak of distances, loop nests of coordinates, and no problem has both") {
  CHECK(refusal([](Statement& t) { t.p.repeat_until(t.p.last() == 0, 9); }) ==
        "sums has both loops and repeat_until; admissible is one of them");
  CHECK(refusal([](Statement& t) {
          t.p.transition(t.p.back(1)[t.dp]);
        }).starts_with("the transition of sums uses `"));
  CHECK(refusal([](Statement& t) {
          t.p.transition(t.p.is_first() * 1);
        }).ends_with("in a loop nest, use state(…) and at(…)"));
  const auto repetition =
      [](const std::function<Expr(ProblemBuilder&, const InputHandle&, const FieldHandle&)>& transition) {
        return refusal_of([&](ProblemBuilder& p) {
          const auto s = p.input("s", 0, 3);
          const auto dp = p.value("dp", 0, 3);
          p.transition(transition(p, s, dp));
          p.repeat_until(p.last() == 0, p.length_variable(s));
          p.answer(p.last());
        });
      };
  CHECK(repetition([](ProblemBuilder& p, const InputHandle&, const FieldHandle& dp) {
          return p.back(1)[dp];
        }) == "");
  CHECK(repetition([](ProblemBuilder& p, const InputHandle& s, const FieldHandle&) { return p.at(s, 1); }) ==
        "the transition of odd uses `s[1]`; with repeat_until, use back(distance)");
  CHECK(refusal_of([](ProblemBuilder& p) { p.repeat_until(3, 9); }) ==
        "the end `3` of odd is a number, not a condition");
  CHECK(refusal_of([](ProblemBuilder& p) {
          p.input("s", 0, 3);
          p.value("dp", 0, 3);
          p.transition(0);
          p.repeat_until(p.is_first() || p.is_first(), 9);
          p.answer(p.last());
        }).starts_with("the end of odd uses `"));
}

TEST_CASE("states that no polynomial counts") {
  CHECK(refusal_of([](ProblemBuilder& p) {
          const auto s = p.input("s", 0, 1);
          const Expr i = p.loop("i", 0, length(s));
          p.loop("j", 2, i);  // empty at i = 0, and not by one only
          p.value("dp", 0, 1);
          p.transition(0);
          p.answer(p.last());
        }) == "the states of odd cannot be counted by a polynomial: at lengths (1) there are 0");
  CHECK(refusal_of([](ProblemBuilder& p) {
          const auto s = p.input("s", 0, 1);
          const Expr i = p.loop("i", 0, length(s) + 1);
          p.loop("j", 2, i);
          p.value("dp", 0, 1);
          p.transition(0);
          p.answer(p.last());
        }) ==
        "the states of odd cannot be counted by a polynomial: at lengths (1) the state (2, 2) has rank 0; a "
        "loop may be empty only when its upper bound is its lower bound minus one");
}

TEST_CASE("a position that is not a sum of functions of one variable each") {
  CHECK(refusal_of([](ProblemBuilder& p) {
          const auto a = p.input("a", 0, 1), b = p.input("b", 0, 1);
          const Expr i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
          p.value("dp", 0, 1);
          p.transition(cases(i == 0, 0, otherwise, p.state(j, i - 1)));
          p.answer(p.last());
        }) ==
        "the position of `dp(j, i - 1)` is not admissible: neither j·length(b) + i + j + length(a) + "
        "length(b) + 1 nor its distance i·length(b) - j·length(b) + 1 is a sum of functions of one variable "
        "each, affine "
        "in the lengths");
}
