// wrought bounds: certified lower bounds on the width, beside the constructed one.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/job.hpp"
#include "cli/json_parts.hpp"
#include "cli/lower_bound.hpp"
#include "cli/table.hpp"
#include "cli/words.hpp"
#include "proofs/bounds/tight_cases.hpp"
#include "verifier/check/check.hpp"

namespace wrought::cli {

namespace {

struct Row {
  AttentionKind attention = AttentionKind::standard;
  std::string construction;
  Shape shape;
  WidthBounds bounds;
  std::string tight;

  // The widest of what the bound on D speaks of: heads of its networks are at most as wide as D.
  std::size_t width() const { return std::max(shape.width, shape.head_dim); }
};

Row row_for(const Job& job, const Options& options, const ChainEvidence& chains, AttentionKind kind) {
  const Construction c = construct(job, options, kind);
  const std::string by = construction_name(c.plan);
  const std::string tight = options.block ? "" : tight_case(job.task->name, kind, by);
  return {kind, by, shape(c.network()), lower_bound(c, chains, options.bits), tight};
}

Json statement_json(AttentionKind kind) {
  switch (kind) {
    case AttentionKind::linear: return "width_ge_of_linear_state";
    case AttentionKind::strided: return nullptr;
    case AttentionKind::standard:
    case AttentionKind::sparse: break;
  }
  return "width_ge_of_visible_tokens";
}

std::string ratio_text(std::size_t constructed, const std::optional<Integer>& bound) {
  if (!bound) return "-";
  return fmt::format("{:.2f}", static_cast<double>(constructed) / bound->convert_to<double>());
}

// How much of what may cross the cut the chains of thought need.
std::string load_text(const Row& row, const ChainEvidence& chains) {
  if (!row.bounds.numbers || *row.bounds.numbers == 0) return "-";
  const Integer bits = *row.bounds.numbers * row.bounds.bits;
  return fmt::format("{:.2g} %", 100 * nearest_double(log2_ge(chains.at_least()) / Rational(bits)));
}

Table bound_table(const std::vector<Row>& rows, const ChainEvidence& chains) {
  Table table{{{"attention", Align::left},
               {"by", Align::left},
               {"L"},
               {"B"},
               {"layers"},
               {"heads"},
               {"b"},
               {"numbers across"},
               {"filled"},
               {"D ≥"},
               {"D"},
               {"ratio"},
               {"D_paper ≥"},
               {"D_paper"},
               {"ratio"},
               {"tight", Align::left}},
              {}};
  for (const Row& row : rows) {
    const Shape& s = row.shape;
    table.rows.push_back(
        {name(row.attention), row.construction, std::to_string(s.length),
         s.block == 0 ? "-" : std::to_string(s.block), std::to_string(s.layers), std::to_string(s.heads),
         std::to_string(row.bounds.bits), bound_text(row.bounds.numbers), load_text(row, chains),
         bound_text(row.bounds.width), std::to_string(row.width()), ratio_text(row.width(), row.bounds.width),
         bound_text(row.bounds.paper_width), std::to_string(s.paper_width),
         ratio_text(s.paper_width, row.bounds.paper_width), row.tight.empty() ? "-" : row.tight});
  }
  return table;
}

std::string lengths_text(const Job& job, const ChainEvidence& chains) {
  std::vector<std::string> texts;
  for (std::size_t k = 0; k < chains.lengths.size(); ++k)
    texts.push_back(fmt::format("{} of {}", counted(static_cast<std::size_t>(chains.lengths[k]), "symbol"),
                                job.problem.inputs[k].name));
  return joined(texts);
}

std::string chains_text(const Job& job, const ChainEvidence& chains) {
  std::string text = "chains of thought over inputs with " + lengths_text(job, chains) + ":";
  if (const auto& claim = chains.closed_form)
    text += fmt::format("\n  closed form: {}{}  [{}, {}]", claim->is_exact ? "" : "at least ", claim->formula,
                        claim->statement, claim->proof);
  else
    text += "\n  no closed form is known";
  if (const auto& all = chains.enumerated)
    text +=
        fmt::format("\n  enumerated: {} different among all {}", all->chains, counted(all->inputs, "input"));
  const Integer count = chains.at_least();
  return text +
         fmt::format(
             "\nI = log₂ of their number ≥ {:.1f}; {} bits must cross the cut before the last separator",
             nearest_double(log2_ge(count)), ceil_log2(count).str());
}

std::string model_text(const Options& options) {
  return fmt::format(
      "every number takes at most 2^b values, {}\n"
      "D ≥: networks with these layers and heads, each head at most as wide as D\n"
      "D_paper ≥: every layer with the same number of heads, as wide as ⌈D/heads⌉",
      options.bits ? fmt::format("b = {} as asked", *options.bits)
                   : "b = 2⌈log₂ L⌉ + 18 unless --bits says otherwise");
}

std::string notes(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows) {
    if (row.attention == AttentionKind::strided)
      text += "\nstrided: nothing is claimed, since every input token stays visible to some later one";
    if (row.attention == AttentionKind::sparse && (row.construction == "C3" || row.construction == "C5"))
      text += "\nsparse: the whole prompt lies in the window, so the bound is a constant, as D is";
  }
  return text;
}

Document bound_document(const Job& job, const Options& options, const ChainEvidence& chains,
                        const std::vector<Row>& rows) {
  Document document;
  document.heading(fmt::format("{}, size {}, {} schedule: lower bounds", job.task->name, job.size,
                               name(options.schedule)));
  document.paragraph(parameters_text(job) + "\n" + chains_text(job, chains));
  document.paragraph(model_text(options) + notes(rows));
  document.table(bound_table(rows, chains));
  return document;
}

Json row_json(const Row& row) {
  return {{"attention", name(row.attention)},
          {"construction", row.construction},
          {"shape", shape_json(row.shape)},
          {"lower_bound", lower_bound_json(row.bounds)},
          {"statement", statement_json(row.attention)},
          {"tight", row.tight.empty() ? Json(nullptr) : Json(row.tight)}};
}

std::string bound_json(const Job& job, const Options& options, const ChainEvidence& chains,
                       const std::vector<Row>& rows) {
  Json json = header_json(job);
  json["size"] = job.size;
  json["schedule"] = name(options.schedule);
  json["chains"] = chains_json(chains);
  json["runs"] = Json::array();
  for (const Row& row : rows) json["runs"].push_back(row_json(row));
  json["verdict"] = name(Verdict::verified);
  return dumped(json);
}

Result run_bounds(const Options& options) {
  const Job job = job_without_inputs(options);
  const ChainEvidence chains = count_chains(*job.task, job.parameters, job.problem, job.size);
  if (chains.closed_form && chains.enumerated)
    if (const std::string wrong = contradiction(*chains.closed_form, *chains.enumerated); !wrong.empty())
      throw std::logic_error(wrong);
  std::vector<Row> rows;
  for (const AttentionKind kind : options.attention) rows.push_back(row_for(job, options, chains, kind));
  if (options.format == Format::json) return {bound_json(job, options, chains, rows)};
  return {bound_document(job, options, chains, rows).render(options.format)};
}

}  // namespace

Command bounds_command() {
  return {
      "bounds",
      "certified lower bounds on the width, beside the constructed one",
      {"TASK", "--size", "--attention", "--param", "--schedule", "--block", "--bits", "--format", "--out"},
      "  wrought bounds reversed-sums --size 1024\n"
      "  wrought bounds lagged-recurrence --size 256 --param steps=1000 --attention linear --bits 24\n"
      "  wrought bounds arithmetic --size 31 --attention sparse,linear --format json\n"
      "Statements and proofs: proofs/bounds/.",
      run_bounds};
}

}  // namespace wrought::cli
