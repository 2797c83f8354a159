// Lower bounds on the width: what crosses the cut, the least width, and no construction below it.
#include "proofs/bounds/width.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "constructions/tasks/catalogue.hpp"
#include "proofs/bounds/chain_count.hpp"

using namespace wrought;

namespace {

std::vector<AttentionKind> kinds(const Task& task) {
  if (task.own) return task.own->kinds;
  return {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear};
}

Construction build(const Task& task, const TaskParameters& p, std::int64_t size, AttentionKind kind,
                   Schedule schedule) {
  if (task.own) return task.own->build(p, size, kind, schedule, std::nullopt);
  const Problem problem = task.problem(p);
  return compile(problem, std::vector<std::int64_t>(problem.inputs.size(), size), kind, schedule);
}

Attention attention(AttentionKind kind, std::size_t block, std::size_t window, std::size_t globals) {
  return {kind, block, window, globals};
}

// The definition: tokens before the cut that some token behind it sees.
std::size_t seen_from_behind(const Attention& pattern, std::size_t before) {
  std::vector<bool> seen(before, false);
  for (std::size_t i = before; i < before + 4 * pattern.block * pattern.window + 8; ++i)
    pattern.for_each_visible(i, [&](std::size_t j) {
      if (j < before) seen[j] = true;
    });
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
}

std::size_t tokens_before_cut(const Construction& c, const std::vector<std::int64_t>& lengths) {
  std::size_t prompt = c.format.has_bos() ? 1 : 0;
  for (const std::int64_t n : lengths) prompt += static_cast<std::size_t>(n) + 1;
  return prompt - 1;
}

}  // namespace

TEST_CASE("width_ge_of_visible_tokens: as many tokens are visible as the pattern shows") {
  for (std::size_t before = 0; before < 30; ++before) {
    CHECK(*visible_tokens(attention(AttentionKind::standard, 1, 1, 1), before) == before);
    for (std::size_t block = 1; block <= 7; ++block)
      for (std::size_t window = 1; window <= 2; ++window)
        for (std::size_t globals = 0; globals <= block; ++globals) {
          const Attention pattern = attention(AttentionKind::sparse, block, window, globals);
          CAPTURE(before);
          CAPTURE(block);
          CAPTURE(globals);
          CHECK(*visible_tokens(pattern, before) == seen_from_behind(pattern, before));
        }
  }
}

TEST_CASE("strided attention: every input token stays visible, so nothing is claimed") {
  const Attention pattern = attention(AttentionKind::strided, 5, 1, 1);
  CHECK(seen_from_behind(pattern, 23) == 23);
  CHECK(!visible_tokens(pattern, 23));
  CHECK(!width_ge({pattern, 4, 4, 4, 1}, HeadShape::own, 23, 1000, 8));
}

TEST_CASE("width_ge: the least width whose numbers can tell the chains apart") {
  const NetworkClass linear{attention(AttentionKind::linear, 1, 1, 1), 5, 3, 4, 2};
  const NetworkClass sparse{attention(AttentionKind::sparse, 4, 1, 1), 5, 3, 4, 2};
  for (const NetworkClass& networks : {linear, sparse})
    for (const HeadShape shape : {HeadShape::own, HeadShape::paper})
      for (const unsigned bits : {1u, 7u})
        for (unsigned exponent = 0; exponent < 400; exponent += 7)
          for (const int more : {0, 1}) {
            const Integer chains = (Integer(1) << exponent) + more;
            const Integer width = *width_ge(networks, shape, 12, chains, bits);
            const auto numbers = [&](const Integer& D) { return *crossing_numbers(networks, shape, 12, D); };
            const auto values = [&](const Integer& D) {
              return Integer(1) << static_cast<unsigned>(bits * numbers(D));
            };
            CHECK(values(width) >= chains);
            if (width > 1) CHECK(values(width - 1) < chains);
          }
}

TEST_CASE("crossing numbers by hand") {
  const NetworkClass linear{attention(AttentionKind::linear, 1, 1, 1), 5, 3, 4, 2};
  CHECK(*crossing_numbers(linear, HeadShape::own, 12, 7) == 4 * (49 + 7));
  CHECK(*crossing_numbers(linear, HeadShape::paper, 12, 7) == 5 * 2 * (16 + 4));  // ⌈7/2⌉ = 4
  const NetworkClass sparse{attention(AttentionKind::sparse, 4, 1, 1), 5, 3, 4, 2};
  CHECK(*crossing_numbers(sparse, HeadShape::own, 12, 7) == (3 + 2) * 3 * 7);  // 9, 10, 11 and the ends 3, 7
  CHECK(*crossing_numbers(sparse, HeadShape::paper, 12, 7) == 5 * 5 * 7);
}

TEST_CASE("networks without heads tell nothing apart, whatever their width") {
  const NetworkClass blind{attention(AttentionKind::linear, 1, 1, 1), 3, 0, 0, 0};
  CHECK(!width_ge(blind, HeadShape::own, 5, 2, 8));
  CHECK(!width_ge(blind, HeadShape::paper, 5, 2, 8));
  CHECK(*width_ge(blind, HeadShape::own, 5, 1, 8) == 1);
}

TEST_CASE("no construction is narrower than the bound, nor carries less than its chains need") {
  for (const Task& task : catalogue())
    for (const std::int64_t size : {1, 2, 7, 16}) {
      TaskParameters p = standard_parameters(task);
      if (!task.size_parameter.empty()) p[task.size_parameter] = size;
      const ChainEvidence chains = count_chains(task, p, task.problem(p), size);
      for (const AttentionKind kind : kinds(task))
        for (const Schedule schedule : all_schedules()) {
          const Construction c = build(task, p, size, kind, schedule);
          CAPTURE(task.name + " " + std::to_string(size) + " " + name(kind) + " " + name(schedule));
          const Shape s = shape(c.network());
          const unsigned bits = standard_bits(s.length);
          const WidthBounds bounds =
              width_bounds(c.network(), tokens_before_cut(c, chains.lengths), chains.at_least(), bits);
          CHECK(bounds.width.has_value() == (kind != AttentionKind::strided));
          if (!bounds.width) continue;
          CHECK(*bounds.width <= std::max(s.width, s.head_dim));
          CHECK(*bounds.paper_width <= s.paper_width);
          CHECK(*bounds.numbers * bits >= ceil_log2(chains.at_least()));
        }
    }
}

TEST_CASE("more chains than a network's numbers can tell apart ask for more than its width") {
  const Task& task = *find_task("reversed-sums");
  const Construction c =
      compile(task.problem(standard_parameters(task)), {16}, AttentionKind::linear, Schedule::narrow);
  const unsigned bits = standard_bits(c.network().max_length);
  const Integer width = c.network().width;
  const Integer all = *crossing_numbers(class_of(c.network()), HeadShape::own, 16, width) * bits;
  const Integer too_many = (Integer(1) << static_cast<unsigned>(all)) + 1;
  CHECK(*width_ge(class_of(c.network()), HeadShape::own, 16, too_many, bits) == width + 1);
}
