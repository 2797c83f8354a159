#include "proofs/bounds/enumeration.hpp"

#include <set>

#include "constructions/dp/positions.hpp"
#include "constructions/tasks/made_up_inputs.hpp"

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

}  // namespace

std::optional<Enumeration> enumerate_chains(const Problem& problem, const std::vector<std::int64_t>& lengths,
                                            std::int64_t most_tokens, const std::optional<OwnChains>& own) {
  if (unmet_requirement(problem, lengths)) return std::nullopt;
  if (!is_affordable(problem, lengths, own ? own->length : sequence_length_at(problem, lengths), most_tokens))
    return std::nullopt;
  Enumeration result;
  std::set<std::vector<Token>> chains;
  made_up::for_each_input(problem, lengths, [&](const Inputs& inputs) {
    ++result.inputs;
    chains.insert((own ? own->chain_of_thought(inputs) : solve(problem, inputs)).generated);
  });
  result.chains = chains.size();
  return result;
}

}  // namespace wrought
