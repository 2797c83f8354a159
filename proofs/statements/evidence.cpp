#include "proofs/statements/evidence.hpp"

#include <fmt/format.h>

#include "constructions/tasks/made_up_inputs.hpp"
#include "verifier/certificate/wiring.hpp"
#include "verifier/check/check.hpp"
#include "verifier/network/cost.hpp"

namespace wrought::statements {

namespace {

constexpr std::uint64_t seed = 1;

Construction build(const Case& c) {
  const TaskInstance instance = task_instance(c);
  if (instance.task->own)
    return instance.task->own->build(instance.parameters, c.size, c.attention, Schedule::narrow,
                                     std::nullopt);
  const std::vector<std::int64_t> lengths(instance.problem.inputs.size(), c.size);
  return compile(instance.problem, lengths, c.attention, Schedule::narrow);
}

std::string failure_text(const Report& report) {
  return fmt::format("token {}: {}", report.difference->position + 1, report.reason);
}

// A network that does not even have the structure of its program has no certificate either.
Certified certify_if_possible(const Construction& construction) {
  try {
    return certify_least(construction, {});
  } catch (const certificate::Rejected& rejected) {
    Certified none;
    none.reason = rejected.where + ": " + rejected.reason;
    return none;
  }
}

}  // namespace

std::vector<Inputs> inputs_of(const Case& c) {
  const TaskInstance instance = task_instance(c);
  return c.on_every_input ? made_up::all(instance.problem, c.size)
                          : made_up::full_and_random(instance, c.size, 1, seed);
}

Instance run_construction(const Case& c, Construction built) {
  Instance result;
  result.construction = std::make_shared<const Construction>(std::move(built));
  result.shape = shape(result.network());
  result.cost = dense_cost(result.network());
  const std::unique_ptr<Runner> runner = make_runner(result.network(), {});
  for (const Inputs& inputs : inputs_of(c)) {
    const ChainOfThought chain = result.construction->encode(inputs);
    const Report report = wrought::check(*runner, chain.prompt, chain.generated);
    ++result.inputs;
    result.tokens += report.tokens;
    if (report.verdict != wrought::Verdict::verified && result.failure.empty())
      result.failure = failure_text(report);
  }
  return result;
}

TaskInstance task_instance(const Case& c) {
  const Task& task = *find_task(c.task);
  TaskInstance instance{&task, standard_parameters(task), {}};
  for (const auto& [name, value] : c.parameters) instance.parameters.at(name) = value;
  if (!task.size_parameter.empty()) instance.parameters.at(task.size_parameter) = c.size;
  instance.problem = task.problem(instance.parameters);
  return instance;
}

std::string text(const Case& c) { return fmt::format("{} ({}, n = {})", c.task, name(c.attention), c.size); }

const Instance& Evidence::run(const Case& c) {
  const auto found = instances_.find(c);
  if (found != instances_.end()) return found->second;
  Construction built = build(c);
  if (alterations_.network) alterations_.network(built);
  return instances_.emplace(c, run_construction(c, std::move(built))).first->second;
}

const Certified& Evidence::certificate(const Case& c) {
  const auto found = certificates_.find(c);
  if (found != certificates_.end()) return found->second;
  Construction built = build(c);
  if (alterations_.network) alterations_.network(built);
  return certificates_.emplace(c, certify_if_possible(built)).first->second;
}

const ChainEvidence& Evidence::chains(const Case& c) {
  const auto found = chains_.find(c);
  if (found != chains_.end()) return found->second;
  const TaskInstance instance = task_instance(c);
  ChainEvidence counted = count_chains(*instance.task, instance.parameters, instance.problem, c.size);
  if (alterations_.chains) alterations_.chains(counted);
  return chains_.emplace(c, std::move(counted)).first->second;
}

}  // namespace wrought::statements
