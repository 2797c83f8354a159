#include "cli/suggest.hpp"

#include <doctest/doctest.h>

using namespace wrought::cli;

TEST_CASE("the nearest names, if any is near") {
  const std::vector<std::string> valid{"standard", "sparse", "strided", "linear"};
  CHECK(nearest("linaer", valid) == std::vector<std::string>{"linear"});
  CHECK(nearest("strded", valid) == std::vector<std::string>{"strided"});
  CHECK(nearest("lin", valid) == std::vector<std::string>{"linear"});
  CHECK(nearest("xyzzy", valid).empty());
  CHECK(nearest("", valid).empty());
}

TEST_CASE("an unknown name is told with what would be right") {
  const std::string text = unknown_name("task", "lsi", {"edit-distance", "lis"}).what();
  CHECK(text == "unknown task 'lsi'; did you mean lis? Valid: edit-distance, lis");
}
