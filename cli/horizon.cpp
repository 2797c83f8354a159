// wrought horizon: up to which size a number format can be trusted, and from which it fails.
#include <fmt/format.h>

#include <functional>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/job.hpp"
#include "cli/json_parts.hpp"
#include "cli/input.hpp"
#include "cli/precision_search.hpp"
#include "cli/progress.hpp"
#include "cli/resources.hpp"
#include "cli/table.hpp"
#include "cli/token_text.hpp"
#include "cli/words.hpp"
#include "constructions/sharpness.hpp"
#include "proofs/certificate/least_precision.hpp"

namespace wrought::cli {

namespace {

// L of the largest sizes that are certified and tested, unless --size says otherwise: a certificate costs no run.
constexpr std::int64_t longest_certified = 20'000, longest_tested = 400;
constexpr std::size_t standard_inputs = 2;

struct Row {
  AttentionKind attention = AttentionKind::standard;
  std::int64_t largest_certified = 0, largest_tested = 0;  // that are tried
  std::int64_t certified = 0;                              // 0: none
  std::int64_t fails = 0;                                  // 0: none seen
  std::string limit;           // why the next size is not certified
  std::string witness;
};

class Horizon {
 public:
  Horizon(const Options& options, AttentionKind kind) : options_(options), kind_(kind) {}

  Row run() {
    row_.attention = kind_;
    row_.largest_certified = largest_size(longest_certified);
    row_.largest_tested = largest_size(longest_tested);
    // Both are searched as if they were monotone: by doubling, then by halving.
    row_.certified = last_true(row_.largest_certified, [&](std::int64_t size) { return is_certified(size); });
    const std::int64_t runs = last_true(row_.largest_tested, [&](std::int64_t size) { return !fails_at(size); });
    if (runs < row_.largest_tested) row_.fails = runs + 1;
    if (row_.fails > 0) fails_at(row_.fails);  // its witness
    if (row_.certified < row_.largest_certified) is_certified(row_.certified + 1);
    return row_;
  }

 private:
  Job job(std::int64_t size) const {
    Options own = options_;
    own.size = size;
    own.random.reset();
    return job_without_inputs(own);
  }

  std::int64_t largest_size(std::int64_t longest) const {
    if (options_.size) return *options_.size;
    return std::max<std::int64_t>(
        1, last_true(longest, [&](std::int64_t size) { return max_length(job(size)) <= longest; }));
  }

  // The last size that `holds`, 0 if none up to `most` does.
  static std::int64_t last_true(std::int64_t most, const std::function<bool(std::int64_t)>& holds) {
    std::int64_t good = 0, bad = 1;
    while (bad <= most && holds(bad)) {
      good = bad;
      if (bad == most) return good;
      bad = std::min(2 * bad, most);
    }
    while (bad - good > 1) {
      const std::int64_t middle = good + (bad - good) / 2;
      (holds(middle) ? good : bad) = middle;
    }
    return good;
  }

  bool is_certified(std::int64_t size) {
    const Construction construction = construct(job(size), options_, kind_);
    const Certified certified = certify_least(construction, {options_.sharpness.kappa, options_.sharpness.tau,
                                                             options_.sharpness.lambda, options_.bits});
    if (!certified.certificate) row_.limit = certified.reason;
    return certified.certificate.has_value();
  }

  bool fails_at(std::int64_t size) {
    Job tested = job(size);
    tested.inputs =
        full_and_random_inputs(tested, size, options_.random.value_or(standard_inputs), options_.seed.value_or(1));
    const Construction construction = construct(tested, options_, kind_);
    // At the sharpness of the certificate, so that the two never contradict each other.
    const Sharpness sharpness = certificate_sharpness(construction);
    Options smooth = options_;
    smooth.arithmetic = {ArithmeticKind::bits, *options_.bits};
    smooth.sharpness.kappa = smooth.sharpness.kappa.value_or(sharpness.kappa);
    smooth.sharpness.tau = smooth.sharpness.tau.value_or(sharpness.tau);
    smooth.sharpness.lambda = smooth.sharpness.lambda.value_or(sharpness.lambda);
    const auto witness = first_failure(tested, construction, *options_.bits,
                                       std::get<Sharpness>(run_options(smooth, construction).semantics));
    if (!witness) return false;
    const Difference& d = *witness->report.difference;
    row_.witness = fmt::format("{} of token {}: {} expected, {} found, input {}", construction.format.names().at(d.coordinate),
                               d.position, d.expected, d.found,
                               joined(sequence_texts(tested, tested.inputs[witness->input].sequences), " "));
    return true;
  }

  const Options& options_;
  AttentionKind kind_;
  Row row_;
};

std::string format_name(unsigned bits) {
  switch (bits) {
    case 8: return "bfloat16";
    case 11: return "float16";
    case 24: return "float32";
    case 53: return "double";
    default: return fmt::format("{}-bit numbers", bits);
  }
}

Table horizon_table(const std::vector<Row>& rows) {
  Table table{{{"attention", Align::left}, {"certified up to"}, {"of sizes up to"}, {"a tested input fails at"}, {"of sizes up to"}},
              {}};
  for (const Row& row : rows)
    table.rows.push_back({name(row.attention), row.certified == 0 ? "none" : std::to_string(row.certified),
                          std::to_string(row.largest_certified), row.fails == 0 ? "none" : std::to_string(row.fails),
                          std::to_string(row.largest_tested)});
  return table;
}

Json horizon_json(const Row& row) {
  return {{"attention", name(row.attention)},
          {"certified_up_to", row.certified == 0 ? Json(nullptr) : Json(row.certified)},
          {"not_certified_because", row.limit.empty() ? Json(nullptr) : Json(row.limit)},
          {"fails_at", row.fails == 0 ? Json(nullptr) : Json(row.fails)},
          {"witness", row.witness.empty() ? Json(nullptr) : Json(row.witness)},
          {"largest_size_certified", row.largest_certified},
          {"largest_size_tested", row.largest_tested}};
}

Result run_horizon(const Options& options) {
  if (!options.bits) throw UsageError("no number format given: --bits 8|11|24|53, the bits of the significand, or any other");
  std::vector<Row> rows;
  Progress progress("searched", options.attention.size(), options.quiet);
  for (const AttentionKind kind : options.attention) {
    rows.push_back(Horizon(options, kind).run());
    progress.advance();
  }
  Options smallest = options;
  smallest.size = 1;
  const Job job = job_without_inputs(smallest);
  if (options.format == Format::json) {
    Json json = header_json(job);
    json["bits"] = *options.bits;
    json["runs"] = Json::array();
    for (const Row& row : rows) json["runs"].push_back(horizon_json(row));
    return {dumped(json)};
  }
  Document document;
  document.heading(fmt::format("{} in {} (significand of {} bits, exponent unbounded)", job.task->name,
                               format_name(*options.bits), *options.bits));
  document.paragraph(fmt::format("{}\n{} schedule, sharpness of the certificates; {} tested per size, seed {}",
                                 parameters_text(job), name(options.schedule),
                                 counted(options.random.value_or(standard_inputs) + 1, "input"), options.seed.value_or(1)));
  document.table(horizon_table(rows));
  for (const Row& row : rows) {
    if (!row.witness.empty()) document.paragraph(fmt::format("{}, size {}: {}", name(row.attention), row.fails, row.witness));
    if (!row.limit.empty())
      document.paragraph(fmt::format("{}, size {} is not certified: {}", name(row.attention), row.certified + 1, row.limit));
  }
  return {document.render(options.format)};
}

}  // namespace

Command horizon_command() {
  return {"horizon",
          "largest size certified at a number format, smallest that fails",
          {"TASK", "--attention", "--bits", "--size", "--param", "--schedule", "--kappa", "--tau", "--lambda", "--block",
           "--random", "--seed", "--format", "--out", "--quiet"},
          "  wrought horizon edit-distance --bits 24\n"
          "  wrought horizon lis --attention linear --bits 53\n"
          "  wrought horizon edit-distance --attention standard --bits 11 --size 20\n"
          "--size is the largest size tried; without it, the largest of at most 20000 tokens for certificates, of 400 for tests.",
          run_horizon};
}

}  // namespace wrought::cli
