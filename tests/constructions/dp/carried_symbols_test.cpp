#include "constructions/dp/carried_symbols.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "constructions/dp/locality.hpp"
#include "tests/constructions/tasks/textbook.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;
using textbook::Sequences;

namespace {

// x(i, j) = x(i - 1, j) + x(i, j - 1) + s_j modulo 5, round after round, from 0 before the first.
Problem rounds(bool carried, std::int64_t count) {
  ProblemBuilder p{"rounds"};
  const auto s = p.input("s", -1, 2);
  const auto i = p.loop("i", 0, count), j = p.loop("j", 1, length(s));
  p.value("x", 0, 4);
  const auto left = cases(j == 1, 0, otherwise, p.state(i, j - 1));
  const auto x = [&](const Expr& s_j) {
    return cases(i == 0, 0, otherwise, mod(p.state(i - 1, j) + left + s_j, 5));
  };
  if (carried) {
    const auto s_j = carry_column_symbol(p, "s_j", s, i, j);
    p.transition(x(s_j.symbol), s_j.transition);
  } else {
    p.transition(x(p.at(s, j)));
  }
  p.answer(p.last());
  return p.build();
}

// c(i, j) = c(i - 1, j) + c(i, j - 1) + [a_i > b_j] modulo 3, from 0 at the border.
Problem larger_pairs(bool carried) {
  ProblemBuilder p{"larger-pairs"};
  const auto a = p.input("a", -1, 1), b = p.input("b", 0, 1);
  p.require(length(a) <= length(b), "a first sequence that is not longer than the second");
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
  p.value("c", 0, 2);
  const auto c = [&](const Expr& a_i, const Expr& b_j) {
    return cases(i == 0 || j == 0, 0, otherwise, mod(p.state(i - 1, j) + p.state(i, j - 1) + (a_i > b_j), 3));
  };
  if (carried) {
    const auto a_i = carry_row_symbol(p, "ahead", "row", a, i, j, length(b));
    const auto b_j = carry_column_symbol(p, "column", b, i, j);
    p.transition(c(a_i.row.symbol, b_j.symbol), a_i.ahead.transition, a_i.row.transition, b_j.transition);
  } else {
    p.transition(c(p.at(a, i), p.at(b, j)));
  }
  p.answer(p.last());
  return p.build();
}

std::string m_of(const Problem& problem) { return to_string(locality(problem).m, Variables(problem)); }

// The chains of thought are the same in coordinates and first field.
void check_same(const Problem& carried, const Problem& plain, const Sequences& inputs) {
  CAPTURE(textbook::text(inputs));
  const ChainOfThought with = solve(carried, inputs), without = solve(plain, inputs);
  REQUIRE(with.generated.size() == without.generated.size());
  for (std::size_t t = 0; t < with.generated.size(); ++t) {
    const Token& longer = with.generated[t];
    const Token& token = without.generated[t];
    CHECK(Token(longer.begin(), longer.begin() + textbook::signed_size(token.size())) == token);
  }
}

void check_network(const Problem& problem, const std::vector<std::int64_t>& bounds,
                   const std::vector<Sequences>& inputs) {
  for (const AttentionKind kind :
       {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear}) {
    const Construction construction = compile(problem, bounds, kind, Schedule::narrow);
    CAPTURE(name(kind));
    const auto runner = make_runner(construction.network(), {});
    for (const Sequences& input : inputs) {
      CAPTURE(textbook::text(input));
      const ChainOfThought chain = construction.encode(input);
      CHECK(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
    }
  }
}

}  // namespace

TEST_CASE("column symbols: the same values, and m no longer grows with the rounds") {
  const Problem carried = rounds(true, 9), plain = rounds(false, 9);
  CHECK(m_of(carried) == "length(s) + 1");
  CHECK(m_of(plain) == "10·length(s) + 1");
  std::vector<Sequences> inputs;
  for (const auto& s : textbook::all_sequences(3, -1, 2)) inputs.push_back({s});
  for (const Sequences& input : inputs) check_same(carried, plain, input);
  check_network(carried, {3}, inputs);
  CHECK(construction_name(compile(carried, {3}, AttentionKind::sparse, Schedule::narrow).plan) ==
        std::string("C3"));
  CHECK(construction_name(compile(carried, {3}, AttentionKind::linear, Schedule::narrow).plan) ==
        std::string("C4"));
}

TEST_CASE("row and column symbols: the same values, and m is a sum of lengths, not their product") {
  const Problem carried = larger_pairs(true), plain = larger_pairs(false);
  CHECK(m_of(carried) == "length(a) + length(b) + 3");
  CHECK(m_of(plain) == "length(a)·length(b) + length(a) + 2·length(b) + 3");
  std::vector<Sequences> inputs;
  for (const auto& a : textbook::all_sequences(3, -1, 1))
    for (const auto& b : textbook::all_sequences(3, 0, 1))
      if (a.size() <= b.size()) inputs.push_back({a, b});
  for (const Sequences& input : inputs) check_same(carried, plain, input);
  std::vector<Sequences> some;
  for (std::size_t k = 0; k < inputs.size(); k += 11) some.push_back(inputs[k]);
  check_network(carried, {3, 3}, some);
}
