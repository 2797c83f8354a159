// Small instances of every task with all their inputs, and how to compile and run them.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/banded_edit_distance.hpp"
#include "constructions/tasks/edit_distance.hpp"
#include "constructions/tasks/lagged_recurrence.hpp"
#include "constructions/tasks/lis.hpp"
#include "constructions/tasks/local_edit_distance.hpp"
#include "constructions/tasks/reversed_sums.hpp"
#include "tests/constructions/tasks/textbook.hpp"
#include "tests/constructions/tasks/textbook_arithmetic.hpp"
#include "verifier/check/check.hpp"

namespace wrought {

inline constexpr AttentionKind all_kinds[] = {AttentionKind::standard, AttentionKind::sparse,
                                              AttentionKind::strided, AttentionKind::linear};

// A problem, bounds on its lengths, and how a textbook solves it.
struct TaskCase {
  Problem problem;
  std::vector<std::int64_t> max_lengths;
  std::function<textbook::Solution(const textbook::Sequences&)> solution;
  // A random input of largest lengths, where not every sequence is an input.
  std::function<textbook::Sequences(textbook::RandomSequences&)> draw = nullptr;
};

inline TaskCase edit_distance_case(std::int64_t n, const textbook::Costs& c, std::int64_t alphabet) {
  return {edit_distance({c.insert, c.erase, c.substitute}, alphabet),
          {n, n},
          [c](const textbook::Sequences& s) { return textbook::edit_distance(s[0], s[1], c); }};
}

inline TaskCase local_edit_distance_case(std::int64_t n, const textbook::Costs& c, std::int64_t alphabet) {
  return {local_edit_distance({c.insert, c.erase, c.substitute}, alphabet),
          {n, n},
          [c](const textbook::Sequences& s) { return textbook::local_edit_distance(s[0], s[1], c); }};
}

inline TaskCase banded_edit_distance_case(std::int64_t n, std::int64_t band, std::int64_t alphabet) {
  return {banded_edit_distance({}, alphabet, band), {n, n}, [band](const textbook::Sequences& s) {
            return textbook::banded_edit_distance(s[0], s[1], {}, band);
          }};
}

inline TaskCase lis_case(std::int64_t n, std::int64_t largest) {
  return {longest_increasing_subsequence(largest), {n}, [](const textbook::Sequences& s) {
            return textbook::longest_increasing_subsequence(s[0]);
          }};
}

inline TaskCase reversed_sums_case(std::int64_t n, std::int64_t modulus) {
  return {reversed_sums(modulus), {n}, [modulus](const textbook::Sequences& s) {
            return textbook::reversed_sums(s[0], modulus);
          }};
}

inline TaskCase lagged_recurrence_case(std::int64_t m, std::int64_t steps, std::int64_t modulus) {
  return {lagged_recurrence(m, steps, modulus), {m}, [steps, modulus](const textbook::Sequences& s) {
            return textbook::lagged_recurrence(s[0], steps, modulus);
          }};
}

inline TaskCase arithmetic_case(std::int64_t n, std::int64_t p) {
  return {arithmetic(p),
          {n},
          [p](const textbook::Sequences& s) { return textbook::Arithmetic(p).solution(s[0]); },
          [n, p](textbook::RandomSequences& random) {
            textbook::Sequence longest;
            for (int round = 0; round < 20; ++round) {
              const auto e =
                  random_expression(p, n, [&](std::uint64_t bound) { return random.below(bound); });
              if (e.size() > longest.size()) longest = e;
            }
            return textbook::Sequences{longest};
          }};
}

// Of sizes at which all inputs can be run.
inline std::vector<TaskCase> small_cases() {
  return {edit_distance_case(4, {1, 1, 1}, 2),
          edit_distance_case(2, {2, 3, 4}, 2),
          local_edit_distance_case(3, {}, 2),
          banded_edit_distance_case(4, 1, 2),
          lis_case(4, 3),
          reversed_sums_case(5, 3),
          lagged_recurrence_case(3, 8, 2),
          arithmetic_case(5, 2)};
}

// Every admissible input of a case.
inline std::vector<textbook::Sequences> all_inputs(const TaskCase& c) {
  std::vector<textbook::Sequences> inputs{{}};
  for (std::size_t k = 0; k < c.max_lengths.size(); ++k) {
    std::vector<textbook::Sequences> longer;
    const InputSequence& symbols = c.problem.inputs[k];
    for (const auto& s :
         textbook::all_sequences(static_cast<std::size_t>(c.max_lengths[k]), symbols.lo, symbols.hi))
      for (textbook::Sequences before : inputs) {
        before.push_back(s);
        longer.push_back(std::move(before));
      }
    inputs = std::move(longer);
  }
  std::erase_if(inputs, [&](const auto& input) { return !find_input_error(c.problem, input).empty(); });
  return inputs;
}

// A random input of the largest lengths.
inline textbook::Sequences largest_input(const TaskCase& c, textbook::RandomSequences& random) {
  if (c.draw) return c.draw(random);
  textbook::Sequences input;
  for (std::size_t k = 0; k < c.max_lengths.size(); ++k)
    input.push_back(random.next(static_cast<std::size_t>(c.max_lengths[k]), c.problem.inputs[k].lo,
                                c.problem.inputs[k].hi));
  return input;
}

// A random input of any admissible lengths.
inline textbook::Sequences random_input(const TaskCase& c, textbook::RandomSequences& random) {
  if (c.draw) return c.draw(random);
  textbook::Sequences input;
  do {
    input.clear();
    for (std::size_t k = 0; k < c.max_lengths.size(); ++k)
      input.push_back(random.next(1 + random.below(static_cast<std::uint64_t>(c.max_lengths[k])),
                                  c.problem.inputs[k].lo, c.problem.inputs[k].hi));
  } while (!find_input_error(c.problem, input).empty());
  return input;
}

// The chain of thought that the network is to generate. Its solution comes from the textbook; with telescoping memory
// encode() adds the BOS and the evicted fields.
inline ChainOfThought expected_chain(const TaskCase& c, const Construction& construction,
                                     const textbook::Sequences& inputs) {
  const textbook::Chain chain = textbook::chain(inputs, c.solution(inputs));
  const ChainOfThought encoded = construction.encode(inputs);
  const std::size_t bos = construction.format.has_bos() ? 1 : 0, width = chain.prompt[0].size();
  const auto plain = [&](const std::vector<Token>& tokens, std::size_t first) {
    std::vector<Token> result;
    for (std::size_t t = first; t < tokens.size(); ++t)
      result.emplace_back(tokens[t].begin(), tokens[t].begin() + textbook::signed_size(width));
    return result;
  };
  REQUIRE(plain(encoded.prompt, bos) == chain.prompt);
  REQUIRE(plain(encoded.generated, 0) == chain.generated);
  return encoded;
}

inline std::string text(const Construction& c) {
  return c.problem.name + " with " + name(c.network().attention.kind) +
         " attention, B = " + std::to_string(c.network().attention.block) + ", " + name(c.schedule) +
         " schedule, " + construction_name(c.plan);
}

inline std::string text(const Report& report, const Construction& construction) {
  if (!report.difference) return name(report.verdict);
  const Difference& d = *report.difference;
  return name(report.verdict) + ": " + report.reason + " at position " + std::to_string(d.position) + ", " +
         construction.format.names().at(d.coordinate) + " should be " + std::to_string(d.expected) + ", is " +
         d.found;
}

}  // namespace wrought
