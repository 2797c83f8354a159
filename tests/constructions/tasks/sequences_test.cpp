// The tasks of one sequence: longest increasing subsequence, reversed sums, lagged recurrence.
#include <doctest/doctest.h>

#include "constructions/tasks/lagged_recurrence.hpp"
#include "constructions/tasks/lis.hpp"
#include "constructions/tasks/reversed_sums.hpp"
#include "tests/constructions/tasks/against_textbook.hpp"

using namespace wrought;
using textbook::all_sequences;
using textbook::RandomSequences;
using textbook::Sequence;

TEST_CASE("the longest increasing subsequence equals the textbook's") {
  const auto check = [](const Problem& problem, const Sequence& s) {
    check_chain(problem, {s}, textbook::longest_increasing_subsequence(s));
    CHECK(solve(problem, {s}).answer == textbook::patience(s));
  };
  for (const Sequence& s : all_sequences(5, 0, 3)) check(longest_increasing_subsequence(3), s);
  constexpr std::uint64_t seed = 42;
  INFO("seed " << seed);
  RandomSequences random(seed);
  for (std::size_t n = 10; n <= 80; n += 10)
    check(longest_increasing_subsequence(250), random.next(n, 0, 250));
}

TEST_CASE("reversed sums equal the textbook's") {
  const auto check = [](std::int64_t modulus, const Sequence& s) {
    check_chain(reversed_sums(modulus), {s}, textbook::reversed_sums(s, modulus));
  };
  for (const std::int64_t modulus : {2, 3})
    for (const Sequence& s : all_sequences(6, 0, modulus - 1)) check(modulus, s);
  constexpr std::uint64_t seed = 43;
  INFO("seed " << seed);
  RandomSequences random(seed);
  for (std::size_t n = 10; n <= 200; n += 19) check(10, random.next(n, 0, 9));
}

TEST_CASE("lagged recurrences equal the textbook's") {
  constexpr std::uint64_t seed = 44;
  INFO("seed " << seed);
  RandomSequences random(seed);
  for (const std::int64_t m : {1, 2, 3, 7})
    for (const std::int64_t steps : {1, 2, 6, 7, 8, 40})
      for (int round = 0; round < 5; ++round) {
        const Sequence s = random.next(static_cast<std::size_t>(m), 0, 4);
        check_chain(lagged_recurrence(m, steps, 5), {s}, textbook::lagged_recurrence(s, steps, 5));
      }
  CHECK(find_input_error(lagged_recurrence(3, 5, 2), {{1, 0}}) ==
        "lagged-recurrence needs exactly m = 3 symbols");
}
