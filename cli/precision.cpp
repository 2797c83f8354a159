// wrought precision: the smallest p that still verifies, and p / log2 L.
#include <fmt/format.h>

#include <cmath>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/input.hpp"
#include "cli/json_parts.hpp"
#include "cli/parallel.hpp"
#include "cli/precision_search.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/token_text.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

constexpr unsigned most_bits_tried = 1024;
constexpr std::size_t standard_inputs = 3;

struct Row {
  std::int64_t size = 0;
  AttentionKind attention = AttentionKind::standard;
  std::size_t length = 0;  // L
  Sharpness sharpness, least;
  bool found = false;
  unsigned bits = 0;
  std::string witness;  // what fails with one bit less; empty if nothing was tried there

  double bits_per_log_length() const { return bits / std::log2(static_cast<double>(length)); }
};

// "dp of (state i=1, j=2) at position 17 of kitten sitting: 5 expected, 4.37 found".
std::string witness_text(const Job& job, const Construction& construction, const Witness& witness) {
  const Difference& difference = *witness.report.difference;
  return fmt::format("{} of token {}, input {}: {} expected, {} found",
                     construction.format.names().at(difference.coordinate), difference.position,
                     joined(sequence_texts(job, job.inputs[witness.input].sequences), " "), difference.expected,
                     difference.found);
}

Job job_for(const Options& options, std::int64_t size) {
  Options own = options;
  own.size = size;
  own.random.reset();
  Job job = job_without_inputs(own);
  job.inputs = full_and_random_inputs(job, size, options.random.value_or(standard_inputs), options.seed.value_or(1));
  return job;
}

Row search(const Options& options, std::int64_t size, AttentionKind kind) {
  const Job job = job_for(options, size);
  const Construction construction = construct(job, options, kind);
  Row row;
  row.size = size;
  row.attention = kind;
  row.length = construction.network().max_length;
  const bool is_given = options.arithmetic.kind == ArithmeticKind::bits;
  Options smooth = options;
  smooth.arithmetic.kind = ArithmeticKind::bits;
  row.sharpness = row.least = std::get<Sharpness>(run_options(smooth, construction).semantics);
  if (is_given) {
    const std::optional<Witness> failure =
        first_failure(job, construction, options.arithmetic.precision, row.sharpness);
    row.found = !failure;
    row.bits = options.arithmetic.precision;
    if (failure) row.witness = witness_text(job, construction, *failure);
  } else if (const auto least = least_precision(job, construction, row.sharpness, most_bits_tried)) {
    row.found = true;
    row.bits = least->bits;
    if (least->witness) row.witness = witness_text(job, construction, *least->witness);
  }
  if (row.found) row.least = least_sharpness(job, construction, row.bits, row.sharpness);
  return row;
}

std::vector<Row> search_all(const Options& options) {
  const std::vector<std::int64_t> sizes = options.sizes.empty() ? std::vector{*options.size} : options.sizes;
  std::vector<Row> rows;
  for (const AttentionKind kind : options.attention)
    for (const std::int64_t size : sizes) {
      rows.emplace_back();
      rows.back().size = size;
      rows.back().attention = kind;
    }
  Progress progress("searched", rows.size(), options.quiet);
  for_each_parallel(rows.size(), [&](std::size_t r, std::size_t) {
    rows[r] = search(options, rows[r].size, rows[r].attention);
    progress.advance();
  });
  return rows;
}

Table precision_table(const std::vector<Row>& rows) {
  Table table{{{"attention", Align::left}, {"size"}, {"L"}, {"p"}, {"p/log₂L"}, {"κ"}, {"τ"}, {"λ"}, {"least κ"},
               {"least τ"}, {"least λ"}},
              {}};
  for (const Row& row : rows) {
    std::vector<std::string> cells{name(row.attention), std::to_string(row.size), std::to_string(row.length),
                                   row.found ? std::to_string(row.bits) : "none",
                                   row.found ? fmt::format("{:.2f}", row.bits_per_log_length()) : "-"};
    for (const Sharpness* s : {&row.sharpness, &row.least})
      for (const Rational& number : {s->kappa, s->tau, s->lambda}) cells.push_back(to_string(number));
    const bool linear = row.attention == AttentionKind::linear;
    cells[linear ? 9 : 10] = "-";  // plays no part
    if (!row.found) cells[8] = cells[9] = cells[10] = "-";
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Table witness_table(const std::vector<Row>& rows) {
  Table table{{{"attention", Align::left}, {"size"}, {"fails at"}, {"first failing token", Align::left}}, {}};
  for (const Row& row : rows)
    if (!row.witness.empty())
      table.rows.push_back({name(row.attention), std::to_string(row.size),
                            std::to_string(row.found ? row.bits - 1 : row.bits) + " bits", row.witness});
  return table;
}

std::string precision_json(const Job& job, const std::vector<Row>& rows, Verdict verdict) {
  Json json = header_json(job);
  json["runs"] = Json::array();
  for (const Row& row : rows)
    json["runs"].push_back({{"attention", name(row.attention)},
                            {"size", row.size},
                            {"L", row.length},
                            {"bits", row.found ? Json(row.bits) : Json(nullptr)},
                            {"bits_per_log2_L", row.found ? Json(row.bits_per_log_length()) : Json(nullptr)},
                            {"sharpness", sharpness_json(&row.sharpness)},
                            {"least_sharpness", row.found ? sharpness_json(&row.least) : Json(nullptr)},
                            {"witness", row.witness.empty() ? Json(nullptr) : Json(row.witness)}});
  json["verdict"] = name(verdict);
  return dumped(json);
}

Result run_precision(const Options& options) {
  if (options.sizes.empty() && !options.size) throw UsageError("no size given: --size N, or --sizes 4,8,12 for several");
  if (!options.sizes.empty() && options.size) throw UsageError("--size and --sizes do not go together; give one of them");
  const bool searches = options.arithmetic.is_exact();  // the standard value: nobody asked for anything else
  if (!searches && options.arithmetic.kind != ArithmeticKind::bits)
    throw UsageError("precision runs p-bit floats: leave --arithmetic out to search for p, or give bits:P");

  const std::vector<Row> rows = search_all(options);
  Verdict verdict = Verdict::verified;
  for (const Row& row : rows)
    if (!row.found) verdict = searches ? Verdict::unknown : Verdict::refuted;
  const Job job = job_for(options, rows.front().size);
  if (options.format == Format::json) return {precision_json(job, rows, verdict), exit_code(verdict)};

  Document document;
  document.paragraph(fmt::format("{}  {}\n{} schedule, {} per size (one of full size, the others random, seed {})",
                                 job.task->name, parameters_text(job), name(options.schedule),
                                 counted(job.inputs.size(), "input"), options.seed.value_or(1)));
  document.table(precision_table(rows)).table(witness_table(rows));
  return {document.render(options.format), exit_code(verdict)};
}

}  // namespace

Command precision_command() {
  return {"precision",
          "smallest p-bit floats that still verify, and p / log2 L",
          {"TASK", "--size", "--sizes", "--attention", "--param", "--arithmetic", "--schedule", "--kappa", "--tau",
           "--lambda", "--block", "--random", "--seed", "--format", "--out", "--quiet"},
          "  wrought precision lis --size 12\n"
          "  wrought precision edit-distance --sizes 3,6,12 --attention linear\n"
          "  wrought precision edit-distance --size 6 --arithmetic bits:24    # smallest sharpness at 24 bits\n"
          "Every p from 2 up is tried on the same inputs; the first failing token at p - 1 is shown.",
          run_precision};
}

}  // namespace wrought::cli
