// The tasks that wrought knows, and how their inputs and parameters are written.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "constructions/compile.hpp"

namespace wrought {

// A whole number that shapes a task, within lo..hi.
struct TaskParameter {
  std::string name, meaning;
  std::int64_t standard = 0;  // unless given
  std::int64_t lo = 0, hi = 0;
};

using TaskParameters = std::map<std::string, std::int64_t>;

// How people write a sequence: `kitten` (a = 1, b = 2, …), `3,1,4`, or `7*5/(6+4)` (tasks/arithmetic.hpp).
enum class Notation { letters, integers, expression };

// A number drawn uniformly from 0..bound-1.
using Draw = std::function<std::uint64_t(std::uint64_t bound)>;

// What a construction reads, and how far back, for people.
struct Reach {
  std::string reads, distance, at_most;
};

// How a task becomes a network where compile() does not make it.
struct OwnConstruction {
  std::vector<AttentionKind> kinds;  // the admissible ones
  std::vector<Reach> reaches;
  std::string length, distance;  // L and m as formulas in n, the length of the input
  std::function<Integer(std::int64_t size)> max_length;  // L for inputs of lengths up to `size`
  // Throw std::invalid_argument like plan_construction() and compile().
  std::function<ConstructionPlan(std::int64_t size, AttentionKind, std::optional<std::size_t> block)> plan;
  std::function<Construction(const TaskParameters&, std::int64_t size, AttentionKind, Schedule,
                             std::optional<std::size_t> block)>
      build;
};

struct Task {
  std::string name, summary;
  Notation notation = Notation::integers;
  std::vector<std::string> example;  // one argument per input sequence
  std::vector<TaskParameter> parameters;
  std::function<Problem(const TaskParameters&)> problem;  // takes every parameter
  // The parameter that is the size, where inputs have just that length; empty if there is none.
  std::string size_parameter = "";
  // Random inputs with lengths up to `size`, where not every sequence of symbols is one.
  std::function<std::vector<std::vector<std::int64_t>>(const TaskParameters&, std::int64_t size, const Draw&)>
      random_inputs = nullptr;
  std::optional<OwnConstruction> own = std::nullopt;
};

// A task with its parameters chosen.
struct TaskInstance {
  const Task* task = nullptr;
  TaskParameters parameters;
  Problem problem;
};

const std::vector<Task>& catalogue();

// The task of that name; nullptr if there is none.
const Task* find_task(const std::string& name);

// Every parameter at its standard value.
TaskParameters standard_parameters(const Task& task);

}  // namespace wrought
