#include "constructions/tasks/edit_distance.hpp"

#include <doctest/doctest.h>

#include "constructions/tasks/banded_edit_distance.hpp"
#include "constructions/tasks/local_edit_distance.hpp"
#include "tests/constructions/tasks/against_textbook.hpp"

using namespace wrought;
using textbook::all_pairs;
using textbook::all_sequences;
using textbook::Sequences;

namespace {

const std::vector<textbook::Costs> all_costs{{1, 1, 1}, {2, 3, 4}, {1, 5, 9}, {0, 0, 1}};

EditCosts costs(const textbook::Costs& c) { return {c.insert, c.erase, c.substitute}; }

std::int64_t length_difference(const Sequences& inputs) {
  return textbook::signed_size(inputs[0].size()) - textbook::signed_size(inputs[1].size());
}

}  // namespace

TEST_CASE("edit distance equals the textbook's, weighted or not, on all short strings") {
  for (const auto& cost : all_costs) {
    const Problem problem = edit_distance(costs(cost), 3);
    for (const Sequences& inputs : all_pairs(all_sequences(3, 1, 3)))
      check_chain(problem, inputs, textbook::edit_distance(inputs[0], inputs[1], cost));
  }
}

TEST_CASE("local edit distance equals the textbook's and carries the symbols along") {
  for (const auto& cost : all_costs) {
    const Problem problem = local_edit_distance(costs(cost), 2);
    for (const Sequences& inputs : all_pairs(all_sequences(4, 1, 2)))
      if (length_difference(inputs) <= 0)
        check_chain(problem, inputs, textbook::local_edit_distance(inputs[0], inputs[1], cost));
  }
  CHECK(find_input_error(local_edit_distance({}, 2), {{1, 1}, {1}}) ==
        "local-edit-distance needs a first string that is not longer than the second");
}

TEST_CASE("banded edit distance equals the textbook's within the band") {
  for (const auto& cost : all_costs)
    for (const std::int64_t band : {1, 2, 3}) {
      const Problem problem = banded_edit_distance(costs(cost), 2, band);
      for (const Sequences& inputs : all_pairs(all_sequences(4, 1, 2)))
        if (std::abs(length_difference(inputs)) <= band)
          check_chain(problem, inputs, textbook::banded_edit_distance(inputs[0], inputs[1], cost, band));
    }
  CHECK(find_input_error(banded_edit_distance({}, 2, 1), {{1, 1, 1}, {1}}) ==
        "banded-edit-distance needs lengths that differ by at most band = 1");
}

TEST_CASE("edit distances equal the textbook's on long random strings") {
  constexpr std::uint64_t seed = 41;
  INFO("seed " << seed);
  textbook::RandomSequences random(seed);
  const textbook::Costs cost{3, 2, 4};
  for (std::size_t n = 10; n <= 60; n += 10) {
    const Sequences inputs{random.next(n, 1, 4), random.next(n + 3, 1, 4)};
    check_chain(edit_distance(costs(cost), 26), inputs, textbook::edit_distance(inputs[0], inputs[1], cost));
    check_chain(local_edit_distance(costs(cost), 26), inputs,
                textbook::local_edit_distance(inputs[0], inputs[1], cost));
    check_chain(banded_edit_distance(costs(cost), 26, 4), inputs,
                textbook::banded_edit_distance(inputs[0], inputs[1], cost, 4));
  }
}

TEST_CASE("kitten becomes sitting in three steps") {
  CHECK(solve(edit_distance({1, 1, 1}, 26), {{11, 9, 20, 20, 5, 14}, {19, 9, 20, 20, 9, 14, 7}}).answer == 3);
}
