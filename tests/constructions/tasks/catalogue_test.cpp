#include "constructions/tasks/catalogue.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

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
