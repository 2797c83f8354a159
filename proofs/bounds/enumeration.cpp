#include "proofs/bounds/enumeration.hpp"

#include <set>

#include "constructions/dp/positions.hpp"

namespace wrought {

namespace {

// Whether all sequences of symbols of these lengths, with chains up to a total length of L, have at most `most` tokens.
bool is_affordable(const Problem& problem, const std::vector<std::int64_t>& lengths, const Integer& L,
                   std::int64_t most) {
  Integer tokens = L;
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    const Integer symbols = Integer(problem.inputs[k].hi) - problem.inputs[k].lo + 1;
    for (std::int64_t i = 0; i < lengths[k] && symbols > 1 && tokens <= most; ++i) tokens *= symbols;
  }
  return tokens <= most;
}

Inputs first_inputs(const Problem& problem, const std::vector<std::int64_t>& lengths) {
  Inputs inputs;
  for (std::size_t k = 0; k < lengths.size(); ++k)
    inputs.emplace_back(static_cast<std::size_t>(lengths[k]), problem.inputs[k].lo);
  return inputs;
}

// The next sequences of symbols of the same lengths; false after the last ones.
bool advance(const Problem& problem, Inputs& inputs) {
  for (std::size_t k = 0; k < inputs.size(); ++k)
    for (std::int64_t& symbol : inputs[k]) {
      if (symbol < problem.inputs[k].hi) {
        ++symbol;
        return true;
      }
      symbol = problem.inputs[k].lo;
    }
  return false;
}

}  // namespace

std::optional<Enumeration> enumerate_chains(const Problem& problem, const std::vector<std::int64_t>& lengths,
                                            std::int64_t most_tokens, const std::optional<OwnChains>& own) {
  if (unmet_requirement(problem, lengths)) return std::nullopt;
  if (!is_affordable(problem, lengths, own ? own->length : sequence_length_at(problem, lengths), most_tokens))
    return std::nullopt;
  Enumeration result;
  std::set<std::vector<Token>> chains;
  Inputs inputs = first_inputs(problem, lengths);
  do {
    if (!find_input_error(problem, inputs).empty()) continue;
    ++result.inputs;
    chains.insert((own ? own->chain_of_thought(inputs) : solve(problem, inputs)).generated);
  } while (advance(problem, inputs));
  result.chains = chains.size();
  return result;
}

}  // namespace wrought
