// Tables, and documents made of them, in every format for people and for spreadsheets. (JSON is made in json.hpp.)
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/options.hpp"

namespace wrought::cli {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::right;
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Heading {
  std::string text;
};
struct Paragraph {
  std::string text;  // lines separated by \n
};

// Headings, paragraphs and tables in order. CSV keeps the tables, with a # line before each if there are several.
class Document {
 public:
  Document& heading(std::string text);
  Document& paragraph(std::string text);
  Document& table(Table table);

  // The document in a format other than json.
  std::string render(Format format) const;

 private:
  std::string render_csv() const;

  std::vector<std::variant<Heading, Paragraph, Table>> blocks_;
};

}  // namespace wrought::cli
