#include "cli/table.hpp"

#include <algorithm>
#include <stdexcept>

#include "cli/words.hpp"

namespace wrought::cli {

namespace {

std::string padded(const std::string& cell, std::size_t width, Align align) {
  const std::string blanks(width - display_width(cell), ' ');
  return align == Align::left ? cell + blanks : blanks + cell;
}

std::vector<std::size_t> widths(const Table& table) {
  std::vector<std::size_t> result;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t width = display_width(table.columns[c].title);
    for (const auto& row : table.rows) width = std::max(width, display_width(row.at(c)));
    result.push_back(width);
  }
  return result;
}

std::vector<std::string> titles(const Table& table) {
  std::vector<std::string> result;
  for (const Column& column : table.columns) result.push_back(column.title);
  return result;
}

// One line, cells padded to the widths and put between separators.
std::string aligned(const Table& table, const std::vector<std::size_t>& widths,
                    const std::vector<std::string>& cells, const std::string& separator) {
  std::vector<std::string> line;
  for (std::size_t c = 0; c < cells.size(); ++c)
    line.push_back(padded(cells[c], widths[c], table.columns[c].align));
  return joined(line, separator);
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string replaced(const std::string& text,
                     const std::vector<std::pair<std::string, std::string>>& replacements) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto found = std::find_if(replacements.begin(), replacements.end(), [&](const auto& r) {
      return text.compare(i, r.first.size(), r.first) == 0;
    });
    result += found == replacements.end() ? text.substr(i, 1) : found->second;
    i += found == replacements.end() ? 1 : found->first.size();
  }
  return result;
}

struct Renderer {
  virtual ~Renderer() = default;
  virtual std::string operator()(const Heading& heading) const = 0;
  virtual std::string operator()(const Paragraph& paragraph) const = 0;
  virtual std::string operator()(const Table& table) const = 0;
};

struct TextRenderer : Renderer {
  std::string operator()(const Heading& heading) const override { return heading.text + "\n"; }
  std::string operator()(const Paragraph& paragraph) const override { return paragraph.text + "\n"; }
  // Formulas can be long; here the beginning must do. The other formats have all of them.
  static Table narrowed(Table table) {
    for (Column& column : table.columns) column.title = shortened(column.title, 30);
    for (auto& row : table.rows)
      for (std::string& cell : row) cell = shortened(cell, 60);
    return table;
  }
  std::string operator()(const Table& full) const override {
    const Table table = narrowed(full);
    const std::vector<std::size_t> columns = widths(table);
    std::string text = without_trailing_blanks(aligned(table, columns, titles(table), "  ")) + "\n";
    for (const auto& row : table.rows)
      text += without_trailing_blanks(aligned(table, columns, row, "  ")) + "\n";
    return text;
  }
};

struct MarkdownRenderer : Renderer {
  static std::string escaped(const std::string& text) {
    return replaced(text, {{"|", "\\|"}, {"*", "\\*"}, {"_", "\\_"}, {"<", "&lt;"}, {"\n", "  \n"}});
  }
  std::string operator()(const Heading& heading) const override {
    return "## " + escaped(heading.text) + "\n";
  }
  std::string operator()(const Paragraph& paragraph) const override { return escaped(paragraph.text) + "\n"; }
  std::string operator()(const Table& table) const override {
    Table safe = table;
    for (Column& column : safe.columns) column.title = escaped(column.title);
    for (auto& row : safe.rows)
      for (std::string& cell : row) cell = escaped(cell);
    std::vector<std::size_t> columns = widths(safe);
    std::vector<std::string> rule;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c] = std::max<std::size_t>(columns[c], 3);
      rule.push_back(std::string(columns[c] - 1, '-') + (safe.columns[c].align == Align::left ? "-" : ":"));
    }
    std::string text = line(aligned(safe, columns, titles(safe), " | ")) + line(joined(rule, " | "));
    for (const auto& row : safe.rows) text += line(aligned(safe, columns, row, " | "));
    return text;
  }
  static std::string line(const std::string& cells) { return "| " + cells + " |\n"; }
};

struct LatexRenderer : Renderer {
  static std::string escaped(const std::string& text) {
    return replaced(text, {{"\\", "\\textbackslash{}"},
                           {"&", "\\&"},
                           {"%", "\\%"},
                           {"$", "\\$"},
                           {"#", "\\#"},
                           {"_", "\\_"},
                           {"{", "\\{"},
                           {"}", "\\}"},
                           {"~", "\\textasciitilde{}"},
                           {"^", "\\^{}"},
                           {"|", "\\textbar{}"},
                           {"<", "\\textless{}"},
                           {">", "\\textgreater{}"},
                           {"κ", "$\\kappa$"},
                           {"τ", "$\\tau$"},
                           {"λ", "$\\lambda$"},
                           {"×", "$\\times$"},
                           {"²", "$^2$"},
                           {"·", "$\\cdot$"},
                           {"≥", "$\\ge$"},
                           {"≤", "$\\le$"},
                           {"√", "$\\surd$"},
                           {"⌈", "$\\lceil$"},
                           {"⌉", "$\\rceil$"},
                           {"⌊", "$\\lfloor$"},
                           {"⌋", "$\\rfloor$"},
                           {"…", "\\dots{}"},
                           {"–", "--"}});
  }
  std::string operator()(const Heading& heading) const override {
    return "\\paragraph{" + escaped(heading.text) + "}\n";
  }
  std::string operator()(const Paragraph& paragraph) const override {
    return replaced(escaped(paragraph.text), {{"\n", "\\\\\n"}}) + "\n";
  }
  std::string operator()(const Table& table) const override {
    std::string alignment;
    for (const Column& column : table.columns) alignment += column.align == Align::left ? 'l' : 'r';
    std::string text = "\\begin{tabular}{" + alignment + "}\n\\hline\n" + line(titles(table)) + "\\hline\n";
    for (const auto& row : table.rows) text += line(row);
    return text + "\\hline\n\\end{tabular}\n";
  }
  static std::string line(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = escaped(cell);
    return joined(cells, " & ") + " \\\\\n";
  }
};

std::string csv_cell(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return "\"" + replaced(cell, {{"\"", "\"\""}}) + "\"";
}

std::string csv_line(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = csv_cell(cell);
  return joined(cells, ",") + "\n";
}

std::string csv(const Table& table) {
  std::string text = csv_line(titles(table));
  for (const auto& row : table.rows) text += csv_line(row);
  return text;
}

}  // namespace

Document& Document::heading(std::string text) {
  blocks_.emplace_back(Heading{std::move(text)});
  return *this;
}

Document& Document::paragraph(std::string text) {
  blocks_.emplace_back(Paragraph{std::move(text)});
  return *this;
}

Document& Document::table(Table table) {
  blocks_.emplace_back(std::move(table));
  return *this;
}

std::string Document::render(Format format) const {
  const TextRenderer text;
  const MarkdownRenderer markdown;
  const LatexRenderer latex;
  const Renderer* renderer = nullptr;
  switch (format) {
    case Format::text: renderer = &text; break;
    case Format::markdown: renderer = &markdown; break;
    case Format::latex: renderer = &latex; break;
    case Format::csv: return render_csv();
    case Format::json: throw std::logic_error("a document has no JSON form");
  }
  std::string result;
  for (const auto& block : blocks_) {
    if (!result.empty()) result += "\n";
    result += std::visit([&](const auto& content) { return (*renderer)(content); }, block);
  }
  return result;
}

std::string Document::render_csv() const {
  const auto is_table = [](const auto& block) { return std::holds_alternative<Table>(block); };
  const bool several = std::count_if(blocks_.begin(), blocks_.end(), is_table) > 1;
  std::string result, title;
  for (const auto& block : blocks_) {
    if (const auto* heading = std::get_if<Heading>(&block)) title = heading->text;
    const auto* table = std::get_if<Table>(&block);
    if (!table) continue;
    if (several) result += (result.empty() ? "# " : "\n# ") + title + "\n";
    result += csv(*table);
  }
  return result;
}

}  // namespace wrought::cli
