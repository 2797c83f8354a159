// Closed forms against all chains there are, at sizes where these can be counted.
#include "proofs/bounds/chain_count.hpp"

#include <doctest/doctest.h>

using namespace wrought;

namespace {

struct Case {
  std::string task;
  TaskParameters changed;
  std::vector<std::int64_t> lengths;
};

TaskParameters parameters(const Case& c) {
  TaskParameters all = standard_parameters(*find_task(c.task));
  for (const auto& [name, value] : c.changed) all[name] = value;
  return all;
}

std::string text(const Case& c) {
  std::string text = c.task;
  for (const auto& [name, value] : parameters(c)) text += " " + name + "=" + std::to_string(value);
  for (const std::int64_t n : c.lengths) text += " " + std::to_string(n);
  return text;
}

ChainCount claimed(const Case& c) {
  const auto count = chains_ge(c.task, parameters(c), c.lengths);
  REQUIRE(count);
  return *count;
}

Enumeration enumerated(const Case& c) {
  const Task& task = *find_task(c.task);
  const auto all = enumerate_chains(task.problem(parameters(c)), c.lengths, 4'000'000,
                                    own_chains(task, parameters(c), c.lengths[0]));
  REQUIRE_MESSAGE(all, text(c));
  return *all;
}

std::vector<Case> exact_cases() {
  std::vector<Case> cases;
  for (std::int64_t n = 1; n <= 4; ++n)
    for (const std::int64_t modulus : {2, 3, 10})
      cases.push_back({"reversed-sums", {{"modulus", modulus}}, {n}});
  for (std::int64_t m = 1; m <= 4; ++m)
    for (std::int64_t steps = 1; steps <= 6; ++steps)
      for (const std::int64_t modulus : {2, 3, 6})
        cases.push_back({"lagged-recurrence", {{"m", m}, {"steps", steps}, {"modulus", modulus}}, {m}});
  for (const std::int64_t alphabet : {1, 2, 3})
    for (std::int64_t a = 1; a <= 3; ++a)
      for (std::int64_t b = a; b <= 4; ++b)
        cases.push_back({"local-edit-distance", {{"alphabet", alphabet}}, {a, b}});
  return cases;
}

std::vector<Case> lower_bound_cases() {
  std::vector<Case> cases;
  for (const std::int64_t p : {2, 3, 5})
    for (const std::int64_t n : {1, 3, 5})
      for (const char* task : {"arithmetic", "arithmetic-plain"}) cases.push_back({task, {{"p", p}}, {n}});
  for (const std::int64_t values : {1, 2, 3, 4, 9})
    for (std::int64_t n = 1; n <= 4; ++n) cases.push_back({"lis", {{"values", values}}, {n}});
  const std::vector<TaskParameters> costs{{},
                                          {{"insert", 0}},
                                          {{"delete", 0}, {"substitute", 3}},
                                          {{"insert", 2}, {"delete", 3}, {"substitute", 4}},
                                          {{"insert", 1}, {"delete", 1}, {"substitute", 9}},
                                          {{"substitute", 0}},
                                          {{"insert", 0}, {"delete", 0}}};
  for (TaskParameters changed : costs)
    for (const std::int64_t alphabet : {1, 2, 3}) {
      changed["alphabet"] = alphabet;
      for (std::int64_t a = 1; a <= 3; ++a)
        for (std::int64_t b = 1; b <= 3; ++b) {
          cases.push_back({"edit-distance", changed, {a, b}});
          TaskParameters banded = changed;
          banded["band"] = std::max<std::int64_t>(1, std::abs(a - b));
          cases.push_back({"banded-edit-distance", banded, {a, b}});
        }
    }
  return cases;
}

}  // namespace

TEST_CASE("chains_eq_of_…: the closed form is the number of chains, where it says so") {
  for (const Case& c : exact_cases()) {
    CAPTURE(text(c));
    const ChainCount count = claimed(c);
    CHECK(count.is_exact);
    CHECK(contradiction(count, enumerated(c)) == "");
  }
}

TEST_CASE("chains_ge_of_…: the closed form is never above the number of chains") {
  for (const Case& c : lower_bound_cases()) {
    CAPTURE(text(c));
    const ChainCount count = claimed(c);
    CHECK(!count.is_exact);
    CHECK(contradiction(count, enumerated(c)) == "");
  }
}

TEST_CASE("chains_ge_of_…: the bounds are not empty: each is attained, or half of the bits are") {
  for (const Case& c : {Case{"arithmetic", {{"p", 3}}, {1}}, Case{"lis", {{"values", 9}}, {2}},
                        Case{"edit-distance", {{"alphabet", 2}}, {1, 1}}}) {
    CAPTURE(text(c));
    CHECK(claimed(c).at_least == enumerated(c).chains);
  }
  for (const Case& c : {Case{"arithmetic", {{"p", 5}}, {5}}, Case{"lis", {{"values", 4}}, {4}},
                        Case{"edit-distance", {{"alphabet", 4}}, {3, 4}},
                        Case{"banded-edit-distance", {{"alphabet", 2}, {"band", 1}}, {4, 4}}}) {
    CAPTURE(text(c));
    CHECK(2 * log2_ge(claimed(c).at_least) >= log2_ge(enumerated(c).chains));
  }
}

TEST_CASE("a closed form that is one too large is refused") {
  for (const Case& c : exact_cases()) {
    ChainCount wrong = claimed(c);
    ++wrong.at_least;
    CHECK(contradiction(wrong, enumerated(c)).find("claims " + wrong.at_least.str()) != std::string::npos);
    wrong.is_exact = false;
    CHECK(contradiction(wrong, enumerated(c)).find("at least") != std::string::npos);
  }
  ChainCount too_small = claimed({"reversed-sums", {{"modulus", 2}}, {3}});
  --too_small.at_least;
  CHECK(contradiction(too_small, enumerated({"reversed-sums", {{"modulus", 2}}, {3}})) != "");
}

TEST_CASE("every task of the catalogue has its chains counted") {
  for (const Task& task : catalogue()) {
    CAPTURE(task.name);
    TaskParameters p = standard_parameters(task);
    if (!task.size_parameter.empty()) p[task.size_parameter] = 8;
    const ChainEvidence evidence = count_chains(task, p, task.problem(p), 8);
    CHECK(evidence.closed_form);
    CHECK(evidence.at_least() > 1);
  }
}

TEST_CASE("what would take too long is not enumerated") {
  const Task& task = *find_task("reversed-sums");
  const TaskParameters p = standard_parameters(task);
  CHECK(!enumerate_chains(task.problem(p), {12}));
  CHECK(enumerate_chains(task.problem(p), {2}, 600));
  CHECK(!enumerate_chains(task.problem(p), {2}, 599));  // 100 inputs of 6 tokens
}

TEST_CASE("logarithms: rounded up for counts of bits, down for what is shown") {
  CHECK(ceil_log2(1) == 0);
  CHECK(ceil_log2(2) == 1);
  CHECK(ceil_log2(3) == 2);
  CHECK(ceil_log2(1024) == 10);
  CHECK(ceil_log2(1025) == 11);
  CHECK(log2_ge(1) == 0);
  CHECK(log2_ge(1024) == 10);
  CHECK(log2_ge(10) == Rational(33, 10));  // 3.3219…
  for (int n = 1; n < 200; ++n) {
    const Rational tenths = 10 * log2_ge(n);
    const auto power = static_cast<unsigned>(numerator(tenths));
    CHECK((Integer(1) << power) <= boost::multiprecision::pow(Integer(n), 10));
    CHECK((Integer(1) << (power + 1)) > boost::multiprecision::pow(Integer(n), 10));
  }
}
