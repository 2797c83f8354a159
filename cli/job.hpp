// What a command works on: a task with its parameters, the sizes it is compiled for, and the inputs it is run on.
#pragma once

#include <cstdint>
#include <vector>

#include "cli/input.hpp"
#include "cli/options.hpp"
#include "constructions/compile.hpp"
#include "constructions/tasks/catalogue.hpp"

namespace wrought::cli {

struct Job : TaskInstance {
  std::int64_t size = 0;           // largest length of every input
  std::vector<GivenInput> inputs;  // empty for commands that run nothing
};

// A task with every parameter at its standard value.
TaskInstance standard_instance(const Task& task);

// A job with inputs from the one source that the options name. Throws UsageError, also where the job would need more
// memory than the machine has.
Job job_with_inputs(const Options& options);

// A job without inputs, for the construction alone; needs --size.
Job job_without_inputs(const Options& options);

// What compile() or the task's own construction would build. Throws std::invalid_argument like plan_construction().
ConstructionPlan plan_for(const TaskInstance& instance, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                          Schedule schedule, std::optional<std::size_t> block = std::nullopt);

Construction construct(const Job& job, const Options& options, AttentionKind kind);

// How the options ask for this network to be run: standard sharpness where they say nothing.
RunOptions run_options(const Options& options, const Construction& construction);

// "insert=1 delete=1".
std::string parameters_text(const TaskInstance& instance);

// "2 random inputs, seed 1", "kitten sitting".
std::string source_text(const Job& job, const Options& options);

}  // namespace wrought::cli
