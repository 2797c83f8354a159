#include "constructions/tasks/catalogue.hpp"

#include <algorithm>

#include "constructions/plain_arithmetic.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/banded_edit_distance.hpp"
#include "constructions/tasks/edit_distance.hpp"
#include "constructions/tasks/lagged_recurrence.hpp"
#include "constructions/tasks/lis.hpp"
#include "constructions/tasks/local_edit_distance.hpp"
#include "constructions/tasks/reversed_sums.hpp"

namespace wrought {

namespace {

const std::vector<TaskParameter> edit_parameters{{"insert", "cost of inserting a symbol", 1, 0, 1000},
                                                 {"delete", "cost of deleting a symbol", 1, 0, 1000},
                                                 {"substitute", "cost of replacing a symbol", 1, 0, 1000},
                                                 {"alphabet", "number of symbols", 26, 1, 26}};

EditCosts costs(const TaskParameters& p) { return {p.at("insert"), p.at("delete"), p.at("substitute")}; }

Task edit_distance_task() {
  return {"edit-distance",
          "cheapest way to turn one string into another",
          Notation::letters,
          {"kitten", "sitting"},
          edit_parameters,
          [](const TaskParameters& p) { return edit_distance(costs(p), p.at("alphabet")); }};
}

Task local_edit_distance_task() {
  return {"local-edit-distance",
          "edit distance whose states carry the symbols along",
          Notation::letters,
          {"kitten", "sitting"},
          edit_parameters,
          [](const TaskParameters& p) { return local_edit_distance(costs(p), p.at("alphabet")); }};
}

Task banded_edit_distance_task() {
  std::vector<TaskParameter> parameters = edit_parameters;
  parameters.push_back({"band", "how far alignments may leave the diagonal", 2, 1, 1000});
  return {"banded-edit-distance",
          "edit distance within a band around the diagonal; reads its input from afar, so local in its states only",
          Notation::letters,
          {"kitten", "sitting"},
          parameters,
          [](const TaskParameters& p) { return banded_edit_distance(costs(p), p.at("alphabet"), p.at("band")); }};
}

Task lagged_recurrence_task() {
  return {"lagged-recurrence",
          "x_t = x_{t-1} + x_{t-m}, modulo a number",
          Notation::integers,
          {"3,1,4,1,5,9,2,6"},
          {{"m", "the lag, and the length of the input", 8, 1, 1000000},
           {"steps", "number of values to compute", 32, 1, 10000000},
           {"modulus", "values are taken modulo this; symbols are 0..modulus-1", 10, 2, 1000}},
          [](const TaskParameters& p) { return lagged_recurrence(p.at("m"), p.at("steps"), p.at("modulus")); },
          "m"};
}

Task lis_task() {
  return {"lis",
          "length of a longest strictly increasing subsequence",
          Notation::integers,
          {"3,1,4,1,5,9,2,6"},
          {{"values", "largest symbol; symbols are 0..values", 250, 1, 1000000}},
          [](const TaskParameters& p) { return longest_increasing_subsequence(p.at("values")); }};
}

Task reversed_sums_task() {
  return {"reversed-sums",
          "running sums of the reversed sequence, modulo a number",
          Notation::integers,
          {"3,1,4,1,5"},
          {{"modulus", "sums are taken modulo this; symbols are 0..modulus-1", 10, 2, 1000}},
          [](const TaskParameters& p) { return reversed_sums(p.at("modulus")); }};
}

Task arithmetic_task() {
  return {"arithmetic",
          "value of an expression over F_p, leftmost handle first",
          Notation::expression,
          {"(7*5)/(6+4)"},
          {{"p", "a prime; numbers are 0..p-1", 11, 2, 97}},
          [](const TaskParameters& p) { return arithmetic(p.at("p")); },
          "",
          [](const TaskParameters& p, std::int64_t size, const Draw& draw) {
            return std::vector<std::vector<std::int64_t>>{random_expression(p.at("p"), size, draw)};
          }};
}

OwnConstruction plain_arithmetic_construction() {
  return {{AttentionKind::standard, AttentionKind::sparse},
          {{"the last five symbols", "1..5", "5"},
           {"the last = and the symbol before it", "1..n", "n"},
           {"the token behind the leftmost handle", "1..2·n - 4", "2·n - 4"},
           {"the symbol to copy", "l + 1, behind the handle l - 1 (l symbols before)", "n + 1"}},
          "max(4, h·(h + 1)), h = ⌊(n + 1)/2⌋",
          "max(3, 2·h, 4·h - 6), h = ⌊(n + 1)/2⌋",
          plain_arithmetic_length,
          plan_plain_arithmetic,
          [](const TaskParameters& p, std::int64_t size, AttentionKind kind, Schedule schedule,
             std::optional<std::size_t> block) {
            return compile_plain_arithmetic(p.at("p"), size, kind, schedule, block);
          }};
}

Task plain_arithmetic_task() {
  Task task = arithmetic_task();
  task.name = "arithmetic-plain";
  task.summary = "the same with the published chain of thought: symbols only";
  task.problem = [](const TaskParameters& p) { return plain_arithmetic(p.at("p")); };
  task.own = plain_arithmetic_construction();
  return task;
}

}  // namespace

const std::vector<Task>& catalogue() {
  static const std::vector<Task> tasks{edit_distance_task(),       lis_task(),
                                       reversed_sums_task(),       lagged_recurrence_task(),
                                       local_edit_distance_task(), banded_edit_distance_task(),
                                       arithmetic_task(),          plain_arithmetic_task()};
  return tasks;
}

const Task* find_task(const std::string& name) {
  const auto found =
      std::find_if(catalogue().begin(), catalogue().end(), [&](const Task& task) { return task.name == name; });
  return found == catalogue().end() ? nullptr : &*found;
}

TaskParameters standard_parameters(const Task& task) {
  TaskParameters values;
  for (const TaskParameter& parameter : task.parameters) values[parameter.name] = parameter.standard;
  return values;
}

}  // namespace wrought
