// wrought statements: the paper's numbered statements, our verdict on each, and the evidence.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/json_parts.hpp"
#include "cli/progress.hpp"
#include "cli/suggest.hpp"
#include "cli/table.hpp"
#include "proofs/statements/statement.hpp"

namespace wrought::cli {

namespace {

using statements::Judgement;
using statements::Statement;
using statements::Verdict;

struct Judged {
  Statement statement;
  Judgement judgement;
};

// What one statement rests on serves the others too.
std::vector<Judged> judge(const std::vector<Statement>& all, bool quiet) {
  std::vector<Judged> result;
  statements::Evidence evidence;
  Progress progress("checked", all.size(), quiet);
  for (const Statement& statement : all) {
    result.push_back({statement, statement.check(evidence)});
    progress.advance();
  }
  return result;
}

Table table_of(const std::vector<Judged>& all) {
  Table table{{{"statement", Align::left},
               {"claim", Align::left},
               {"verdict", Align::left},
               {"evidence", Align::left},
               {"shown by", Align::left}},
              {}};
  for (const auto& [s, judgement] : all)
    table.rows.push_back({s.id, s.claim, name(judgement.verdict), judgement.evidence, s.command});
  return table;
}

// For people a paragraph each; for spreadsheets and papers one table.
Document document_of(const std::vector<Judged>& all, Format format) {
  if (format != Format::text) return Document().table(table_of(all));
  Document document;
  for (const auto& [s, judgement] : all)
    document.heading(s.id + ": " + name(judgement.verdict))
        .paragraph(
            fmt::format("claim     {}\nevidence  {}\nshown by  {}", s.claim, judgement.evidence, s.command));
  return document;
}

std::string json_of(const std::vector<Judged>& all) {
  Json json{{"tool", tool_json()}, {"statements", Json::array()}};
  for (const auto& [s, judgement] : all)
    json["statements"].push_back({{"id", s.id},
                                  {"claim", s.claim},
                                  {"verdict", name(judgement.verdict)},
                                  {"evidence", judgement.evidence},
                                  {"command", s.command}});
  return dumped(json);
}

// A refuted statement of the paper is a result; only a verdict that did not come out is not.
ExitCode exit_code(const std::vector<Judged>& all) {
  const bool open = std::any_of(all.begin(), all.end(),
                                [](const Judged& j) { return j.judgement.verdict == Verdict::open; });
  return open ? ExitCode::unknown : ExitCode::verified;
}

Result run_statements(const Options& options) {
  const std::vector<Judged> all =
      judge(chosen(options.name, statements::all_statements(), "statement", &Statement::id), options.quiet);
  return {
      options.format == Format::json ? json_of(all) : document_of(all, options.format).render(options.format),
      exit_code(all)};
}

}  // namespace

Command statements_command() {
  return {"statements",
          "the paper's numbered statements and Table 1, with a verdict and the evidence",
          {"NAME", "--format", "--out", "--quiet"},
          "  wrought statements\n"
          "  wrought statements A.5\n"
          "  wrought statements Table1.linear.arithmetic\n"
          "  wrought statements --format markdown",
          run_statements};
}

}  // namespace wrought::cli
