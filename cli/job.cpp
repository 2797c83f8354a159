#include "cli/job.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "cli/error.hpp"
#include "cli/parse_number.hpp"
#include "cli/resources.hpp"
#include "cli/suggest.hpp"
#include "cli/words.hpp"
#include "constructions/sharpness.hpp"

namespace wrought::cli {

namespace {

constexpr std::int64_t most_exhaustive_inputs = 1'000'000;

std::vector<std::string> task_names() {
  std::vector<std::string> names;
  for (const Task& task : catalogue()) names.push_back(task.name);
  return names;
}

const TaskParameter& parameter_of(const Task& task, const std::string& name) {
  std::vector<std::string> names;
  for (const TaskParameter& parameter : task.parameters) {
    if (parameter.name == name) return parameter;
    names.push_back(parameter.name);
  }
  throw unknown_name("parameter of " + task.name, name, names);
}

std::vector<GivenInput> inputs_from_file(const Task& task, const Problem& problem, const std::string& file) {
  if (std::filesystem::is_directory(file)) throw UsageError("cannot read " + in_quotes(file) + ": it is a directory");
  std::ifstream stream(file);
  if (!stream) throw UsageError("cannot read " + in_quotes(file) + ": " + std::strerror(errno));
  return read_inputs(task, problem, stream, printable(file));
}

std::vector<GivenInput> every_input(const Problem& problem, std::int64_t size) {
  const Integer count = count_inputs(problem, size);
  if (count > most_exhaustive_inputs)
    throw UsageError("--exhaustive would mean " + count.str() + " inputs, more than " +
                     std::to_string(most_exhaustive_inputs) +
                     "; choose a smaller --size, fewer symbols with --param, or --random K");
  return all_inputs(problem, size);
}

std::int64_t longest_sequence(const std::vector<GivenInput>& inputs) {
  std::size_t longest = 1;
  for (const GivenInput& input : inputs)
    for (const auto& sequence : input.sequences) longest = std::max(longest, sequence.size());
  return static_cast<std::int64_t>(longest);
}

void require_fit(const Problem& problem, const std::vector<GivenInput>& inputs, std::int64_t size) {
  for (const GivenInput& input : inputs)
    for (std::size_t k = 0; k < input.sequences.size(); ++k)
      if (static_cast<std::int64_t>(input.sequences[k].size()) > size)
        throw UsageError((input.origin.empty() ? "" : input.origin + ": ") + "sequence " + problem.inputs[k].name +
                         " has " + counted(input.sequences[k].size(), "symbol") + ", more than --size " +
                         std::to_string(size));
}

Job job_for_task(const Options& options) {
  Job job;
  job.task = &task_of(options);
  job.parameters = parameters_of(*job.task, options);
  job.problem = job.task->problem(job.parameters);
  return job;
}

// Inputs that were written by somebody, as opposed to made up to a size.
std::vector<GivenInput> written_inputs(const Job& job, const Options& options) {
  if (options.inputs) return inputs_from_file(*job.task, job.problem, *options.inputs);
  if (options.sequences.empty())
    throw UsageError("no input: give one argument per sequence, for instance " + joined(job.task->example, " ") +
                     ", or one of --inputs FILE, --random K, --exhaustive");
  return {{parse_sequences(*job.task, job.problem, options.sequences), std::nullopt, ""}};
}

void require_block_fits(const Job& job, const Options& options) {
  if (!options.block) return;
  const Integer length = max_length(job);
  if (*options.block > length)
    throw UsageError("--block must be in 1.." + length.str() + ", the length of the sequence, not " +
                     std::to_string(*options.block));
}

}  // namespace

const Task& task_of(const Options& options) {
  if (options.task.empty()) throw UsageError("no task given; tasks are " + joined(task_names()));
  if (const Task* task = find_task(options.task)) return *task;
  throw unknown_name("task", options.task, task_names());
}

TaskParameters parameters_of(const Task& task, const Options& options) {
  TaskParameters parameters = standard_parameters(task);
  std::vector<std::string> given;
  for (const auto& [name, value] : options.parameters) {
    const TaskParameter& parameter = parameter_of(task, name);
    if (std::find(given.begin(), given.end(), name) != given.end())
      throw UsageError("parameter " + name + " is given twice; give it once");
    given.push_back(name);
    parameters[name] = parse_integer("parameter " + name, value, parameter.lo, parameter.hi);
  }
  return parameters;
}

Job job_with_inputs(const Options& options) {
  Job job = job_for_task(options);
  const bool made_up = options.random || options.exhaustive;
  if (!made_up) job.inputs = written_inputs(job, options);
  job.size = options.size.value_or(longest_sequence(job.inputs));
  require_fit(job.problem, job.inputs, job.size);
  require_resources(job, options);
  require_block_fits(job, options);
  if (options.random) job.inputs = random_inputs(job.problem, job.size, *options.random, options.seed.value_or(1));
  if (options.exhaustive) job.inputs = every_input(job.problem, job.size);
  return job;
}

Job job_without_inputs(const Options& options) {
  Job job = job_for_task(options);
  if (!options.size) throw UsageError("no size given: --size N is the largest length of an input");
  job.size = *options.size;
  require_resources(job, options);
  require_block_fits(job, options);
  return job;
}

Construction construct(const Job& job, const Options& options, AttentionKind kind) {
  const std::vector<std::int64_t> max_lengths(job.problem.inputs.size(), job.size);
  // Standard attention has no blocks, so --block speaks of the other kinds only.
  const auto block = kind == AttentionKind::standard ? std::nullopt : options.block;
  return compile(job.problem, max_lengths, kind, options.schedule, block);
}

RunOptions run_options(const Options& options, const Construction& construction) {
  RunOptions run{options.arithmetic.kind, options.arithmetic.precision, Ideal{}};
  if (options.arithmetic.is_exact()) return run;
  Sharpness sharpness = standard_sharpness(construction);
  sharpness.kappa = options.sharpness.kappa.value_or(sharpness.kappa);
  sharpness.tau = options.sharpness.tau.value_or(sharpness.tau);
  sharpness.lambda = options.sharpness.lambda.value_or(sharpness.lambda);
  run.semantics = sharpness;
  return run;
}

std::string source_text(const Job& job, const Options& options) {
  const std::string up_to = " of lengths 1.." + std::to_string(job.size);
  if (options.random)
    return counted(job.inputs.size(), "random input") + up_to + ", seed " + std::to_string(options.seed.value_or(1));
  if (options.exhaustive) return "all " + counted(job.inputs.size(), "input") + up_to;
  if (options.inputs) return counted(job.inputs.size(), "input") + " from " + printable(*options.inputs);
  return joined(sequence_texts(*job.task, job.inputs.front().sequences), " ");
}

}  // namespace wrought::cli
