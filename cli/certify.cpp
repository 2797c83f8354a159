// wrought certify: one certificate for all inputs up to a size.
#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/job.hpp"
#include "cli/json_parts.hpp"
#include "cli/progress.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"
#include "proofs/certificate/least_precision.hpp"
#include "verifier/certificate/json.hpp"
#include "verifier/check/check.hpp"

namespace wrought::cli {

namespace {

struct Row {
  std::int64_t size = 0;
  AttentionKind attention = AttentionKind::standard;
  std::size_t length = 0;
  Certified certified;
  double seconds = 0;

  bool holds() const { return certified.certificate.has_value(); }
  double worst_output() const {
    double worst = 0;
    for (const Rational& error : certified.certificate->output_errors) worst = std::max(worst, nearest_double(error));
    return worst;
  }
  double log_length() const { return std::log(static_cast<double>(length)); }
};

CertificateWish wish(const Options& options) {
  return {options.sharpness.kappa, options.sharpness.tau, options.sharpness.lambda, options.bits};
}

Row certified(const Job& job, const Options& options, AttentionKind kind, std::vector<std::pair<std::string, std::string>>& files) {
  const auto start = std::chrono::steady_clock::now();
  const Construction construction = construct(job, options, kind);
  Row row;
  row.size = job.size;
  row.attention = kind;
  row.length = construction.network().max_length;
  row.certified = certify_least(construction, wish(options));
  row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (row.holds() && options.out) {
    const std::string stem = job.task->name + "-" + name(kind);
    files.emplace_back(stem + ".cert.json", certificate::certificate_json(*row.certified.certificate));
    files.emplace_back(stem + ".network.json", certificate::network_json(construction.network()));
  }
  return row;
}

std::string ratio(const Rational& x, double by) { return fmt::format("{:.2f}", nearest_double(x) / by); }

Table certificate_table(const std::vector<Row>& rows) {
  Table table{{{"attention", Align::left}, {"size"}, {"L"}, {"certified", Align::left}, {"p"}, {"p/log₂L"}, {"κ"},
               {"κ/√ln L"}, {"τ"}, {"τ/ln L"}, {"λ"}, {"λ/ln L"}, {"output error"}, {"quantities"}, {"steps"}},
              {}};
  for (const Row& row : rows) {
    const Certified& c = row.certified;
    const bool linear = row.attention == AttentionKind::linear;
    std::vector<std::string> cells{name(row.attention), std::to_string(row.size), std::to_string(row.length),
                                   row.holds() ? "yes" : "unknown"};
    cells.push_back(c.precision == 0 ? "-" : std::to_string(c.precision));
    cells.push_back(c.precision == 0 ? "-" : fmt::format("{:.2f}", c.precision * std::log(2.0) / row.log_length()));
    cells.insert(cells.end(), {to_string(c.sharpness.kappa), ratio(c.sharpness.kappa, std::sqrt(row.log_length()))});
    const auto side = [&](const Rational& x, bool used) {
      cells.push_back(used ? to_string(x) : "-");
      cells.push_back(used ? ratio(x, row.log_length()) : "-");
    };
    side(c.sharpness.tau, !linear);
    side(c.sharpness.lambda, linear);
    cells.push_back(row.holds() ? fmt::format("{:.2g}", row.worst_output()) : "-");
    cells.push_back(row.holds() ? std::to_string(c.certificate->quantities.size()) : "-");
    cells.push_back(row.holds() ? std::to_string(c.certificate->steps.size()) : "-");
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Json rows_json(const std::vector<Row>& rows) {
  Json runs = Json::array();
  for (const Row& row : rows) {
    const Certified& c = row.certified;
    Json errors = Json::array();
    if (row.holds())
      for (const Rational& error : c.certificate->output_errors) errors.push_back(to_string(error));
    runs.push_back({{"attention", name(row.attention)},
                    {"size", row.size},
                    {"L", row.length},
                    {"verdict", row.holds() ? "verified" : "unknown"},
                    {"bits", c.precision == 0 ? Json(nullptr) : Json(c.precision)},
                    {"sharpness", sharpness_json(&c.sharpness)},
                    {"output_errors", std::move(errors)},
                    {"hypotheses", row.holds() ? Json(c.certificate->hypotheses) : Json::array()},
                    {"reason", row.holds() ? Json(nullptr) : Json(c.reason)},
                    {"seconds", row.seconds}});
  }
  return runs;
}

std::string hypotheses_text(const std::vector<Row>& rows) {
  const auto holds = std::find_if(rows.begin(), rows.end(), [](const Row& row) { return row.holds(); });
  if (holds == rows.end()) return "";
  const std::vector<std::string>& all = holds->certified.certificate->hypotheses;
  if (all.empty() && holds->certified.certificate->statement.rewriting)
    return "No hypotheses: an input is whatever the rules reduce to one number.";
  if (all.empty()) return "No hypotheses: that values keep to their ranges is proved by induction.";
  return "Hypotheses, which are not proved: " + joined(all, "; ") + ".";
}

Result run_certify(const Options& options) {
  if (options.sizes.empty() && !options.size) throw UsageError("no size given: --size N, or --sizes 4,8,12 for several");
  if (!options.sizes.empty() && options.size) throw UsageError("--size and --sizes do not go together; give one of them");
  if (!options.sizes.empty() && options.out)
    throw UsageError("--out holds the certificates of one size; give --size N instead of --sizes");
  const std::vector<std::int64_t> sizes = options.sizes.empty() ? std::vector{*options.size} : options.sizes;
  Result result;
  std::vector<Row> rows;
  Progress progress("certified", sizes.size() * options.attention.size(), options.quiet);
  Options own = options;
  for (const AttentionKind kind : options.attention)
    for (const std::int64_t size : sizes) {
      own.size = size;
      rows.push_back(certified(job_without_inputs(own), options, kind, result.files));
      progress.advance();
    }
  const bool all = std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.holds(); });
  result.exit_code = all ? ExitCode::verified : ExitCode::unknown;
  const Job job = job_without_inputs(own);
  if (options.format == Format::json) {
    Json json = header_json(job);
    json["schedule"] = name(options.schedule);
    json["runs"] = rows_json(rows);
    json["verdict"] = all ? "verified" : "unknown";
    result.text = dumped(json);
    return result;
  }
  Document document;
  document.heading(fmt::format("{}: right for every admissible input with lengths up to the size", job.task->name));
  document.paragraph(fmt::format("{}\n{} schedule; smooth semantics, p-bit rounding, sharpness a power of two unless given; "
                                 "p is the least that this proof works for.\n{}",
                                 parameters_text(job), name(options.schedule), hypotheses_text(rows)));
  document.table(certificate_table(rows));
  for (const Row& row : rows)
    if (!row.holds())
      document.paragraph(fmt::format("{}, size {}: {}", name(row.attention), row.size, row.certified.reason));
  std::string written;
  for (const auto& [file, content] : result.files)
    written += (written.empty() ? "" : "\n") + *options.out + (options.out->ends_with('/') ? "" : "/") + file;
  if (!written.empty()) document.paragraph(written);
  result.text = document.render(options.format);
  return result;
}

}  // namespace

Command certify_command() {
  return {"certify",
          "a certificate that a network is right for all inputs up to a size",
          {"TASK", "--size", "--sizes", "--attention", "--param", "--schedule", "--bits", "--kappa", "--tau", "--lambda",
           "--block", "--format", "--out", "--quiet"},
          "  wrought certify edit-distance --size 8\n"
          "  wrought certify lis --sizes 4,8,16 --attention linear --format markdown\n"
          "  wrought certify edit-distance --size 64 --attention all --out cert/\n"
          "  wrought-check cert/edit-distance-linear.cert.json cert/edit-distance-linear.network.json\n"
          "--out is a folder: TASK-ATTENTION.cert.json and TASK-ATTENTION.network.json are written into it.",
          run_certify,
          true};
}

}  // namespace wrought::cli
