#include "cli/input.hpp"

#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "cli/error.hpp"
#include "cli/job.hpp"

using namespace wrought;
using namespace wrought::cli;

namespace {

TaskInstance instance(const std::string& task) { return standard_instance(*find_task(task)); }

std::vector<GivenInput> read(const std::string& task, const std::string& text) {
  std::istringstream stream(text);
  return read_inputs(instance(task), stream, "data.txt");
}

std::string refusal(const std::string& task, const std::string& text) {
  try {
    read(task, text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("sequences are read as people write them, and written back") {
  const TaskInstance edit_distance = instance("edit-distance"), lis = instance("lis"),
                     arithmetic = instance("arithmetic");
  CHECK(parse_sequences(edit_distance, {"abz", "c"}) == Inputs{{1, 2, 26}, {3}});
  CHECK(parse_sequences(lis, {"3, 1,250"}) == Inputs{{3, 1, 250}});
  CHECK(sequence_text(edit_distance, {11, 9, 20}) == "kit");
  CHECK(sequence_text(lis, {3, 1, 4}) == "3,1,4");
  const Inputs expression = parse_sequences(arithmetic, {"(7*5)/(6+4)"});
  CHECK(parse_sequences(arithmetic, sequence_texts(arithmetic, expression)) == expression);
}

TEST_CASE("a file holds one input per line") {
  const auto inputs =
      read("edit-distance", "# pairs\r\nk i t | s i t\r\n\r\nkit|sit  # run together\na | b |\n");
  REQUIRE(inputs.size() == 3);
  CHECK(inputs[0].sequences == Inputs{{11, 9, 20}, {19, 9, 20}});
  CHECK(inputs[0].origin == "data.txt:2");
  CHECK(inputs[1].sequences == inputs[0].sequences);
  CHECK(inputs[2].sequences == Inputs{{1}, {2}});
  CHECK_FALSE(inputs[2].published_answer);
}

TEST_CASE("the last token of a published chain of thought is its answer") {
  CHECK(read("edit-distance", "a b | a c <sep> 0 1 2 , 1 0 1 <sep> 1").front().published_answer == 1);
  CHECK(read("edit-distance", "a b | a c | <sep> 7").front().published_answer == 7);
  CHECK(read("lis", "5 1 4 <sep> 1 1 2 <sep> 2").front().published_answer == 2);
  const GivenInput expression = read("arithmetic", "( 1 + 2 ) * 3 = 3 * 3 = 9").front();
  CHECK(expression.published_answer == 9);
  CHECK(sequence_text(instance("arithmetic"), expression.sequences.front()).find('=') == std::string::npos);
}

TEST_CASE("a line that cannot be read is refused with its place") {
  CHECK(refusal("lis", "1\n2 x 3\n").starts_with("data.txt:2:3: "));
  CHECK(refusal("lis", "1 2 <sep> one").starts_with("data.txt:1:11: "));
  CHECK(refusal("edit-distance", "a | é").starts_with("data.txt:1:5: "));
  CHECK(refusal("edit-distance", "é é | ??").starts_with("data.txt:1:1: "));
  CHECK(refusal("edit-distance", "a b").starts_with("data.txt:1:1: "));
  CHECK(refusal("lis", "\n \n# nothing\n").find("holds no input") != std::string::npos);
}

TEST_CASE("random inputs: as many as asked for, admissible, and the same for the same seed") {
  for (const Task& task : catalogue()) {
    CAPTURE(task.name);
    const TaskInstance problem = standard_instance(task);
    const auto inputs = random_inputs(problem, 8, 20, 5), again = random_inputs(problem, 8, 20, 5);
    REQUIRE(inputs.size() == 20);
    CHECK_NOTHROW(require_admissible(problem.problem, inputs, 8));
    for (std::size_t i = 0; i < inputs.size(); ++i) CHECK(inputs[i].sequences == again[i].sequences);
  }
  CHECK(random_inputs(instance("lis"), 8, 5, 1).back().sequences !=
        random_inputs(instance("lis"), 8, 5, 2).back().sequences);
}

TEST_CASE("all inputs are what was counted, each once") {
  TaskInstance problem = instance("edit-distance");
  problem.problem = problem.task->problem({{"insert", 1}, {"delete", 1}, {"substitute", 1}, {"alphabet", 2}});
  const auto inputs = all_inputs(problem.problem, 3);
  CHECK(Integer(inputs.size()) == made_up::count(problem.problem, 3, 1'000'000));
  CHECK(inputs.size() == 14 * 14);
  std::set<Inputs> different;
  for (const GivenInput& input : inputs) different.insert(input.sequences);
  CHECK(different.size() == inputs.size());
  CHECK(made_up::count(problem.problem, 100, 1000) > 1000);
}
