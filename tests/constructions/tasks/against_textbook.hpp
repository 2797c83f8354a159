// The plain solver against a textbook: every token of the chain of thought.
#pragma once

#include <doctest/doctest.h>

#include "constructions/dp/solver.hpp"
#include "tests/constructions/tasks/textbook.hpp"

namespace wrought {

inline void check_chain(const Problem& problem, const textbook::Sequences& inputs,
                        const textbook::Solution& solution) {
  CAPTURE(textbook::text(inputs));
  const textbook::Chain expected = textbook::chain(inputs, solution);
  const ChainOfThought found = solve(problem, inputs);
  CHECK(found.prompt == expected.prompt);
  CHECK(found.generated == expected.generated);
  CHECK(found.answer == solution.answer);
}

}  // namespace wrought
