#include "cli/options.hpp"

#include <doctest/doctest.h>

#include "cli/error.hpp"

using namespace wrought;
using namespace wrought::cli;

TEST_CASE("standard options: all attention kinds, exact, narrow, text") {
  const Options options = read_options({{"TASK", {"lis"}}, {"SEQUENCE", {"3,1"}}});
  CHECK(options.task == "lis");
  CHECK(options.attention == all_attention_kinds());
  CHECK(options.arithmetic.is_exact());
  CHECK(options.schedule == Schedule::narrow);
  CHECK(options.format == Format::text);
  CHECK_FALSE(options.size);
}

TEST_CASE("attention kinds: lists, repetitions and all, each once") {
  const auto read = [](std::vector<std::string> values) {
    return read_options({{"--attention", values}}).attention;
  };
  CHECK(read({"linear,sparse"}) == std::vector{AttentionKind::linear, AttentionKind::sparse});
  CHECK(read({"linear", "linear,strided"}) == std::vector{AttentionKind::linear, AttentionKind::strided});
  CHECK(read({"linear,all"}).size() == 4);
  CHECK(read({"linear,all"}).front() == AttentionKind::linear);
}

TEST_CASE("arithmetic: names read what they write") {
  for (const std::string text : {"exact", "double", "interval:128", "bits:24", "interval:2", "bits:65536"})
    CHECK(name(read_options({{"--arithmetic", {text}}}).arithmetic) == text);
  CHECK(name(read_options({{"--arithmetic", {"interval"}}}).arithmetic) == "interval:128");
  for (const std::string text :
       {"", "Exact", "bits", "bits:1", "bits:", "bits:65537", "interval:x", "exact:3"})
    CHECK_THROWS_AS(read_options({{"--arithmetic", {text}}}), UsageError);
}

TEST_CASE("every schedule there is can be asked for by name") {
  for (const Schedule schedule : all_schedules())
    CHECK(read_options({{"--schedule", {name(schedule)}}}).schedule == schedule);
}

TEST_CASE("sharpness is taken exactly") {
  const Options options =
      read_options({{"--arithmetic", {"double"}}, {"--kappa", {"2.5"}}, {"--tau", {"7/3"}}});
  CHECK(options.sharpness.kappa == Rational(5, 2));
  CHECK(options.sharpness.tau == Rational(7, 3));
  CHECK_FALSE(options.sharpness.lambda);
}

TEST_CASE("one source of inputs") {
  CHECK_THROWS_AS(read_options({{"SEQUENCE", {"3"}}, {"--inputs", {"f"}}}), UsageError);
  CHECK_THROWS_AS(read_options({{"--exhaustive", {}}, {"--random", {"3"}}, {"--size", {"3"}}}), UsageError);
  CHECK(read_options({{"--random", {"3"}}, {"--size", {"4"}}}).random == 3);
}
