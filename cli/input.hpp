// Where inputs come from: the command line, a file, chance, or all there are.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "constructions/dp/solver.hpp"
#include "constructions/tasks/catalogue.hpp"

namespace wrought::cli {

struct GivenInput {
  Inputs sequences;
  // The last token of a published chain of thought, to be compared with ours.
  std::optional<std::int64_t> published_answer;
  std::string origin;  // "data.txt:3"; empty on the command line
};

// One argument per sequence. Throws UsageError, naming what cannot be read.
Inputs parse_sequences(const Task& task, const Problem& problem, const std::vector<std::string>& arguments);

// One input per line:  a b | a c [| …] [<sep> or = published chain of thought]   # comment
// Throws UsageError with file, line and column.
std::vector<GivenInput> read_inputs(const Task& task, const Problem& problem, std::istream& stream,
                                    const std::string& file);

// `count` inputs of random lengths in 1..size with random symbols; the same for the same seed on every machine.
std::vector<GivenInput> random_inputs(const Problem& problem, std::int64_t size, std::size_t count,
                                      std::uint64_t seed);

// How many inputs with lengths in 1..size there are, and all of them, shortest first.
Integer count_inputs(const Problem& problem, std::int64_t size);
std::vector<GivenInput> all_inputs(const Problem& problem, std::int64_t size);

// A symbol and a sequence as people write them: "k", "kitten", "3,1,4".
std::string symbol_text(const Task& task, std::int64_t symbol);
std::string sequence_text(const Task& task, const std::vector<std::int64_t>& sequence);
std::vector<std::string> sequence_texts(const Task& task, const Inputs& inputs);

// "letters a..z", "integers 0..250".
std::string alphabet_text(const Task& task, const InputSequence& input);

}  // namespace wrought::cli
