#include "constructions/tasks/made_up_inputs.hpp"

#include <stdexcept>

#include "cli/error.hpp"
#include "cli/input.hpp"

namespace wrought::cli {

namespace {

std::vector<GivenInput> given(std::vector<Inputs> all) {
  std::vector<GivenInput> inputs;
  for (Inputs& sequences : all) inputs.push_back({std::move(sequences)});
  return inputs;
}

// A task that has no input of that size is the user's choice of size.
template <class Make>
std::vector<GivenInput> given_if_any(Make make) {
  try {
    return given(make());
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

std::vector<GivenInput> random_inputs(const TaskInstance& instance, std::int64_t size, std::size_t count,
                                      std::uint64_t seed) {
  return given_if_any([&] { return made_up::random(instance, size, count, seed); });
}

std::vector<GivenInput> full_and_random_inputs(const TaskInstance& instance, std::int64_t size,
                                               std::size_t count, std::uint64_t seed) {
  return given_if_any([&] { return made_up::full_and_random(instance, size, count, seed); });
}

std::vector<GivenInput> all_inputs(const Problem& problem, std::int64_t size) {
  return given(made_up::all(problem, size));
}

}  // namespace wrought::cli
