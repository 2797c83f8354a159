#include "constructions/dp/positions.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "constructions/tasks/edit_distance.hpp"
#include "constructions/tasks/lagged_recurrence.hpp"
#include "constructions/tasks/lis.hpp"
#include "constructions/tasks/local_edit_distance.hpp"
#include "constructions/tasks/reversed_sums.hpp"

using namespace wrought;

namespace {

using Point = std::vector<std::int64_t>;

// The states of a task in order, enumerated by hand.
using States = std::function<std::vector<Point>(const Point& lengths)>;

std::vector<Point> edit_distance_states(const Point& n) {
  std::vector<Point> states;
  for (std::int64_t i = 0; i <= n[0]; ++i)
    for (std::int64_t j = 0; j <= n[1]; ++j) states.push_back({i, j});
  return states;
}

std::vector<Point> lis_states(const Point& n) {
  std::vector<Point> states;
  for (std::int64_t j = 1; j <= n[0] + 1; ++j)
    for (std::int64_t k = 0; k < j; ++k) states.push_back({j, k});
  return states;
}

std::vector<Point> reversed_sums_states(const Point& n) {
  std::vector<Point> states;
  for (std::int64_t i = 1; i <= n[0]; ++i) states.push_back({i});
  return states;
}

// Every formula of positions.hpp at one choice of lengths, against counting along the sequence.
void check_positions(const Problem& problem, const Point& lengths, const std::vector<Point>& states) {
  Variables variables(problem);
  const std::vector<Dependency> reads = dependencies(problem, variables);
  const auto at = [&](const Polynomial& p, const Point& state) {
    return p.evaluate([&](Polynomial::Variable v) {
      return Rational(variables.is_loop(v) ? state.at(v) : lengths.at(variables.sequence_of(v)));
    });
  };

  std::int64_t position = 0;
  std::map<std::pair<std::size_t, std::int64_t>, std::int64_t> symbols;  // (sequence, 1-based index)
  for (std::size_t k = 0; k < lengths.size(); ++k) {
    CHECK(at(first_symbol_position(problem, k), {}) == position);
    for (std::int64_t s = 1; s <= lengths[k]; ++s) symbols[{k, s}] = position++;
    CHECK(at(separator_position(problem, k), {}) == position);
    ++position;
  }
  CHECK(at(first_state_position(problem), {}) == position);

  std::map<Point, std::int64_t> known;
  for (std::size_t rank = 0; rank < states.size(); ++rank, ++position) {
    const Point& state = states[rank];
    CHECK(at(problem.rank, state) == rank);
    Environment environment;
    environment.loop = [&](const expr::LoopVariable& v) { return state[v.index]; };
    environment.length = [&](const expr::Length& n) { return lengths[n.sequence]; };
    for (const Dependency& d : reads) {
      std::optional<std::int64_t> expected;
      if (const auto* symbol = std::get_if<expr::Symbol>(&d.expression.node().kind)) {
        const auto found = symbols.find({symbol->sequence, evaluate(symbol->index, environment)});
        if (found != symbols.end()) expected = found->second;
      } else {
        Point coordinates;
        for (const Expr& c : std::get<expr::StateValue>(d.expression.node().kind).coordinates)
          coordinates.push_back(evaluate(c, environment));
        const auto found = known.find(coordinates);
        if (found != known.end()) expected = found->second;
      }
      if (!expected) continue;  // a transition does not read what is not there
      CAPTURE(to_string(d.expression));
      CHECK(at(d.position.value(), state) == *expected);
      CHECK(at(d.distance, state) == position - *expected);
      CHECK(at(distance_bound(problem, d, variables), {}) >= position - *expected);
      CHECK(max_distance(problem, lengths) >= position - *expected);
    }
    known[state] = position;
  }
  CHECK(at(problem.count, {}) == states.size());
  CHECK(sequence_length_at(problem, lengths) == position + 1);
}

void check_all_lengths(const Problem& problem, const States& states) {
  Point lengths(problem.inputs.size(), 1);
  for (std::size_t k = 0; k < lengths.size();) {
    check_positions(problem, lengths, states(lengths));
    for (k = 0; k < lengths.size() && lengths[k] == 6; ++k) lengths[k] = 1;
    if (k < lengths.size()) ++lengths[k];
  }
}

std::map<std::string, std::string> distances(const Problem& problem) {
  Variables variables(problem);
  std::map<std::string, std::string> result;
  for (const Dependency& d : dependencies(problem, variables))
    result[to_string(d.expression)] =
        to_string(d.distance, [&](Polynomial::Variable v) { return variables.name(v); });
  return result;
}

// A problem of one sequence whose states are i = 0..hi.
Problem counting(const std::function<Expr(const InputHandle&)>& hi) {
  ProblemBuilder p{"counting"};
  const auto s = p.input("s", 0, 1);
  p.loop("i", 0, hi(s));
  p.value("dp", 0, 1);
  p.transition(0);
  p.answer(p.last());
  return p.build();
}

}  // namespace

TEST_CASE("ranks, distances and positions are those of the sequence, for all lengths up to 6") {
  check_all_lengths(edit_distance({1, 1, 1}, 2), edit_distance_states);
  check_all_lengths(longest_increasing_subsequence(3), lis_states);
  check_all_lengths(reversed_sums(3), reversed_sums_states);
}

TEST_CASE("distances as formulas") {
  const auto edit = distances(edit_distance({1, 1, 1}, 2));
  CHECK(edit.at("dp(i - 1, j)") == "length(b) + 1");
  CHECK(edit.at("dp(i, j - 1)") == "1");
  CHECK(edit.at("dp(i - 1, j - 1)") == "length(b) + 2");
  CHECK(edit.size() == 5);
  const auto lis = distances(longest_increasing_subsequence(3));
  CHECK(lis.at("dp(j, k - 1)") == "1");
  CHECK(lis.at("dp(k, k - 1)") == "1/2·j² - 1/2·k² - 1/2·j + 1/2·k + 1");
  CHECK(distances(reversed_sums(3)).at("s[length(s) - i + 1]") == "2·i");
}

TEST_CASE("the previous token is recognised, and nothing else") {
  const Problem problem = edit_distance({1, 1, 1}, 2);
  Variables variables(problem);
  for (const Dependency& d : dependencies(problem, variables))
    CHECK(is_previous_token(d) == (to_string(d.expression) == "dp(i, j - 1)"));
}

TEST_CASE("a dependency is anchored where fewer tables are needed") {
  const auto anchors = [](const Problem& problem) {
    Variables variables(problem);
    std::map<std::string, Anchor> result;
    for (const Dependency& d : dependencies(problem, variables)) {
      CHECK(is_admissible(
          cheaper_anchor(d, variables) == Anchor::sequence_start ? d.position.value() : d.distance,
          variables));
      result[to_string(d.expression)] = cheaper_anchor(d, variables);
    }
    return result;
  };
  const auto edit = anchors(edit_distance({1, 1, 1}, 2));
  CHECK(edit.at("dp(i - 1, j)") == Anchor::generated_token);  // the position has length(b)·i
  CHECK(edit.at("a[i]") == Anchor::sequence_start);           // the distance has length(b)·i
  CHECK(anchors(longest_increasing_subsequence(3)).at("dp(k, k - 1)") == Anchor::sequence_start);
}

TEST_CASE("a position computed from a fetched value: the value comes first, and is one variable") {
  ProblemBuilder p{"jump"};
  const auto s = p.input("s", 1, 3);
  const Expr i = p.loop("i", 1, length(s));
  p.value("dp", 0, 3);
  const Expr back = min(p.at(s, i), i - 1);
  p.transition(cases(i == 1, 0, otherwise, max(p.state(i - back), p.at(s, i))));
  p.answer(p.last());
  const Problem problem = p.build();
  Variables variables(problem);
  const std::vector<Dependency> reads = dependencies(problem, variables);
  REQUIRE(reads.size() == 2);
  CHECK(to_string(reads[0].expression) == "s[i]");
  CHECK(to_string(reads[1].expression) == "dp(i - min(s[i], i - 1))");
  CHECK(distances(problem).at("dp(i - min(s[i], i - 1))") == "min(s[i], i - 1)");
  CHECK(is_admissible(reads[1].distance, variables));
}

TEST_CASE("a guard that fixes a loop variable fixes it in the distance") {
  ProblemBuilder p{"first-row"};
  const auto s = p.input("s", 0, 1);
  const Expr i = p.loop("i", 0, length(s)), j = p.loop("j", 1, length(s));
  p.value("dp", 0, 1);
  p.transition(cases(i == 0, p.at(s, j), otherwise, p.state(i - 1, j)));
  p.answer(p.last());
  const auto found = distances(p.build());
  CHECK(found.at("s[j]") == "length(s) + 1");  // without the guard, length(s)·i more
  CHECK(found.at("dp(i - 1, j)") == "length(s)");
}

TEST_CASE("the largest distance of a transition") {
  CHECK(max_distance(edit_distance({}, 2), {3, 5}) >= (3 + 1) * (5 + 1));  // (3, 5) still reads a_3 and b_5
  for (const std::int64_t m : {2, 5, 9}) CHECK(max_distance(lagged_recurrence(m, 40, 3), {m}) == m + 1);
  CHECK(max_distance(local_edit_distance({}, 2), {4, 6}) == 4 + 6 + 3);
}

TEST_CASE("the largest sequence length is that of the largest inputs only where the states grow with them") {
  const Problem growing = counting([](const InputHandle& s) { return length(s); });
  CHECK(max_sequence_length(growing, {9}) == sequence_length_at(growing, {9}));
  const Problem shrinking = counting([](const InputHandle& s) { return 20 - 2 * length(s); });
  CHECK(sequence_length_at(shrinking, {1}) == 1 + 1 + 19 + 1);
  CHECK(max_sequence_length(shrinking, {8}) == 22);
  CHECK_THROWS_WITH_AS(max_sequence_length(shrinking, {1'000'001}),
                       "the number of states of counting can shrink as its inputs grow, and there are too "
                       "many lengths to try them all",
                       Inadmissible);
}
