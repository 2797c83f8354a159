#include "cli/input.hpp"

#include "cli/error.hpp"
#include "cli/notation.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

Inputs parse_sequences(const TaskInstance& instance, const std::vector<std::string>& arguments) {
  const std::vector<InputSequence>& inputs = instance.problem.inputs;
  if (arguments.size() != inputs.size())
    throw UsageError(sequences_wanted(instance) + ", not " + std::to_string(arguments.size()) +
                     "; for instance " + joined(instance.task->example, " "));
  Inputs sequences;
  try {
    for (std::size_t k = 0; k < arguments.size(); ++k)
      sequences.push_back(parse_sequence(instance, inputs[k], arguments[k]));
  } catch (const Misread& misread) {
    throw UsageError(misread.what);
  }
  return sequences;
}
void require_admissible(const Problem& problem, const std::vector<GivenInput>& inputs, std::int64_t size) {
  for (const GivenInput& input : inputs) {
    const std::string where = input.origin.empty() ? "" : input.origin + ": ";
    for (std::size_t k = 0; k < input.sequences.size(); ++k)
      if (static_cast<std::int64_t>(input.sequences[k].size()) > size)
        throw UsageError(where + "sequence " + problem.inputs[k].name + " has " +
                         counted(input.sequences[k].size(), "symbol") + ", more than --size " +
                         std::to_string(size));
    if (const std::string error = find_input_error(problem, input.sequences); !error.empty())
      throw UsageError(where + error);
  }
}
}  // namespace wrought::cli
