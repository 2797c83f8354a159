#include "cli/words.hpp"

#include <doctest/doctest.h>

using namespace wrought::cli;

TEST_CASE("whatever a text holds, quoted it is one short line") {
  CHECK(in_quotes("a\nb\t\x1b") == "'a\\nb\\t\\x1b'");
  const std::string long_text = in_quotes(std::string(1000, 'x'));
  CHECK(long_text.size() < 60);
  CHECK(long_text.ends_with("…'"));
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  const std::string shortened = in_quotes(accents);
  CHECK(display_width(shortened) <= 43);
  CHECK(shortened.ends_with("é…'"));
}

TEST_CASE("widths and characters are those of UTF-8") {
  CHECK(display_width("×κ²") == 3);
  CHECK(first_character("éa") == "é");
  CHECK(trimmed(" \t a b \r\n") == "a b");
  CHECK(trimmed(" ").empty());
}

TEST_CASE("counts and sizes") {
  CHECK(counted(1, "input") == "1 input");
  CHECK(counted(0, "input") == "0 inputs");
  CHECK(bytes_text(512) == "512 bytes");
  CHECK(bytes_text(wrought::Integer(3) << 29) == "1.5 GiB");
}
