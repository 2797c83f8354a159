#include "constructions/tasks/plain_chain.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "constructions/tasks/arithmetic.hpp"
#include "tests/constructions/tasks/textbook_arithmetic.hpp"

using namespace wrought;

namespace {

// The reductions are the textbook's, and each of them is worth the same by recursive descent.
void check_reductions(const Symbols& e, std::int64_t p) {
  const textbook::Arithmetic book(p);
  CAPTURE(expression_text(e, p));
  const std::vector<Symbols> all = reductions(e, p);
  CHECK(all == book.reductions(e));
  for (const Symbols& step : all) CHECK(book.value(step) == book.value(e));
  CHECK(plain_chain_of_thought(e, p).answer == book.value(e));
}

std::string chain_text(const std::string& text) {
  const ChainOfThought chain = plain_chain_of_thought(parse_expression(text, 11).symbols, 11);
  Symbols symbols;
  for (const auto* tokens : {&chain.prompt, &chain.generated})
    for (const Token& token : *tokens) symbols.insert(symbols.end(), token.begin(), token.end());
  return expression_text(symbols, 11);
}

}  // namespace

TEST_CASE("a plain chain of thought, as written on paper") {
  CHECK(chain_text("(1+2)*3") == "(1+2)*3=(3)*3=3*3=9end");
  CHECK(chain_text("7-2*3") == "7-2*3=7-6=1end");
  CHECK(chain_text("1/2/3") == "1/2/3=6/3=2end");
  CHECK(chain_text("4") == "4=4end");
  CHECK(chain_text("((4))") == "((4))=(4)=4end");
}

TEST_CASE("the prompt ends with the first =") {
  const ChainOfThought chain = plain_chain_of_thought({1, 11, 2}, 11);
  CHECK(chain.prompt == std::vector<Token>{{1}, {11}, {2}, {17}});
  CHECK(chain.generated == std::vector<Token>{{3}, {18}});
}

TEST_CASE("what is no expression has no chain") {
  CHECK_THROWS_WITH_AS(plain_chain_of_thought({1, 11}, 11), "no number comes out of `1+`",
                       std::invalid_argument);
  CHECK_THROWS_AS(plain_chain_of_thought({11}, 11), std::invalid_argument);
}

TEST_CASE("reductions equal the textbook's on all short expressions") {
  for (const std::int64_t p : {2, 3}) {
    const Problem problem = arithmetic(p);
    for (const Symbols& e : textbook::all_sequences(5, 0, p + 5))
      if (find_input_error(problem, {e}).empty()) check_reductions(e, p);
  }
}

TEST_CASE("reductions equal the textbook's on 10,000 random expressions, and every step keeps the value") {
  constexpr std::uint64_t seed = 47;
  INFO("seed " << seed);
  std::mt19937_64 generator(seed);
  for (const std::int64_t p : {2, 5, 11, 97})
    for (int round = 0; round < 2500; ++round)
      check_reductions(random_expression(p, 25, [&](std::uint64_t bound) { return generator() % bound; }), p);
}
