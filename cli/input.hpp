// Where inputs come from: the command line, a file, chance, or all there are.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "constructions/dp/solver.hpp"
#include "constructions/tasks/made_up_inputs.hpp"

namespace wrought::cli {

struct GivenInput {
  Inputs sequences;
  // The last token of a published chain of thought, to be compared with ours.
  std::optional<std::int64_t> published_answer = std::nullopt;
  std::string origin = "";  // "data.txt:3"; empty unless from a file
};

// One argument per sequence. Throws UsageError, naming what cannot be read. Whether the input is admissible in other
// ways is left to require_admissible().
Inputs parse_sequences(const TaskInstance& instance, const std::vector<std::string>& arguments);

// One input per line:  a b | a c [| …] [<sep> or = published chain of thought]   # comment
// Throws UsageError with file, line and column.
std::vector<GivenInput> read_inputs(const TaskInstance& instance, std::istream& stream,
                                    const std::string& file);

// Throws UsageError if an input is longer than `size` or the problem does not admit it.
void require_admissible(const Problem& problem, const std::vector<GivenInput>& inputs, std::int64_t size);

// `count` admissible inputs of random lengths in 1..size with random symbols; the same for the same seed on every
// machine. Throws UsageError if there seem to be none.
std::vector<GivenInput> random_inputs(const TaskInstance& instance, std::int64_t size, std::size_t count,
                                      std::uint64_t seed);

// `count` admissible inputs: first one of full size (all lengths `size`, or the longest of some random ones where that is
// not admissible), then random ones.
std::vector<GivenInput> full_and_random_inputs(const TaskInstance& instance, std::int64_t size,
                                               std::size_t count, std::uint64_t seed);

// Every admissible input of every length in 1..size.
std::vector<GivenInput> all_inputs(const Problem& problem, std::int64_t size);

// A symbol and a sequence as people write them: "k", "kitten", "3,1,4", "(7*5)/(6+4)".
std::string symbol_text(const TaskInstance& instance, std::int64_t symbol);
std::string sequence_text(const TaskInstance& instance, const std::vector<std::int64_t>& sequence);
std::vector<std::string> sequence_texts(const TaskInstance& instance, const Inputs& inputs);

// "letters a..z", "integers 0..250".
std::string alphabet_text(const TaskInstance& instance, const InputSequence& input);

}  // namespace wrought::cli
