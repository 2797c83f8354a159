// wrought statements: the paper's numbered statements, our verdict on each, and the evidence.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/json_parts.hpp"
#include "cli/suggest.hpp"
#include "cli/table.hpp"
#include "proofs/statements/statement.hpp"

namespace wrought::cli {

namespace {

using statements::Statement;
using statements::Verdict;

std::vector<Statement> chosen(const std::string& id) {
  std::vector<Statement> all = statements::all_statements();
  if (id.empty()) return all;
  std::vector<std::string> ids;
  for (const Statement& statement : all) {
    if (statement.id == id) return {statement};
    ids.push_back(statement.id);
  }
  throw unknown_name("statement", id, ids);
}

Table table_of(const std::vector<Statement>& all) {
  Table table{{{"statement", Align::left},
               {"claim", Align::left},
               {"verdict", Align::left},
               {"evidence", Align::left},
               {"shown by", Align::left}},
              {}};
  for (const Statement& s : all)
    table.rows.push_back({s.id, s.claim, name(s.verdict), s.evidence, s.command});
  return table;
}

// For people a paragraph each; for spreadsheets and papers one table.
Document document_of(const std::vector<Statement>& all, Format format) {
  if (format != Format::text) return Document().table(table_of(all));
  Document document;
  for (const Statement& s : all)
    document.heading(s.id + ": " + name(s.verdict))
        .paragraph(fmt::format("claim     {}\nevidence  {}\nshown by  {}", s.claim, s.evidence, s.command));
  return document;
}

std::string json_of(const std::vector<Statement>& all) {
  Json json{{"tool", tool_json()}, {"statements", Json::array()}};
  for (const Statement& s : all)
    json["statements"].push_back({{"id", s.id},
                                  {"claim", s.claim},
                                  {"verdict", name(s.verdict)},
                                  {"evidence", s.evidence},
                                  {"command", s.command}});
  return dumped(json);
}

// A refuted statement of the paper is a result; only a verdict that did not come out is not.
ExitCode exit_code(const std::vector<Statement>& all) {
  const bool open =
      std::any_of(all.begin(), all.end(), [](const Statement& s) { return s.verdict == Verdict::open; });
  return open ? ExitCode::unknown : ExitCode::verified;
}

Result run_statements(const Options& options) {
  const std::vector<Statement> all = chosen(options.name);
  return {
      options.format == Format::json ? json_of(all) : document_of(all, options.format).render(options.format),
      exit_code(all)};
}

}  // namespace

Command statements_command() {
  return {"statements",
          "the paper's numbered statements (so far its lemmas), with a verdict and the evidence",
          {"NAME", "--format", "--out"},
          "  wrought statements\n"
          "  wrought statements A.5\n"
          "  wrought statements --format markdown",
          run_statements};
}

}  // namespace wrought::cli
