#include "cli/table.hpp"

#include <doctest/doctest.h>

using namespace wrought::cli;

namespace {

Document sample() {
  Document document;
  document.heading("title").paragraph("a_b");
  document.table({{{"name", Align::left}, {"κ"}}, {{"one, two", "12"}, {"x|y \"z\"", "3"}}});
  return document;
}

}  // namespace

TEST_CASE("text: columns line up by characters, not bytes") {
  CHECK(sample().render(Format::text) == "title\n\na_b\n\nname       κ\none, two  12\nx|y \"z\"    3\n");
}

TEST_CASE("markdown: a rule under the titles, bars in cells escaped") {
  CHECK(sample().render(Format::markdown) ==
        "## title\n\na\\_b\n\n| name     |   κ |\n| -------- | --: |\n| one, two |  12 |\n| x\\|y \"z\" |   "
        "3 |\n");
}

TEST_CASE("csv: one table and nothing else, cells quoted where they must be") {
  CHECK(sample().render(Format::csv) == "name,κ\n\"one, two\",12\n\"x|y \"\"z\"\"\",3\n");
  CHECK(sample().table({{{"t"}}, {}}).render(Format::csv).starts_with("# title\nname,κ\n"));
}

TEST_CASE("latex: special characters are escaped") {
  const std::string text = sample().render(Format::latex);
  CHECK(text.find("a\\_b") != std::string::npos);
  CHECK(text.find("name & $\\kappa$ \\\\") != std::string::npos);
  CHECK(text.find("\\begin{tabular}{lr}") != std::string::npos);
}
