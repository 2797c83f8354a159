#include "constructions/tasks/made_up_inputs.hpp"

#include <random>
#include <stdexcept>

namespace wrought::made_up {

namespace {

// Random numbers that are the same everywhere. (The standard distributions differ from library to library.)
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}

  // Uniform in 0..n-1: the last, incomplete multiple of n is thrown away.
  std::uint64_t below(std::uint64_t n) {
    const std::uint64_t accepted = UINT64_MAX - UINT64_MAX % n;
    for (;;)
      if (const std::uint64_t x = generator_(); x < accepted) return x % n;
  }

  std::int64_t in(std::int64_t lo, std::int64_t hi) {
    return lo + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(hi - lo) + 1));
  }

 private:
  std::mt19937_64 generator_;
};

// Lengths in 1..size that may or may not meet the requirements; just `size` where the task knows no other.
std::vector<std::int64_t> random_lengths(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  std::vector<std::int64_t> lengths;
  for (std::size_t k = 0; k < instance.problem.inputs.size(); ++k)
    lengths.push_back(instance.task->size_parameter.empty() ? dice.in(1, size) : size);
  return lengths;
}

Inputs random_symbols(const Problem& problem, const std::vector<std::int64_t>& lengths, Dice& dice) {
  Inputs sequences(lengths.size());
  for (std::size_t k = 0; k < lengths.size(); ++k)
    for (std::int64_t i = 0; i < lengths[k]; ++i)
      sequences[k].push_back(dice.in(problem.inputs[k].lo, problem.inputs[k].hi));
  return sequences;
}

Inputs random_input(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  if (instance.task->random_inputs)
    return instance.task->random_inputs(instance.parameters, size,
                                        [&dice](std::uint64_t n) { return dice.below(n); });
  constexpr int most_attempts = 100'000;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::vector<std::int64_t> lengths = random_lengths(instance, size, dice);
    if (unmet_requirement(instance.problem, lengths)) continue;
    Inputs sequences = random_symbols(instance.problem, lengths, dice);
    if (find_input_error(instance.problem, sequences).empty()) return sequences;
  }
  throw std::invalid_argument("no admissible input of " + instance.task->name + " with lengths up to " +
                              std::to_string(size) + " was found by chance");
}

std::size_t total_length(const Inputs& sequences) {
  std::size_t total = 0;
  for (const auto& sequence : sequences) total += sequence.size();
  return total;
}

Inputs full_input(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  const std::vector<std::int64_t> full(instance.problem.inputs.size(), size);
  if (!instance.task->random_inputs && !unmet_requirement(instance.problem, full)) {
    Inputs sequences = random_symbols(instance.problem, full, dice);
    if (find_input_error(instance.problem, sequences).empty()) return sequences;
  }
  constexpr int attempts = 100;
  Inputs longest = random_input(instance, size, dice);
  for (int attempt = 1; attempt < attempts; ++attempt)
    if (Inputs other = random_input(instance, size, dice); total_length(other) > total_length(longest))
      longest = std::move(other);
  return longest;
}

// Calls visit(lengths) for all lengths in 1..size that meet the requirements, until it returns false.
template <class Visit>
void for_admissible_lengths(const Problem& problem, std::int64_t size, Visit visit) {
  std::vector<std::int64_t> lengths(problem.inputs.size(), 1);
  for (std::size_t k = 0; k < lengths.size();) {
    if (!unmet_requirement(problem, lengths) && !visit(lengths)) return;
    for (k = 0; k < lengths.size() && lengths[k] == size; ++k) lengths[k] = 1;
    if (k < lengths.size()) ++lengths[k];
  }
}

// The next input with the same lengths; false after the last one.
bool advance(Inputs& sequences, const Problem& problem) {
  for (std::size_t k = sequences.size(); k-- > 0;)
    for (std::size_t i = sequences[k].size(); i-- > 0;) {
      if (sequences[k][i] < problem.inputs[k].hi) {
        ++sequences[k][i];
        return true;
      }
      sequences[k][i] = problem.inputs[k].lo;
    }
  return false;
}

}  // namespace

std::vector<Inputs> random(const TaskInstance& instance, std::int64_t size, std::size_t count,
                           std::uint64_t seed) {
  Dice dice(seed);
  std::vector<Inputs> inputs(count);
  for (Inputs& input : inputs) input = random_input(instance, size, dice);
  return inputs;
}

std::vector<Inputs> full_and_random(const TaskInstance& instance, std::int64_t size,
                                    std::size_t count, std::uint64_t seed) {
  std::vector<Inputs> inputs = random(instance, size, count, seed);
  Dice dice(seed);
  inputs.front() = full_input(instance, size, dice);
  return inputs;
}

Integer count(const Problem& problem, std::int64_t size, const Integer& enough) {
  Integer total = 0;
  for_admissible_lengths(problem, size, [&](const std::vector<std::int64_t>& lengths) {
    Integer inputs = 1;
    for (std::size_t k = 0; k < lengths.size(); ++k) {
      const Integer symbols = Integer(problem.inputs[k].hi) - problem.inputs[k].lo + 1;
      for (std::int64_t i = 0; i < lengths[k] && symbols > 1 && inputs <= enough; ++i) inputs *= symbols;
    }
    total += inputs;
    return total <= enough;
  });
  return total;
}

void for_each_input(const Problem& problem, const std::vector<std::int64_t>& lengths,
                    const std::function<void(const Inputs&)>& visit) {
  Inputs sequences;
  for (std::size_t k = 0; k < lengths.size(); ++k)
    sequences.emplace_back(static_cast<std::size_t>(lengths[k]), problem.inputs[k].lo);
  do
    if (find_input_error(problem, sequences).empty()) visit(sequences);
  while (advance(sequences, problem));
}

std::vector<Inputs> all(const Problem& problem, std::int64_t size) {
  std::vector<Inputs> inputs;
  for_admissible_lengths(problem, size, [&](const std::vector<std::int64_t>& lengths) {
    for_each_input(problem, lengths, [&](const Inputs& input) { inputs.push_back(input); });
    return true;
  });
  return inputs;
}

}  // namespace wrought::made_up
