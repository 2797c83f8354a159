// wrought verify: build, run, compare; one verdict per input.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/explain.hpp"
#include "cli/json.hpp"
#include "cli/shape_table.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

std::string margin_text(const std::optional<Rational>& margin, const Options& options) {
  if (!margin) return "-";
  return options.arithmetic.is_exact() ? to_string(*margin) : fmt::format("{:.4f}", nearest_double(*margin));
}

Table shape_table(const std::vector<Run>& runs) {
  Table table{shape_columns(), {}};
  table.columns.insert(table.columns.begin(), {"attention", Align::left});
  for (const Run& run : runs) {
    std::vector<std::string> row = shape_cells(run.shape);
    row.insert(row.begin(), name(run.attention()));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table verdict_table(const std::vector<Run>& runs, const Options& options) {
  Table table{{{"attention", Align::left}, {"inputs"}, {"tokens"}, {"verdict", Align::left}, {"margin"}}, {}};
  if (!options.arithmetic.is_exact()) table.columns.insert(table.columns.end(), {{"κ"}, {"τ"}, {"λ"}});
  table.columns.push_back({"seconds"});
  for (const Run& run : runs) {
    std::vector<std::string> row{name(run.attention()), std::to_string(run.checked.size()),
                                 std::to_string(run.tokens()), verdict_text(run.verdict, options),
                                 margin_text(run.margin(), options)};
    if (const Sharpness* s = run.sharpness())
      for (const Rational& number : {s->kappa, s->tau, s->lambda}) row.push_back(to_string(number));
    row.push_back(fmt::format("{:.2f}", run.seconds));
    table.rows.push_back(std::move(row));
  }
  return table;
}

// Both tables side by side, and what text says in words: one line per network for spreadsheets and papers.
Table full_table(const Job& job, const std::vector<Run>& runs, const Options& options) {
  const Table shapes = shape_table(runs), verdicts = verdict_table(runs, options);
  Table table{{{"task", Align::left}, {"size"}, {"arithmetic", Align::left}, {"schedule", Align::left}}, {}};
  table.columns.insert(table.columns.end(), shapes.columns.begin(), shapes.columns.end());
  table.columns.insert(table.columns.end(), verdicts.columns.begin() + 1, verdicts.columns.end());
  for (std::size_t r = 0; r < runs.size(); ++r) {
    std::vector<std::string> row{job.task->name, std::to_string(job.size), name(options.arithmetic),
                                 name(options.schedule)};
    row.insert(row.end(), shapes.rows[r].begin(), shapes.rows[r].end());
    row.insert(row.end(), verdicts.rows[r].begin() + 1, verdicts.rows[r].end());
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string introduction(const Job& job, const Options& options) {
  return fmt::format("{}  {}\ninput  {}\nsize {}, {} schedule, {} arithmetic", job.task->name,
                     parameters_text(job), source_text(job, options), job.size, name(options.schedule),
                     name(options.arithmetic));
}

std::string answer_text(const std::optional<std::int64_t>& answer) {
  return answer ? std::to_string(*answer) : "none";
}

// The answers of one single input: one line if the networks agree with the dynamic program.
std::string answers_text(const std::vector<Run>& runs) {
  const std::int64_t expected = runs.front().checked.front().expected;
  std::string differing;
  for (const Run& run : runs)
    if (const auto& answer = run.checked.front().answer; answer != expected)
      differing += fmt::format("\nanswer {} under {} attention", answer_text(answer), name(run.attention()));
  return differing.empty() ? fmt::format("answer {}", expected)
                           : fmt::format("answer {} expected", expected) + differing;
}

Document verification_document(const Job& job, const Options& options, const std::vector<Run>& runs) {
  Document document;
  document.paragraph(introduction(job, options));
  if (options.format == Format::text)
    document.table(shape_table(runs)).table(verdict_table(runs, options));
  else
    document.table(full_table(job, runs, options));
  if (options.format == Format::csv) return document;
  for (const Run& run : runs) explain_failure(document, job, run);
  const std::string answers = job.inputs.size() == 1 ? answers_text(runs) + "\n" : "";
  return document.paragraph(answers + summary_text(runs, options));
}

Result run_verify(const Options& options) {
  const Job job = job_with_inputs(options);
  const std::vector<Run> runs = verify(job, options);
  const std::string text = options.format == Format::json
                               ? verification_json(job, options, runs)
                               : verification_document(job, options, runs).render(options.format);
  return {text, exit_code(worst_of(runs))};
}

}  // namespace

Command verify_command() {
  return {"verify",
          "build, run, compare; one verdict per input",
          {"TASK", "SEQUENCE", "--attention", "--size", "--param", "--arithmetic", "--schedule", "--kappa",
           "--tau", "--lambda", "--block", "--random", "--seed", "--exhaustive", "--inputs", "--format",
           "--out", "--quiet"},
          "  wrought verify edit-distance kitten sitting\n"
          "  wrought verify lis 3,1,4,1,5,9,2,6 --attention linear,sparse --arithmetic interval\n"
          "  wrought verify edit-distance --size 3 --param alphabet=2 --exhaustive\n"
          "  wrought verify reversed-sums --size 20 --random 100 --seed 7 --arithmetic double\n"
          "  wrought verify edit-distance --inputs pairs.txt --format json --out report.json",
          run_verify};
}

}  // namespace wrought::cli
