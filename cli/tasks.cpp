// wrought tasks: the catalogue.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/dependencies.hpp"
#include "cli/error.hpp"
#include "cli/job.hpp"
#include "cli/json_parts.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

std::vector<std::int64_t> example_lengths(const TaskInstance& instance) {
  std::vector<std::int64_t> lengths;
  for (const auto& sequence : parse_sequences(instance, instance.task->example))
    lengths.push_back(static_cast<std::int64_t>(sequence.size()));
  return lengths;
}

// The constructions that a task gets at the size of its example: "standard C0".
std::vector<std::pair<std::string, std::string>> constructions_of(const TaskInstance& instance) {
  const std::vector<std::int64_t> lengths = example_lengths(instance);
  std::vector<std::pair<std::string, std::string>> result;
  const auto& own = instance.task->own;
  for (const AttentionKind kind : own ? own->kinds : all_attention_kinds())
    result.emplace_back(name(kind), construction_name(plan_for(instance, lengths, kind, Schedule::narrow)));
  return result;
}

std::string constructions_text(const TaskInstance& instance) {
  std::vector<std::string> texts;
  for (const auto& [attention, construction] : constructions_of(instance))
    texts.push_back(attention + " " + construction);
  return joined(texts);
}

std::string locality_sentence(const TaskInstance& instance) {
  return locality_text(instance, example_lengths(instance)).sentence("in the example");
}

std::string inputs_text(const TaskInstance& instance) {
  std::vector<std::string> texts;
  for (const InputSequence& input : instance.problem.inputs)
    texts.push_back(input.name + ": " + alphabet_text(instance, input));
  for (const Requirement& requirement : instance.problem.requirements)
    if (const std::string needs = "needs " + requirement.meaning; texts.back() != needs)
      texts.push_back(needs);
  return joined(texts, "; ");
}

Table parameter_table(const Task& task) {
  Table table{{{"parameter", Align::left}, {"standard"}, {"range"}, {"meaning", Align::left}}, {}};
  for (const TaskParameter& p : task.parameters)
    table.rows.push_back({p.name, std::to_string(p.standard), fmt::format("{}..{}", p.lo, p.hi), p.meaning});
  return table;
}

Table distance_table(const TaskInstance& instance) {
  Table table{{{"reads", Align::left}, {"distance", Align::left}, {"at most", Align::left}}, {}};
  for (const DependencyText& d : dependency_texts(instance))
    table.rows.push_back({d.reads, d.distance, d.bound});
  return table;
}

Document catalogue_document() {
  Document document;
  for (const Task& task : catalogue()) {
    const TaskInstance instance = standard_instance(task);
    document.heading(task.name);
    document.paragraph(fmt::format("{}\ninputs     {}\nexample    {}\nlocality   {}\nattention  {}", task.summary,
                                   inputs_text(instance), joined(task.example, " "), locality_sentence(instance),
                                   constructions_text(instance)));
    document.table(parameter_table(task)).table(distance_table(instance));
  }
  return document;
}

// One line per task.
Document overview_document() {
  Table table{{{"task", Align::left},
               {"summary", Align::left},
               {"inputs", Align::left},
               {"example", Align::left},
               {"parameters", Align::left},
               {"distances at most", Align::left},
               {"locality", Align::left},
               {"attention", Align::left}},
              {}};
  for (const Task& task : catalogue()) {
    const TaskInstance instance = standard_instance(task);
    std::vector<std::string> bounds;
    for (const DependencyText& d : dependency_texts(instance))
      bounds.push_back(d.reads + ": " + d.bound);
    table.rows.push_back({task.name, task.summary, inputs_text(instance), joined(task.example, " "),
                          parameters_text(instance), joined(bounds, "; "), locality_sentence(instance),
                          constructions_text(instance)});
  }
  return Document().table(std::move(table));
}

Json task_json(const Task& task) {
  const TaskInstance instance = standard_instance(task);
  Json inputs = Json::array(), parameters = Json::array(), reads = Json::array(), attention = Json::object();
  for (const InputSequence& input : instance.problem.inputs)
    inputs.push_back({{"name", input.name}, {"symbols", alphabet_text(instance, input)}});
  for (const TaskParameter& p : task.parameters)
    parameters.push_back(
        {{"name", p.name}, {"meaning", p.meaning}, {"standard", p.standard}, {"lo", p.lo}, {"hi", p.hi}});
  for (const DependencyText& d : dependency_texts(instance))
    reads.push_back({{"reads", d.reads}, {"distance", d.distance}, {"at_most", d.bound}});
  for (const auto& [kind, construction] : constructions_of(instance)) attention[kind] = construction;
  return {{"name", task.name},       {"summary", task.summary},  {"inputs", inputs},
          {"example", task.example}, {"parameters", parameters}, {"dependencies", reads},
          {"locality", locality_json(locality_text(instance, example_lengths(instance)))}, {"attention", attention}};
}

std::string catalogue_json() {
  Json json{{"tool", tool_json()}, {"tasks", Json::array()}};
  for (const Task& task : catalogue()) json["tasks"].push_back(task_json(task));
  return dumped(json);
}

Result run_tasks(const Options& options) {
  switch (options.format) {
    case Format::json: return {catalogue_json()};
    case Format::text: return {catalogue_document().render(Format::text)};
    default: return {overview_document().render(options.format)};
  }
}

}  // namespace

Command tasks_command() {
  return {"tasks",
          "the catalogue: inputs, parameters, distances, locality, attention kinds",
          {"--format", "--out"},
          "  wrought tasks\n"
          "  wrought tasks --format markdown",
          run_tasks};
}

}  // namespace wrought::cli
