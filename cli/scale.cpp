// wrought scale: a scaling table over sizes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/lower_bound.hpp"
#include "cli/parallel.hpp"
#include "cli/progress.hpp"
#include "cli/scaling/exponents.hpp"
#include "cli/scaling/store.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// A table in a format other than JSON is no place to keep cells in; they go next to it.
std::optional<std::string> store_path(const Options& options) {
  if (!options.out || options.format == Format::json) return options.out;
  return *options.out + ".cells.json";
}

// Large sizes first, so that no core is left waiting for the longest cell.
std::vector<std::pair<std::int64_t, AttentionKind>> missing(const Options& options, const CellStore& store) {
  std::vector<std::pair<std::int64_t, AttentionKind>> cells;
  for (auto size = options.sizes.rbegin(); size != options.sizes.rend(); ++size)
    for (const AttentionKind kind : options.attention)
      if (!store.find(*size, kind)) cells.emplace_back(*size, kind);
  return cells;
}

// Refuses what any size asks too much of, before the first one takes its time.
void require_all_sizes(const Options& options) {
  for (const std::int64_t size : options.sizes) {
    Options own = options;
    own.size = size;
    own.random.reset();
    job_without_inputs(own);
  }
}

std::string verified_text(const Cell& cell) {
  if (!cell.was_run()) return "built only";
  return cell.verdict == Verdict::verified ? cell.verified_by : name(cell.verdict);
}

Table cell_table(const std::vector<Cell>& cells) {
  Table table{{{"size"}, {"by", Align::left}, {"L"}, {"m"}, {"B"}, {"D"}, {"D_paper"}, {"D/√L"}, {"layers"}, {"heads"},
               {"head dim"}, {"FFN width"}, {"parameters"}, {"non-zero"}, {"max |w|"}, {"dense cost"}, {"run/token"},
               {"inputs"}, {"tokens"}, {"verified", Align::left}, {"I"}, {"b"}, {"D ≥"}, {"D_paper ≥"}, {"seconds"}},
              {}};
  for (const Cell& cell : cells) {
    const Shape& s = cell.shape;
    table.rows.push_back({std::to_string(cell.size), cell.construction, std::to_string(s.length), cell.distance.str(),
                          s.block == 0 ? "-" : std::to_string(s.block), std::to_string(s.width),
                          std::to_string(s.paper_width),
                          fmt::format("{:.2f}", static_cast<double>(s.width) / std::sqrt(static_cast<double>(s.length))),
                          std::to_string(s.layers), std::to_string(s.heads), std::to_string(s.head_dim),
                          std::to_string(s.ffn_width), std::to_string(s.dense_parameters),
                          std::to_string(s.nonzero_parameters), to_string(s.max_abs_weight),
                          fmt::format("{:.3g}", cell.dense_cost.convert_to<double>()),
                          cell.was_run() ? fmt::format("{:.0f}", cell.multiply_adds) : "-",
                          std::to_string(cell.inputs), std::to_string(cell.tokens), verified_text(cell),
                          fmt::format("{:.1f}", nearest_double(cell.information)), std::to_string(cell.bounds.bits),
                          bound_text(cell.bounds.width), bound_text(cell.bounds.paper_width),
                          fmt::format("{:.2f}", cell.seconds)});
  }
  return table;
}

std::string number_text(const std::optional<double>& x) {
  if (!x) return "-";
  const bool rounds_to_zero = std::abs(*x) < 0.0005;  // which would print as -0.000
  return fmt::format("{:.3f}", rounds_to_zero ? 0 : *x);
}

Table exponent_table(const std::vector<Cell>& cells) {
  Table table{{{"quantity", Align::left}, {"in", Align::left}, {"exponent"}, {"misfit"}, {"last"}, {"constant"},
               {"exponent after it"}, {"misfit after it"}, {"the paper", Align::left}},
              {}};
  for (const Exponents& e : exponents(cells)) {
    std::vector<std::string> row{e.quantity, e.variable, number_text(e.law ? std::optional(e.law->exponent) : std::nullopt),
                                 number_text(e.law ? std::optional(e.law->misfit) : std::nullopt), number_text(e.last)};
    row.push_back(e.shifted ? fmt::format("{:.0f}", e.shifted->constant) : "-");
    row.push_back(number_text(e.shifted ? std::optional(e.shifted->law.exponent) : std::nullopt));
    row.push_back(number_text(e.shifted ? std::optional(e.shifted->law.misfit) : std::nullopt));
    row.push_back(e.claim);
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The parameters that all sizes share.
std::string shared_parameters(const Job& job) {
  std::vector<std::string> texts;
  for (const TaskParameter& parameter : job.task->parameters)
    if (parameter.name != job.task->size_parameter)
      texts.push_back(parameter.name + "=" + std::to_string(job.parameters.at(parameter.name)));
  return joined(texts, " ");
}

std::string introduction(const Options& options) {
  Options any = options;
  any.size = options.sizes.front();
  any.random.reset();
  const Job job = job_without_inputs(any);
  return fmt::format("{}  {}\n{} schedule, {} arithmetic, {} per cell, seed {}", job.task->name, shared_parameters(job),
                     name(options.schedule), name(options.arithmetic), counted(options.random.value_or(1), "input"),
                     options.seed.value_or(1));
}

std::string scaling_document(const Options& options, const std::vector<Cell>& cells) {
  Document document;
  document.paragraph(introduction(options));
  for (const AttentionKind kind : options.attention) {
    std::vector<Cell> own;
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(own),
                 [&](const Cell& cell) { return cell.attention == kind; });
    document.heading(name(kind) + " attention").table(cell_table(own)).table(exponent_table(own));
  }
  return document.render(options.format);
}

Result run_scale(const Options& options) {
  if (options.sizes.empty()) throw UsageError("no sizes given; --sizes 4,8,16 makes a table of three");
  require_all_sizes(options);
  CellStore store(options, store_path(options));
  const auto todo = missing(options, store);
  Progress progress("cells", todo.size(), options.quiet);
  for_each_parallel(todo.size(), [&](std::size_t item, std::size_t) {
    store.add(measure(options, todo[item].first, todo[item].second));
    progress.advance();
  });
  const std::vector<Cell> cells = store.cells(options.sizes, options.attention);
  Verdict verdict = Verdict::verified;
  for (const Cell& cell : cells) verdict = worst(verdict, cell.verdict);
  const std::string text =
      options.format == Format::json ? scaling_json(options, store.all()) : scaling_document(options, cells);
  return {text, exit_code(verdict)};
}

}  // namespace

Command scale_command() {
  return {"scale",
          "a scaling table over sizes, with exponents beside the paper's claims",
          {"TASK", "--sizes", "--attention", "--param", "--arithmetic", "--schedule", "--kappa", "--tau", "--lambda",
           "--block", "--random", "--seed", "--format", "--out", "--quiet"},
          "  wrought scale edit-distance --sizes 4,8,16,32,64 --schedule paper --format markdown\n"
          "  wrought scale reversed-sums --sizes 16,64,256,1024 --attention sparse,linear --format json --out sweep.json\n"
          "A sweep with --out keeps every finished cell at once; started again, it goes on where it was.",
          run_scale};
}

}  // namespace wrought::cli
