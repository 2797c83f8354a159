// Does the check bite? Every non-zero weight of small networks is changed, one at a time, and exact verification of all
// inputs must notice. What it does not notice has to belong to a class that says why. docs/teeth.md shows the tables.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "constructions/tasks/edit_distance.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;

namespace {

// A weight of a network: one of the two pointers is set. Its change shows first in the rows after `stage`, if at all.
struct Weight {
  std::string matrix;
  std::size_t stage = 0;
  Rational* entry = nullptr;
  std::int64_t* table_entry = nullptr;
  std::size_t position = 0;  // of a table entry
  bool is_mirror = false;    // of a hidden unit R(-x) beside R(x)

  Rational value() const { return entry ? *entry : Rational(*table_entry); }
  void set(const Rational& value) const {
    if (entry)
      *entry = value;
    else
      *table_entry = static_cast<std::int64_t>(numerator(value));
  }
};

// The hidden units that form pairs R(x), R(-x), each to move or clear a coordinate x.
std::set<Eigen::Index> mirror_units(const Matrix& w1) {
  std::map<std::pair<Eigen::Index, Rational>, Eigen::Index> single;  // (x, weight) -> unit
  for (Eigen::Index unit = 0; unit < w1.outerSize(); ++unit) {
    Matrix::InnerIterator it(w1, unit);
    const std::pair<Eigen::Index, Rational> first{it.col(), it.value()};
    if (!++it) single[first] = unit;
  }
  std::set<Eigen::Index> result;
  for (const auto& [key, unit] : single)
    if (single.count({key.first, -key.second}) > 0) result.insert(unit);
  return result;
}

std::vector<Weight> non_zero_weights(Network& network) {
  using Index = Eigen::Index;
  const std::function<bool(Index, Index)> nowhere = [](Index, Index) { return false; };
  std::vector<Weight> weights;
  const auto add = [&](const std::string& name, std::size_t stage, Matrix& matrix, const auto& is_mirror) {
    for (Index row = 0; row < matrix.outerSize(); ++row)
      for (Matrix::InnerIterator it(matrix, row); it; ++it)
        weights.push_back({name, stage, &it.valueRef(), nullptr, 0, is_mirror(row, it.col())});
  };
  add("embedding", 0, network.embedding, nowhere);
  for (PositionFeature& feature : network.positions)
    for (std::size_t p = 0; p < feature.values.size(); ++p)
      if (feature.values[p] != 0) weights.push_back({"positions", 0, nullptr, &feature.values[p], p, false});
  std::size_t stage = 0;
  for (Layer& layer : network.layers) {
    ++stage;
    for (Head& head : layer.heads) {
      add("query", stage, head.query, nowhere);
      add("query λ", stage, head.query_lambda, nowhere);
      add("key", stage, head.key, nowhere);
      add("key λ", stage, head.key_lambda, nowhere);
      add("value", stage, head.value, nowhere);
      add("output", stage, head.output, nowhere);
    }
    ++stage;
    const std::set<Index> mirror = mirror_units(layer.w1);
    add("w1", stage, layer.w1, [&](Index unit, Index) { return mirror.count(unit) > 0; });
    add("w2", stage, layer.w2, [&](Index, Index unit) { return mirror.count(unit) > 0; });
  }
  add("readout", stage + 1, network.readout, nowhere);
  return weights;
}

// Is the weight needed at all? And is its value, where one is the least step that keeps integers integers? (A negated
// weight is caught more often than a removed one.)
struct Change {
  const char* name;
  Rational (*apply)(const Rational&);
};
const std::array<Change, 2> changes{{{"removed", [](const Rational&) { return Rational(0); }},
                                     {"plus one", [](const Rational& w) -> Rational { return w + 1; }}}};

using Rows = std::vector<std::vector<Rational>>;  // by stage

std::vector<Rational> values(const RowView& row) {
  std::vector<Rational> result;
  for (std::size_t c = 0; c < row.size(); ++c) result.push_back(row.enclosure(c)->lower);
  return result;
}

// What the network should do with one input.
struct Expectation {
  ChainOfThought chain;
  std::vector<Rows> rows;  // of the unchanged network, by position
};

// All inputs of lengths 1..2 over two symbols: everything that these networks are built for.
std::vector<Inputs> all_inputs() {
  const std::vector<std::vector<std::int64_t>> strings{{1, 2}, {2, 1}, {1, 1}, {2, 2}, {1}, {2}};
  std::vector<Inputs> inputs;
  for (const auto& a : strings)
    for (const auto& b : strings) inputs.push_back({a, b});
  return inputs;
}

std::vector<Expectation> expectations(const Construction& construction) {
  const auto runner = make_runner(construction.network(), {});
  std::vector<Expectation> result;
  for (const Inputs& inputs : all_inputs()) {
    Expectation& expectation = result.emplace_back(Expectation{construction.encode(inputs), {}});
    runner->observe([&](std::size_t, std::size_t stage, const RowView& row) {
      if (stage == 0) expectation.rows.emplace_back();
      expectation.rows.back().push_back(values(row));
    });
    REQUIRE(check(*runner, expectation.chain.prompt, expectation.chain.generated).verdict ==
            Verdict::verified);
  }
  return result;
}

// Whether a change was noticed, and if not, why.
//
//   mirror          without effect: of the unit R(-x) of a pair R(x) - R(-x) = x where x never is negative. With ReLU it is
//                   idle; with GeLU it makes the pair exact
//   never run       an entry of the position table for a position that no run reaches
//   without effect  the rows of the residual stream behind it are the same, at all tokens of all inputs
//   elsewhere       rows differ, but only at tokens of the prompt before the last, which generate nothing
//   decided         rows differ where tokens are generated; no output does: nobody reads the difference, or a threshold, a
//                   gate, a minimum or a hardmax absorbs it
//   rounded         outputs differ, by less than 1/2
enum class Outcome { refuted, mirror, never_run, without_effect, elsewhere, decided, rounded };

const std::vector<std::pair<Outcome, std::string>> outcome_names{
    {Outcome::refuted, "refuted"},     {Outcome::mirror, "mirror"},
    {Outcome::never_run, "never run"}, {Outcome::without_effect, "without effect"},
    {Outcome::elsewhere, "elsewhere"}, {Outcome::decided, "decided"},
    {Outcome::rounded, "rounded"}};

class Bite {
 public:
  explicit Bite(const std::vector<Expectation>& expected) : expected_(expected), order_(expected.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    for (const Expectation& e : expected_) longest_run_ = std::max(longest_run_, e.rows.size());
  }

  Outcome outcome(const Network& changed, const Weight& weight) {
    bool any_effect = false, effect_where_generating = false, any_output = false;
    const Expectation* now = nullptr;
    const auto runner = make_runner(changed, {});
    runner->observe([&](std::size_t position, std::size_t stage, const RowView& row) {
      const bool generates = position + 1 >= now->chain.prompt.size();
      if (stage != weight.stage || effect_where_generating || (any_effect && !generates)) return;
      if (values(row) == now->rows[position][stage]) return;
      any_effect = true;
      effect_where_generating = generates;
    });
    for (auto input = order_.begin(); input != order_.end(); ++input) {
      now = &expected_[*input];
      const Report report = check(*runner, now->chain.prompt, now->chain.generated);
      if (report.verdict == Verdict::refuted) {
        std::rotate(order_.begin(), input, input + 1);  // what refuted last is tried first
        return Outcome::refuted;
      }
      any_output = any_output || *report.margin != Rational(1, 2);
    }
    if (any_output) return Outcome::rounded;
    if (effect_where_generating) return Outcome::decided;
    if (any_effect) return Outcome::elsewhere;
    if (weight.is_mirror) return Outcome::mirror;
    return weight.table_entry && weight.position >= longest_run_ ? Outcome::never_run
                                                                 : Outcome::without_effect;
  }

 private:
  const std::vector<Expectation>& expected_;
  std::vector<std::size_t> order_;
  std::size_t longest_run_ = 0;
};

// Counts by matrix, change and outcome.
using Tally = std::map<std::string, std::map<std::string, std::map<Outcome, std::size_t>>>;

// Tries every second weight, from the first or the second one.
Tally tally_half(const Construction& construction, const std::vector<Expectation>& expected,
                 std::size_t first) {
  Network network = construction.network();
  const std::vector<Weight> weights = non_zero_weights(network);
  Bite bite(expected);
  Tally tally;
  for (std::size_t w = first; w < weights.size(); w += 2)
    for (const Change& change : changes) {
      const Rational before = weights[w].value();
      weights[w].set(change.apply(before));
      ++tally[weights[w].matrix][change.name][bite.outcome(network, weights[w])];
      weights[w].set(before);
    }
  return tally;
}

Tally tally_all(const Construction& construction) {
  const std::vector<Expectation> expected = expectations(construction);
  auto half = std::async(std::launch::async, [&] { return tally_half(construction, expected, 1); });
  Tally tally = tally_half(construction, expected, 0);
  for (const auto& [matrix, by_change] : half.get())
    for (const auto& [change, by_outcome] : by_change)
      for (const auto& [outcome, count] : by_outcome) tally[matrix][change][outcome] += count;
  return tally;
}

using Counts = std::map<Outcome, std::size_t>;

Counts sum_of(const Tally& tally) {
  Counts all;
  for (const auto& [matrix, by_change] : tally)
    for (const auto& [change, counts] : by_change)
      for (const auto& [outcome, count] : counts) all[outcome] += count;
  return all;
}

// Percent, rounded down.
std::size_t share(const Counts& counts, const std::set<Outcome>& among) {
  std::size_t refuted = 0, whole = 0;
  for (const auto& [outcome, count] : counts) {
    if (outcome == Outcome::refuted) refuted += count;
    if (among.count(outcome) > 0) whole += count;
  }
  return 100 * refuted / whole;
}

std::size_t share_of_all(const Counts& counts) {
  std::set<Outcome> all;
  for (const auto& [outcome, name] : outcome_names) all.insert(outcome);
  return share(counts, all);
}

// Of the changes that are felt where tokens are generated.
std::size_t share_of_felt(const Counts& counts) {
  return share(counts, {Outcome::refuted, Outcome::decided, Outcome::rounded});
}

std::string table_row(const std::string& matrix, const std::string& change, Counts counts) {
  std::string row = "| " + matrix + " | " + change;
  for (const auto& [outcome, name] : outcome_names) row += " | " + std::to_string(counts[outcome]);
  return row + " | " + std::to_string(share_of_all(counts)) + " % | " +
         std::to_string(share_of_felt(counts)) + " % |\n";
}

// A table of docs/teeth.md.
std::string table(const std::string& title, const Tally& tally) {
  std::string head = "| matrix | change", rule = "| --- | ---";
  for (const auto& [outcome, name] : outcome_names) {
    head += " | " + name;
    rule += " | --:";
  }
  std::string text = "### " + title + "\n\n" + head + " | of all | of felt |\n" + rule + " | --: | --: |\n";
  for (const auto& [matrix, by_change] : tally)
    for (const auto& [change, counts] : by_change) text += table_row(matrix, change, counts);
  return text + table_row("all", "both", sum_of(tally)) + "\n";
}

// What was measured, rounded down.
struct Measured {
  AttentionKind kind;
  std::size_t of_all, of_felt;  // percent
};
const std::vector<Measured> measured{{AttentionKind::standard, 80, 92},
                                     {AttentionKind::sparse, 66, 82},
                                     {AttentionKind::strided, 63, 80},
                                     {AttentionKind::linear, 66, 86}};

}  // namespace

TEST_SUITE("slow") {
  TEST_CASE("exact verification of all inputs refutes a changed weight") {
    for (const Measured& least : measured) {
      const Tally tally =
          tally_all(compile(edit_distance({1, 1, 1}, 2), {2, 2}, least.kind, Schedule::narrow));
      std::cout << table(name(least.kind), tally);
      INFO(name(least.kind));
      CHECK(share_of_all(sum_of(tally)) >= least.of_all);
      CHECK(share_of_felt(sum_of(tally)) >= least.of_felt);
    }
  }
}
