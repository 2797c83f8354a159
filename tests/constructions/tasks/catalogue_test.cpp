#include "constructions/tasks/catalogue.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>

#include "constructions/dp/solver.hpp"

using namespace wrought;

TEST_CASE("the catalogue: distinct names, and every task can be stated with its standard parameters") {
  std::set<std::string> names;
  for (const Task& task : catalogue()) {
    CAPTURE(task.name);
    CHECK(names.insert(task.name).second);
    CHECK(find_task(task.name) == &task);
    CHECK_FALSE(task.summary.empty());
    for (const TaskParameter& p : task.parameters) {
      CHECK(p.lo <= p.standard);
      CHECK(p.standard <= p.hi);
    }
    const Problem problem = task.problem(standard_parameters(task));
    CHECK(problem.name == task.name);
    CHECK(problem.inputs.size() == task.example.size());
  }
  CHECK(names.size() >= 3);
  CHECK(find_task("no-such-task") == nullptr);
}

TEST_CASE("parameters at the ends of their ranges can be stated too") {
  for (const Task& task : catalogue())
    for (const TaskParameter& p : task.parameters)
      for (const std::int64_t value : {p.lo, p.hi}) {
        CAPTURE(p.name);
        TaskParameters parameters = standard_parameters(task);
        parameters[p.name] = value;
        CHECK_NOTHROW(task.problem(parameters));
      }
}

TEST_CASE("a task's own random inputs are inputs, no longer than asked") {
  constexpr std::uint64_t seed = 46;
  INFO("seed " << seed);
  std::mt19937_64 generator(seed);
  const Draw draw = [&](std::uint64_t bound) { return generator() % bound; };
  for (const Task& task : catalogue()) {
    const TaskParameters parameters = standard_parameters(task);
    CHECK((task.size_parameter.empty() || parameters.contains(task.size_parameter)));
    if (!task.random_inputs) continue;
    const Problem problem = task.problem(parameters);
    for (std::int64_t size = 1; size <= 20; ++size) {
      const Inputs inputs = task.random_inputs(parameters, size, draw);
      CHECK(find_input_error(problem, inputs) == "");
      for (const auto& sequence : inputs) CHECK(sequence.size() <= static_cast<std::size_t>(size));
    }
  }
}

TEST_CASE("parameters reach the problem") {
  const Task& task = *find_task("edit-distance");
  TaskParameters parameters = standard_parameters(task);
  parameters["insert"] = 2;
  parameters["delete"] = 3;
  parameters["substitute"] = 5;
  parameters["alphabet"] = 4;
  const Problem problem = task.problem(parameters);
  CHECK(problem.inputs[1].hi == 4);
  CHECK(to_string(problem.transition[0]) ==
        "2·j if i = 0 else (3·i if j = 0 else min(min(dp(i - 1, j) + 3, dp(i, j - 1) + 2), "
        "dp(i - 1, j - 1) + 5·(not (a[i] = b[j]))))");
}
