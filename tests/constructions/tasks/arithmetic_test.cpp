#include "constructions/tasks/arithmetic.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "constructions/compile.hpp"
#include "tests/constructions/tasks/against_textbook.hpp"
#include "tests/constructions/tasks/textbook_arithmetic.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;
using textbook::Sequence;

namespace {

std::string refusal(const std::string& text, std::int64_t p) {
  const ParsedExpression parsed = parse_expression(text, p);
  return parsed.error.empty() ? find_input_error(arithmetic(p), {parsed.symbols}) : parsed.error;
}

}  // namespace

TEST_CASE("arithmetic equals the textbook's on all short expressions, and everything else is refused") {
  for (const std::int64_t p : {2, 3}) {
    const textbook::Arithmetic book(p);
    const Problem problem = arithmetic(p);
    for (const Sequence& e : textbook::all_sequences(5, 0, p + 5)) {
      const bool valid = !book.reductions(e).empty();
      CAPTURE(expression_text(e, p));
      CHECK(find_input_error(problem, {e}).empty() == valid);
      if (!valid) continue;
      check_chain(problem, {e}, book.solution(e));
      CHECK(book.solution(e).answer == book.value(e));
    }
  }
}

TEST_CASE("arithmetic equals the textbook's on long random expressions") {
  constexpr std::uint64_t seed = 45;
  INFO("seed " << seed);
  std::mt19937_64 generator(seed);
  for (const std::int64_t p : {2, 5, 11, 97}) {
    const textbook::Arithmetic book(p);
    const Problem problem = arithmetic(p);
    std::size_t longest = 0;
    for (int round = 0; round < 25; ++round) {
      const Sequence e = random_expression(p, 25, [&](std::uint64_t bound) { return generator() % bound; });
      longest = std::max(longest, e.size());
      check_chain(problem, {e}, book.solution(e));
      CHECK(book.solution(e).answer == book.value(e));
    }
    CHECK(longest <= 25);
    CHECK(longest >= 15);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("ten thousand random expressions: plain solver, textbook and recursive descent agree") {
    constexpr std::uint64_t seed = 47;
    INFO("seed " << seed);
    std::mt19937_64 generator(seed);
    const auto draw = [&](std::uint64_t bound) { return generator() % bound; };
    std::map<std::int64_t, std::size_t> used;  // symbols from p on, as offsets: + - × ÷ ( )
    std::size_t deepest = 0, longest = 0;
    for (const std::int64_t p : {2, 3, 7, 11, 97}) {
      const textbook::Arithmetic book(p);
      const Problem problem = arithmetic(p);
      for (int round = 0; round < 2000; ++round) {
        const Sequence e = random_expression(p, 1 + round % 25, draw);
        const textbook::Solution solution = book.solution(e);
        const ChainOfThought found = solve(problem, {e});
        const bool same = found.generated == textbook::chain({e}, solution).generated;
        CHECK_MESSAGE(same, expression_text(e, p));
        CHECK_MESSAGE(found.answer == book.value(e), expression_text(e, p));
        std::size_t depth = 0;
        for (const std::int64_t symbol : e) {
          if (symbol >= p) ++used[symbol - p];
          depth += symbol == p + 4;
          deepest = std::max(deepest, depth);
          depth -= symbol == p + 5;
        }
        longest = std::max(longest, e.size());
      }
    }
    for (std::int64_t symbol = 0; symbol < 6; ++symbol) CHECK(used[symbol] >= 1000);
    CHECK(deepest >= 4);
    CHECK(longest == 25);
  }

  TEST_CASE("random expressions through the exact networks") {
    constexpr std::uint64_t seed = 48;
    INFO("seed " << seed);
    std::mt19937_64 generator(seed);
    const textbook::Arithmetic book(11);
    for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::linear}) {
      const Construction construction = compile(arithmetic(11), {21}, kind, Schedule::narrow);
      const auto runner = make_runner(construction.network(), {});
      for (int round = 0; round < 1000; ++round) {
        const Sequence e = random_expression(11, 21, [&](std::uint64_t bound) { return generator() % bound; });
        const ChainOfThought chain = construction.encode({e});
        const Report report = check(*runner, chain.prompt, chain.generated);
        CHECK_MESSAGE(report.verdict == Verdict::verified, expression_text(e, 11));
        CHECK_MESSAGE(chain.answer == book.value(e), expression_text(e, 11));
      }
    }
  }

  TEST_CASE("all expressions of up to five symbols over F_3, through the exact networks") {
    const textbook::Arithmetic book(3);
    const Problem problem = arithmetic(3);
    std::vector<Sequence> expressions;
    for (const Sequence& e : textbook::all_sequences(5, 0, 3 + 5))
      if (!book.reductions(e).empty()) expressions.push_back(e);
    for (const AttentionKind kind :
         {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear}) {
      const Construction construction = compile(problem, {5}, kind, Schedule::narrow);
      const auto runner = make_runner(construction.network(), {});
      for (const Sequence& e : expressions) {
        const ChainOfThought chain = construction.encode({e});
        const Report report = check(*runner, chain.prompt, chain.generated);
        CHECK_MESSAGE(report.verdict == Verdict::verified, expression_text(e, 3));
      }
    }
  }
}

TEST_CASE("expressions are read and written") {
  const auto symbols = [](const std::string& text) { return parse_expression(text, 11).symbols; };
  CHECK(symbols("7*5/(6+4)") == Sequence{7, 13, 5, 14, 15, 6, 11, 4, 16});
  CHECK(symbols(" 10 × 2 ÷ 3 - 0") == Sequence{10, 13, 2, 14, 3, 12, 0});
  CHECK(expression_text(symbols("(10-2)*3/4+1"), 11) == "(10-2)*3/4+1");
}

TEST_CASE("what is no expression is refused") {
  CHECK(refusal("7*5/(6+4)", 11) == "");
  CHECK(refusal("", 11) == "an empty expression");
  CHECK(refusal("3+11", 11) == "a number that is not in 0..10 at column 3");
  CHECK(refusal("3+x", 11) == "a character that is none of 0-9 + - * / × ÷ ( ) at column 3");
  CHECK(refusal("3+", 11) == "not an expression: a number or ( expected at symbol 3 of `3+`");
  CHECK(refusal("(3", 11) == "not an expression: ) expected at symbol 3 of `(3`");
  CHECK(refusal("3 4", 11) == "not an expression: an operator or the end expected at symbol 2 of `34`");
  CHECK(refusal("3/(4-4)", 11) == "division by zero: the divisor at symbol 3 of `3/(4-4)` is 0 modulo 11");
  CHECK_THROWS_WITH_AS(arithmetic(9), "arithmetic needs a prime p; 9 is not one", Inadmissible);
}

TEST_CASE("primes") {
  for (const std::int64_t p : {2, 3, 5, 7, 11, 89, 97}) CHECK(is_prime(p));
  for (const std::int64_t n : {-7, 0, 1, 4, 9, 49, 91}) CHECK_FALSE(is_prime(n));
}
