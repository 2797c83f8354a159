// Definition 4.3: which tasks are regular, decided by all inputs of short lengths.
#include <fmt/format.h>

#include <map>
#include <optional>

#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

std::string text(const Inputs& inputs) {
  std::string text;
  for (const auto& sequence : inputs) {
    std::string symbols;
    for (const std::int64_t symbol : sequence)
      symbols += (symbols.empty() ? "" : ",") + std::to_string(symbol);
    text += (text.empty() ? "" : " | ") + symbols;
  }
  return "(" + text + ")";
}

using Lengths = std::vector<std::size_t>;

Lengths lengths_of(const Inputs& inputs) {
  Lengths lengths;
  for (const auto& sequence : inputs) lengths.push_back(sequence.size());
  return lengths;
}

// The states' values in order, without the answer.
std::vector<Token> states_of(const Problem& problem, const Inputs& inputs) {
  std::vector<Token> states = solve(problem, inputs).generated;
  states.pop_back();
  return states;
}

// Whether different inputs of the same lengths always have different lists of values; else the first two that have not.
struct Regularity {
  std::size_t inputs = 0;
  std::optional<std::pair<Inputs, Inputs>> witness;

  bool is_regular() const { return inputs > 0 && !witness; }
};

Regularity regularity_of(const Case& c) {
  const Problem problem = task_instance(c).problem;
  Regularity result;
  std::map<std::pair<Lengths, std::vector<Token>>, Inputs> seen;
  for (const Inputs& inputs : inputs_of(c)) {
    ++result.inputs;
    const auto [first, is_new] =
        seen.emplace(std::pair(lengths_of(inputs), states_of(problem, inputs)), inputs);
    if (!is_new && !result.witness) result.witness = {first->second, inputs};
  }
  return result;
}

// Whether two tasks give the same answer to every input of the second, and how many there are.
struct Agreement {
  bool same = true;
  std::size_t inputs = 0;
};

Agreement agreement(const Case& a, const Case& b) {
  const Problem first = task_instance(a).problem, second = task_instance(b).problem;
  Agreement result;
  for (const Inputs& inputs : inputs_of(b)) {
    ++result.inputs;
    result.same = result.same && solve(first, inputs).answer == solve(second, inputs).answer;
  }
  return result;
}

const Case& case_for(const std::vector<Case>& cases, const std::string& task) {
  return *std::find_if(cases.begin(), cases.end(), [&](const Case& c) { return c.task == task; });
}

Judgement decide_regularity(Evidence&) {
  const std::vector<Case> cases = exhaustive_cases(all_families(), AttentionKind::standard);
  std::string regular, not_regular;
  std::map<std::string, bool> is_regular;
  std::size_t inputs = 0;
  for (const Case& c : cases) {
    const Regularity found = regularity_of(c);
    inputs += found.inputs;
    is_regular[c.task] = found.is_regular();
    if (found.is_regular())
      regular += (regular.empty() ? "" : ", ") + c.task;
    else
      not_regular += fmt::format("{}{} {} and {}", not_regular.empty() ? "" : "; ", c.task,
                                 text(found.witness->first), text(found.witness->second));
  }
  const Agreement same = agreement(case_for(cases, "edit-distance"), case_for(cases, "local-edit-distance"));
  const bool depends_on_program =
      same.same && is_regular["local-edit-distance"] && !is_regular["edit-distance"];
  return judged(
      depends_on_program && !regular.empty(), Verdict::verified,
      fmt::format("decided on all {} inputs of short lengths. Injective, so regular there: {}. Not, by "
                  "two inputs with equal states: {}. "
                  "It is a property of the program, not of the question: local-edit-distance and "
                  "edit-distance answer all {} "
                  "common inputs alike, and only the first is regular; so 'a fixed model' must be read "
                  "as fixed states and values",
                  inputs, regular, not_regular, same.inputs));
}

}  // namespace

std::vector<Statement> regularity() {
  return {{"4.3",
           "regular: with the model fixed, two different inputs of the same length differ in some dp(i)",
           "wrought bounds reversed-sums --size 4", decide_regularity}};
}

}  // namespace wrought::statements
