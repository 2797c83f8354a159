// wrought lemmas: the lemmas behind the constructions, checked over their whole domains.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/json_parts.hpp"
#include "cli/suggest.hpp"
#include "cli/table.hpp"
#include "proofs/lemmas/lemma.hpp"

namespace wrought::cli {

namespace {

using lemmas::Finding;
using lemmas::Lemma;
using lemmas::Outcome;

struct Checked {
  const Lemma* lemma;
  const lemmas::Statement* statement;
  Finding finding;
};

std::vector<Checked> check(const std::vector<Lemma>& all) {
  std::vector<Checked> result;
  for (const Lemma& lemma : all)
    for (const lemmas::Statement& statement : lemma.statements)
      result.push_back({&lemma, &statement, statement.check()});
  return result;
}

Outcome worst(const std::vector<Checked>& all) {
  Finding finding;
  for (const Checked& checked : all) finding.add(checked.finding);
  return finding.outcome;
}

ExitCode exit_code(Outcome outcome) {
  switch (outcome) {
    case Outcome::proved: return ExitCode::verified;
    case Outcome::refuted: return ExitCode::refuted;
    case Outcome::unknown: break;
  }
  return ExitCode::unknown;
}

// Nothing to be near to where the statement is an identity.
std::string tightness(const Finding& finding) {
  return finding.tightness > 0 ? fmt::format("{:.3f}", finding.tightness) : "";
}

std::string bound_text(const Finding& finding) {
  return finding.tightness > 0 ? fmt::format("{:.4g}", nearest_double(finding.bound_there)) : "";
}

Table overview(const std::vector<Checked>& all) {
  Table table{{{"lemma", Align::left},
               {"statement", Align::left},
               {"method", Align::left},
               {"cases"},
               {"boxes"},
               {"bound"},
               {"attained"},
               {"verdict", Align::left}},
              {}};
  for (const auto& [lemma, statement, finding] : all)
    table.rows.push_back({lemma->name, statement->name, name(statement->method),
                          std::to_string(finding.claims), std::to_string(finding.boxes), bound_text(finding),
                          tightness(finding), name(finding.outcome)});
  return table;
}

void add_details(Document& document, const Checked& checked) {
  const auto& [lemma, statement, finding] = checked;
  std::string text =
      fmt::format("domain   {}\nbound    {}\nmethod   {}, {} cases, {} boxes\n", statement->domain,
                  statement->bound, name(statement->method), finding.claims, finding.boxes);
  if (finding.tightness > 0)
    text += fmt::format("tight    {} of the bound {} is attained at {}\n", tightness(finding),
                        bound_text(finding), finding.tightest);
  text += "verdict  " + name(finding.outcome);
  if (!finding.witness.empty()) text += " at " + finding.witness;
  document.heading(statement->name).paragraph(text);
}

std::string summary(const std::vector<Checked>& all) {
  const auto count = [&](Outcome outcome) {
    return std::count_if(all.begin(), all.end(),
                         [&](const Checked& c) { return c.finding.outcome == outcome; });
  };
  std::string text = fmt::format("proved ×{}", count(Outcome::proved));
  for (const Outcome outcome : {Outcome::refuted, Outcome::unknown})
    if (count(outcome) > 0) text += fmt::format(", {} ×{}", name(outcome), count(outcome));
  return text;
}

// All lemmas as a table, and what is not proved in full; one lemma in full.
Document document_of(const std::vector<Lemma>& lemmas, const std::vector<Checked>& all) {
  Document document;
  if (lemmas.size() == 1)
    document.paragraph(fmt::format("{} — {}\nproof: proofs/lemmas/{}.md", lemmas.front().name,
                                   lemmas.front().paper, lemmas.front().name));
  document.table(overview(all));
  for (const Checked& checked : all)
    if (lemmas.size() == 1 || checked.finding.outcome != Outcome::proved) add_details(document, checked);
  document.paragraph(summary(all));
  return document;
}

std::string json_of(const std::vector<Checked>& all) {
  Json json{{"tool", tool_json()}, {"statements", Json::array()}};
  for (const auto& [lemma, statement, finding] : all) {
    Json entry{
        {"lemma", lemma->name},        {"statement", statement->name}, {"paper", lemma->paper},
        {"domain", statement->domain}, {"bound", statement->bound},    {"method", name(statement->method)},
        {"cases", finding.claims},     {"boxes", finding.boxes},       {"verdict", name(finding.outcome)}};
    if (finding.tightness > 0) {
      entry["attained"] = finding.tightness;
      entry["attained_at"] = finding.tightest;
      entry["bound_there"] = nearest_double(finding.bound_there);
    }
    if (!finding.witness.empty()) entry["witness"] = finding.witness;
    json["statements"].push_back(entry);
  }
  json["verdict"] = name(worst(all));
  return dumped(json);
}

Result run_lemmas(const Options& options) {
  const std::vector<Lemma> lemmas = chosen(options.name, lemmas::all_lemmas(), "lemma", &Lemma::name);
  const std::vector<Checked> all = check(lemmas);
  const std::string text =
      options.format == Format::json ? json_of(all) : document_of(lemmas, all).render(options.format);
  return {text, exit_code(worst(all))};
}

}  // namespace

Command lemmas_command() {
  return {"lemmas",
          "check the lemmas behind the constructions over their whole domains",
          {"NAME", "--format", "--out"},
          "  wrought lemmas\n"
          "  wrought lemmas threshold\n"
          "  wrought lemmas --format markdown",
          run_lemmas};
}

}  // namespace wrought::cli
