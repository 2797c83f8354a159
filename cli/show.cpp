// wrought show: the construction itself.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/dependencies.hpp"
#include "cli/job.hpp"
#include "cli/json_parts.hpp"
#include "cli/readings.hpp"
#include "cli/shape_table.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"
#include "constructions/dp/positions.hpp"

namespace wrought::cli {

namespace {

std::string stage_text(std::size_t stage) {
  if (stage == 0) return "embedding";
  return fmt::format("layer {} {}", (stage - 1) / 2, stage % 2 == 1 ? "attention" : "feed-forward");
}

Table step_table(const Layout& layout) {
  Table table{{{"stage"}, {"block", Align::left}, {"steps", Align::left}}, {}};
  for (std::size_t stage = 0; stage < layout.stages.size(); ++stage)
    for (std::size_t s = 0; s < layout.stages[stage].size(); ++s)
      table.rows.push_back(
          {s == 0 ? std::to_string(stage) : "", s == 0 ? stage_text(stage) : "", layout.stages[stage][s]});
  return table;
}

std::string interval_text(std::size_t first, std::size_t last) {
  return first == last ? std::to_string(first) : fmt::format("{}..{}", first, last);
}

// "Z@dp(i, j)" of "Z@dp(i, j)[3]".
std::string region_name(const std::string& slot) { return slot.substr(0, slot.rfind('[')); }

// Registers that are shown in one line: one register, or the slots of a region that live at the same stages.
struct RegisterGroup {
  const Placement* first;
  std::size_t slots = 0, lowest = 0, highest = 0;  // coordinates

  bool takes(const Placement& p) const {
    return is_region_slot(p.name) && region_name(p.name) == region_name(first->name) &&
           p.first_stage == first->first_stage && p.last_stage == first->last_stage;
  }
  std::string name() const {
    return slots == 1 ? first->name : fmt::format("{}[0..{}]", region_name(first->name), slots - 1);
  }
};

std::vector<RegisterGroup> grouped(const std::vector<Placement>& placements) {
  std::vector<RegisterGroup> groups;
  for (const Placement& p : placements) {
    const auto group =
        std::find_if(groups.begin(), groups.end(), [&](const RegisterGroup& g) { return g.takes(p); });
    if (group == groups.end()) {
      groups.push_back({&p, 1, p.coordinate, p.coordinate});
      continue;
    }
    ++group->slots;
    group->lowest = std::min(group->lowest, p.coordinate);
    group->highest = std::max(group->highest, p.coordinate);
  }
  return groups;
}

Table register_table(const Layout& layout) {
  Table table{{{"register", Align::left}, {"coordinate"}, {"stages"}, {"range", Align::left}}, {}};
  for (const RegisterGroup& group : grouped(layout.placements))
    table.rows.push_back({group.name(), interval_text(group.lowest, group.highest),
                          interval_text(group.first->first_stage, group.first->last_stage),
                          range_text(group.first->range)});
  return table;
}

Table dependency_table(const TaskInstance& instance) {
  Table table{{{"reads", Align::left}, {"distance", Align::left}, {"position", Align::left}}, {}};
  for (const DependencyText& d : dependency_texts(instance))
    table.rows.push_back({d.reads, d.distance, d.position});
  return table;
}

std::vector<std::int64_t> lengths_of(const Job& job) {
  return std::vector<std::int64_t>(job.problem.inputs.size(), job.size);
}

std::string locality_sentence(const Job& job) {
  return locality_text(job, lengths_of(job)).sentence("at size " + std::to_string(job.size));
}

std::string sequence_text(const Job& job, const ConstructionPlan& plan) {
  if (job.task->own)
    return fmt::format("L = {} = {} at size {};  largest distance m = {}\n{}", job.task->own->length, plan.max_length,
                       job.size, plan.distance, locality_sentence(job));
  const Variables variables(job.problem);
  const auto name = [&](Polynomial::Variable v) { return variables.name(v); };
  const std::vector<std::int64_t> lengths = lengths_of(job);
  return fmt::format("L = {} = {} at size {};  largest distance m = {}\n{}",
                     to_string(sequence_length(job.problem), name), max_sequence_length(job.problem, lengths).str(),
                     job.size, max_distance(job.problem, lengths).str(), locality_sentence(job));
}

std::vector<Construction> constructions_of(const Job& job, const Options& options) {
  std::vector<Construction> constructions;
  for (const AttentionKind kind : options.attention) constructions.push_back(construct(job, options, kind));
  return constructions;
}

std::string title(const Construction& c) {
  return fmt::format("{} attention, construction {}", name(c.plan.attention.kind), construction_name(c.plan));
}

Document construction_document(const Job& job, const Options& options) {
  const std::vector<Construction> constructions = constructions_of(job, options);
  Table shapes{shape_columns(), {}};
  shapes.columns.insert(shapes.columns.begin(), {"attention", Align::left});
  for (const Construction& c : constructions) {
    std::vector<std::string> row = shape_cells(shape(c.network()));
    row.insert(row.begin(), name(c.plan.attention.kind));
    shapes.rows.push_back(std::move(row));
  }
  Document document;
  document.heading(fmt::format("{}, size {}, {} schedule", job.task->name, job.size, name(options.schedule)));
  document.paragraph(parameters_text(job) + "\n" + sequence_text(job, constructions.front().plan));
  document.table(std::move(shapes));
  document.heading("Dependencies").table(dependency_table(job));
  for (const Construction& c : constructions) {
    document.heading(title(c) + ": layers").table(step_table(c.layout));
    document.heading(title(c) + ": registers").table(register_table(c.layout));
  }
  return document;
}

Json construction_json(const Construction& c) {
  Json stages = Json::array(), registers = Json::array();
  for (std::size_t stage = 0; stage < c.layout.stages.size(); ++stage)
    stages.push_back({{"stage", stage}, {"block", stage_text(stage)}, {"steps", c.layout.stages[stage]}});
  for (const Placement& p : c.layout.placements)
    registers.push_back({{"name", p.name},
                         {"coordinate", p.coordinate},
                         {"first_stage", p.first_stage},
                         {"last_stage", p.last_stage},
                         {"range", {to_string(p.range.lo), to_string(p.range.hi)}}});
  return {{"attention", name(c.plan.attention.kind)},
          {"construction", construction_name(c.plan)},
          {"shape", shape_json(shape(c.network()))},
          {"stages", stages},
          {"registers", registers}};
}

std::string show_json(const Job& job, const Options& options) {
  Json json = header_json(job);
  json["size"] = job.size;
  json["schedule"] = name(options.schedule);
  json["dependencies"] = Json::array();
  for (const DependencyText& d : dependency_texts(job))
    json["dependencies"].push_back(
        {{"reads", d.reads}, {"distance", d.distance}, {"at_most", d.bound}, {"position", d.position}});
  json["locality"] = locality_json(locality_text(job, lengths_of(job)));
  json["constructions"] = Json::array();
  for (const Construction& c : constructions_of(job, options))
    json["constructions"].push_back(construction_json(c));
  return dumped(json);
}

Result run_show(const Options& options) {
  const Job job = job_without_inputs(options);
  if (options.format == Format::json) return {show_json(job, options)};
  return {construction_document(job, options).render(options.format)};
}

}  // namespace

Command show_command() {
  return {"show",
          "the construction: registers, layers, distances as formulas",
          {"TASK", "--size", "--attention", "--param", "--schedule", "--block", "--format", "--out"},
          "  wrought show edit-distance --size 8\n"
          "  wrought show lis --size 16 --attention linear --schedule shallow\n"
          "  wrought show lis --size 16 --format json",
          run_show};
}

}  // namespace wrought::cli
