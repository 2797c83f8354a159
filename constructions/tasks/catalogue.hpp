// The tasks that wrought knows, and how their inputs and parameters are written.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"

namespace wrought {

// A whole number that shapes a task, within lo..hi.
struct TaskParameter {
  std::string name, meaning;
  std::int64_t standard = 0;  // unless given
  std::int64_t lo = 0, hi = 0;
};

using TaskParameters = std::map<std::string, std::int64_t>;

// How people write a sequence: `kitten` (a = 1, b = 2, …) or `3,1,4`.
enum class Notation { letters, integers };

struct Task {
  std::string name, summary;
  Notation notation = Notation::integers;
  std::vector<std::string> example;  // one argument per input sequence
  std::vector<TaskParameter> parameters;
  std::function<Problem(const TaskParameters&)> problem;  // takes every parameter
  std::string size_parameter = "";                        // the parameter that is the size, where inputs have just that length
};

const std::vector<Task>& catalogue();

// The task of that name; nullptr if there is none.
const Task* find_task(const std::string& name);

// Every parameter at its standard value.
TaskParameters standard_parameters(const Task& task);

}  // namespace wrought
