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
#include "constructions/memory_plan.hpp"
#include "constructions/sharpness.hpp"

namespace wrought::cli {

namespace {

constexpr std::int64_t most_exhaustive_inputs = 1'000'000;

const Task& task_named(const std::string& name) {
  std::vector<std::string> names;
  for (const Task& task : catalogue()) names.push_back(task.name);
  if (name.empty()) throw UsageError("no task given; tasks are " + joined(names));
  if (const Task* task = find_task(name)) return *task;
  throw unknown_name("task", name, names);
}

const TaskParameter& parameter_named(const Task& task, const std::string& name) {
  std::vector<std::string> names;
  for (const TaskParameter& parameter : task.parameters) {
    if (parameter.name == name) return parameter;
    names.push_back(parameter.name);
  }
  throw unknown_name("parameter of " + task.name, name, names);
}

// Only the parameters that were given.
TaskParameters given_parameters(const Task& task, const Options& options) {
  TaskParameters given;
  for (const auto& [name, value] : options.parameters) {
    const TaskParameter& parameter = parameter_named(task, name);
    if (given.contains(name)) throw UsageError("parameter " + name + " is given twice; give it once");
    given[name] = parse_integer("parameter " + name, value, parameter.lo, parameter.hi);
  }
  return given;
}

TaskInstance instantiate(const Task& task, const TaskParameters& given) {
  TaskInstance instance{&task, standard_parameters(task), {}};
  for (const auto& [name, value] : given) instance.parameters[name] = value;
  try {
    instance.problem = task.problem(instance.parameters);
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
  return instance;
}

// What the options say of the size before any input is seen: --size, or the parameter that is the size.
std::optional<std::int64_t> stated_size(const Task& task, const TaskParameters& given,
                                        const Options& options) {
  const auto parameter = given.find(task.size_parameter);
  if (parameter == given.end()) return options.size;
  if (options.size && *options.size != parameter->second)
    throw UsageError("--size " + std::to_string(*options.size) + " contradicts --param " + parameter->first +
                     "=" + std::to_string(parameter->second) + ": inputs of " + task.name +
                     " have just that length");
  return parameter->second;
}

// The job of that size; where a parameter of the task is the size, it follows.
Job sized_job(const Task& task, TaskParameters given, std::int64_t size) {
  if (!task.size_parameter.empty()) {
    const TaskParameter& parameter = parameter_named(task, task.size_parameter);
    given[parameter.name] =
        parse_integer("the size of " + task.name, std::to_string(size), parameter.lo, parameter.hi);
  }
  return {instantiate(task, given), size, {}};
}

std::vector<GivenInput> inputs_from_file(const TaskInstance& instance, const std::string& file) {
  if (std::filesystem::is_directory(file))
    throw UsageError("cannot read " + in_quotes(file) + ": it is a directory");
  std::ifstream stream(file);
  if (!stream) throw UsageError("cannot read " + in_quotes(file) + ": " + std::strerror(errno));
  return read_inputs(instance, stream, printable(file));
}

// Inputs that somebody wrote, as opposed to made up to a size; none if the options ask for such.
std::vector<GivenInput> written_inputs(const TaskInstance& instance, const Options& options) {
  if (options.random || options.exhaustive) return {};
  if (options.inputs) return inputs_from_file(instance, *options.inputs);
  if (options.sequences.empty())
    throw UsageError("no input: give one argument per sequence, for instance " +
                     joined(instance.task->example, " ") +
                     ", or one of --inputs FILE, --random K, --exhaustive");
  return {{parse_sequences(instance, options.sequences)}};
}

std::int64_t longest_sequence(const std::vector<GivenInput>& inputs) {
  std::size_t longest = 1;
  for (const GivenInput& input : inputs)
    for (const auto& sequence : input.sequences) longest = std::max(longest, sequence.size());
  return static_cast<std::int64_t>(longest);
}

std::vector<GivenInput> every_input(const Problem& problem, std::int64_t size) {
  constexpr std::int64_t countable = 1'000'000'000'000'000'000;
  const Integer count = made_up::count(problem, size, countable);
  if (count > most_exhaustive_inputs)
    throw UsageError("--exhaustive would mean " + (count > countable ? "more than 10^18" : count.str()) +
                     " inputs, and at most " + std::to_string(most_exhaustive_inputs) +
                     " are tried; choose a smaller --size, fewer symbols with --param, or --random K");
  std::vector<GivenInput> inputs = all_inputs(problem, size);
  if (inputs.empty())
    throw UsageError("there is no admissible input with lengths up to " + std::to_string(size));
  return inputs;
}

std::vector<std::int64_t> max_lengths(const Job& job) {
  return std::vector<std::int64_t>(job.problem.inputs.size(), job.size);
}

// Standard attention has no blocks, so --block speaks of the other kinds only.
std::optional<std::size_t> block_for(AttentionKind kind, const Options& options) {
  return kind == AttentionKind::standard ? std::nullopt : options.block;
}

void require_constructible(const Job& job, const Options& options) {
  try {
    for (const AttentionKind kind : options.attention)
      plan_for(job, max_lengths(job), kind, options.schedule, block_for(kind, options));
  } catch (const std::invalid_argument& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

TaskInstance standard_instance(const Task& task) { return instantiate(task, {}); }

Job job_with_inputs(const Options& options) {
  const Task& task = task_named(options.task);
  const TaskParameters given = given_parameters(task, options);
  const std::vector<GivenInput> written = written_inputs(instantiate(task, given), options);
  const std::optional<std::int64_t> size = stated_size(task, given, options);
  if (written.empty() && !size)
    throw UsageError(std::string(options.random ? "--random" : "--exhaustive") +
                     " needs --size N, the largest length of an input");
  Job job = sized_job(task, given, size.value_or(longest_sequence(written)));
  require_admissible(job.problem, written, job.size);
  require_resources(job, options);
  require_constructible(job, options);
  job.inputs = written;
  if (options.random) job.inputs = random_inputs(job, job.size, *options.random, options.seed.value_or(1));
  if (options.exhaustive) job.inputs = every_input(job.problem, job.size);
  return job;
}

Job job_without_inputs(const Options& options) {
  const Task& task = task_named(options.task);
  const TaskParameters given = given_parameters(task, options);
  const std::optional<std::int64_t> size = stated_size(task, given, options);
  if (!size) throw UsageError("no size given: --size N is the largest length of an input");
  const Job job = sized_job(task, given, *size);
  require_resources(job, options);
  require_constructible(job, options);
  return job;
}

ConstructionPlan plan_for(const TaskInstance& instance, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                          Schedule schedule, std::optional<std::size_t> block) {
  if (const auto& own = instance.task->own) return own->plan(max_lengths.front(), kind, block);
  return plan_construction(instance.problem, max_lengths, kind, schedule, block);
}

Construction construct(const Job& job, const Options& options, AttentionKind kind) {
  if (const auto& own = job.task->own)
    return own->build(job.parameters, job.size, kind, options.schedule, block_for(kind, options));
  return compile(job.problem, max_lengths(job), kind, options.schedule, block_for(kind, options));
}

RunOptions run_options(const Options& options, const Construction& construction) {
  RunOptions run{options.arithmetic.kind, options.arithmetic.precision, Ideal{}};
  if (options.arithmetic.is_exact()) {
    const SharpnessChoice& given = options.sharpness;
    if (given.kappa || given.tau || given.lambda)
      throw UsageError(
          "--kappa, --tau and --lambda do not go with exact arithmetic, whose ideal semantics has no "
          "sharpness; "
          "give --arithmetic interval, double or bits:P");
    return run;
  }
  Sharpness sharpness = standard_sharpness(construction);
  sharpness.kappa = options.sharpness.kappa.value_or(sharpness.kappa);
  sharpness.tau = options.sharpness.tau.value_or(sharpness.tau);
  sharpness.lambda = options.sharpness.lambda.value_or(sharpness.lambda);
  run.semantics = sharpness;
  return run;
}

std::string parameters_text(const TaskInstance& instance) {
  std::vector<std::string> texts;
  for (const TaskParameter& parameter : instance.task->parameters)
    texts.push_back(parameter.name + "=" + std::to_string(instance.parameters.at(parameter.name)));
  return joined(texts, " ");
}

std::string source_text(const Job& job, const Options& options) {
  const std::string up_to = " of lengths up to " + std::to_string(job.size);
  if (options.random)
    return counted(job.inputs.size(), "random input") + up_to + ", seed " +
           std::to_string(options.seed.value_or(1));
  if (options.exhaustive) return "all " + counted(job.inputs.size(), "input") + up_to;
  if (options.inputs) return counted(job.inputs.size(), "input") + " from " + printable(*options.inputs);
  return joined(sequence_texts(job, job.inputs.front().sequences), " ");
}

}  // namespace wrought::cli
