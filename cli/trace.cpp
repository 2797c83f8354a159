// wrought trace: the chain of thought token by token, with named quantities.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/expected_quantities.hpp"
#include "cli/explain.hpp"
#include "cli/json_parts.hpp"
#include "cli/readings.hpp"
#include "cli/table.hpp"
#include "cli/token_text.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// A token, and what its row holds if that generates the next one.
struct TracedToken {
  std::size_t position;
  std::string text;
  std::vector<Reading> quantities;
  Expectations expected;
};

// The sequence up to its end, or up to the first token that is not as expected.
std::vector<TracedToken> trace_run(const Job& job, const Run& run) {
  const Construction& construction = *run.construction;
  const ChainOfThought chain = construction.encode(job.inputs.front().sequences);
  std::vector<Token> sequence = chain.prompt;
  sequence.insert(sequence.end(), chain.generated.begin(), chain.generated.end());
  const Report& report = run.checked.front().report;
  const std::size_t end = report.difference ? report.difference->position : sequence.size();

  const std::unique_ptr<Runner> runner = make_runner(construction.network(), run.run_options);
  RowProbe probe(construction);
  probe.attach(*runner);
  std::vector<TracedToken> traced;
  for (std::size_t p = 0; p < end; ++p) {
    TracedToken& token =
        traced.emplace_back(TracedToken{p, token_text(job, construction.format, sequence[p], p), {}, {}});
    if (p + 1 == sequence.size()) break;  // the answer generates nothing
    probe.want(p);
    try {
      runner->append(sequence[p]);
    } catch (const Undefined&) {
      break;  // reported as the difference
    }
    if (p + 1 < chain.prompt.size()) continue;  // the prompt is given
    token.quantities = probe.quantities();
    token.expected = expected_quantities(construction, job.inputs.front().sequences, chain, p + 1);
  }
  return traced;
}

const Reading* find(const std::vector<Reading>& readings, const std::string& name) {
  const auto found =
      std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.name == name; });
  return found == readings.end() ? nullptr : &*found;
}

// Lengths are the same in every row.
bool is_shown(const Quantity& quantity) {
  return !quantity.name.starts_with("length(") && !quantity.name.starts_with("position ");
}

// Whatever is fetched for a state that has no such dependency goes unused.
bool is_unused(const Expectations& expected, const std::string& name) {
  const auto known = expected.find(name);
  return known != expected.end() && !known->second;
}

// "3 @ 27": fetched from position 27.
std::string cell(const TracedToken& token, const std::string& name) {
  const Reading* value = find(token.quantities, name);
  if (!value) return "";
  if (is_unused(token.expected, name)) return "-";
  const Reading* position = find(token.quantities, "position " + name);
  return value_text(value->value) + (position ? " @ " + value_text(position->value) : "");
}

Table trace_table(const Run& run, const std::vector<TracedToken>& traced) {
  Table table{{{"position"}, {"token", Align::left}}, {}};
  std::vector<std::string> names;
  for (const Quantity& quantity : run.construction->layout.quantities)
    if (is_shown(quantity)) names.push_back(quantity.name);
  for (const std::string& name : names) table.columns.push_back({name});
  for (const TracedToken& token : traced) {
    std::vector<std::string> row{std::to_string(token.position), token.text};
    for (const std::string& name : names) row.push_back(cell(token, name));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Document trace_document(const Job& job, const Options& options, const std::vector<Run>& runs) {
  Document document;
  document.paragraph(
      fmt::format("{}  {}\ninput  {}\n{} schedule, {} arithmetic; the row of a token computes the next "
                  "one; value @ position is what was fetched, and from where",
                  job.task->name, parameters_text(job), source_text(job, options), name(options.schedule),
                  name(options.arithmetic)));
  for (const Run& run : runs) {
    document.heading(name(run.attention()) + " attention: " + verdict_text(run.verdict, options));
    document.table(trace_table(run, trace_run(job, run)));
    if (options.format != Format::csv) explain_failure(document, job, run);
  }
  return document.paragraph(summary_text(runs, options));
}

Json token_json(const TracedToken& token) {
  Json quantities = Json::object();
  for (const Reading& reading : token.quantities) quantities[reading.name] = value_text(reading.value);
  return {{"position", token.position}, {"token", token.text}, {"quantities", quantities}};
}

std::string trace_json(const Job& job, const Options& options, const std::vector<Run>& runs) {
  Json json = header_json(job);
  json["sequences"] = sequence_texts(job, job.inputs.front().sequences);
  json["runs"] = Json::array();
  for (const Run& run : runs) {
    Json tokens = Json::array();
    for (const TracedToken& token : trace_run(job, run)) tokens.push_back(token_json(token));
    json["runs"].push_back({{"attention", name(run.attention())},
                            {"arithmetic", name(options.arithmetic)},
                            {"schedule", name(options.schedule)},
                            {"tokens", tokens},
                            {"verdict", name(run.verdict)}});
  }
  json["verdict"] = name(worst_of(runs));
  return dumped(json);
}

Result run_trace(const Options& options) {
  const Job job = job_with_inputs(options);
  const std::vector<Run> runs = verify(job, options);
  const std::string text = options.format == Format::json
                               ? trace_json(job, options, runs)
                               : trace_document(job, options, runs).render(options.format);
  return {text, exit_code(worst_of(runs))};
}

}  // namespace

Command trace_command() {
  return {"trace",
          "the chain of thought token by token, with named quantities",
          {"TASK", "SEQUENCE", "--attention", "--size", "--param", "--arithmetic", "--schedule", "--kappa",
           "--tau", "--lambda", "--block", "--format", "--out", "--quiet"},
          "  wrought trace reversed-sums 3,1,4 --attention standard\n"
          "  wrought trace edit-distance ab ac --attention linear --arithmetic interval",
          run_trace};
}

}  // namespace wrought::cli
