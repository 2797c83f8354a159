#include "constructions/memory_plan.hpp"

#include <algorithm>
#include <stdexcept>

#include "constructions/dp/locality.hpp"

namespace wrought {

namespace {

std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

void require_lengths(const Problem& problem, const std::vector<std::int64_t>& max_lengths) {
  if (max_lengths.size() != problem.inputs.size())
    throw std::invalid_argument(problem.name + " has " + std::to_string(problem.inputs.size()) + " inputs, not " +
                                std::to_string(max_lengths.size()));
  for (const std::int64_t n : max_lengths)
    if (n < 1) throw std::invalid_argument("lengths start at 1, not at " + std::to_string(n));
}

void require_block(std::size_t block, std::size_t length) {
  if (block < 1 || block > length)
    throw std::invalid_argument("the block must be in 1.." + std::to_string(length) + ", not " + std::to_string(block));
}

std::vector<std::size_t> fetched_fields(const Problem& problem) {
  Variables variables(problem);
  std::vector<std::size_t> fields;
  for (const Dependency& d : dependencies(problem, variables))
    if (!is_previous_token(d) && std::find(fields.begin(), fields.end(), d.field) == fields.end())
      fields.push_back(d.field);
  std::sort(fields.begin(), fields.end());
  return fields;
}

}  // namespace

ConstructionPlan plan_construction(const Problem& problem, const std::vector<std::int64_t>& max_lengths,
                                   AttentionKind kind, Schedule schedule, std::optional<std::size_t> block) {
  require_lengths(problem, max_lengths);
  ConstructionPlan plan;
  plan.max_length = static_cast<std::size_t>(max_sequence_length(problem, max_lengths));
  plan.fetched_fields = fetched_fields(problem);
  plan.attention.kind = kind;
  plan.memory.one_region = schedule != Schedule::shallow;
  if (block) require_block(*block, plan.max_length);

  const std::size_t m = plan.distance = static_cast<std::size_t>(max_distance(problem, max_lengths));
  const bool local = is_local(m, plan.max_length);
  std::size_t B = block.value_or(ceil_sqrt(plan.max_length));
  switch (kind) {
    case AttentionKind::standard:
      plan.memory.method = LookupMethod::window;
      break;
    case AttentionKind::sparse:
      if (local && !block) B = std::max(B, m);
      if (local && B < m)
        throw std::invalid_argument("a block of " + std::to_string(B) + " is too small for " + problem.name +
                                    ": it needs a window of at least its largest distance, " + std::to_string(m));
      plan.memory.method = B >= m ? LookupMethod::window : LookupMethod::block;
      break;
    case AttentionKind::strided:
      plan.memory.method = B == 1 ? LookupMethod::window : LookupMethod::stride;  // stride 1 shows everything
      break;
    case AttentionKind::linear:
      plan.memory.method = LookupMethod::block_sum;
      if (!local || plan.fetched_fields.empty()) break;
      plan.memory.method = LookupMethod::telescoping;
      ++plan.max_length;  // the BOS
      B = block.value_or(ceil_sqrt(m));
      break;
  }
  plan.attention.block = plan.memory.B = B;
  const std::size_t addresses = plan.has_bos() ? m : plan.max_length;
  plan.memory.A = (addresses + B - 1) / B;
  if (kind == AttentionKind::linear) plan.memory.C = anchored_divisor(plan.max_length, plan.memory.A, B);
  return plan;
}

const char* construction_name(const ConstructionPlan& plan) {
  if (plan.is_plain) return "C5";
  switch (plan.memory.method) {
    case LookupMethod::window: return plan.attention.kind == AttentionKind::sparse ? "C3" : "C0";
    case LookupMethod::block:
    case LookupMethod::stride: return "C1";
    case LookupMethod::block_sum: return "C2";
    case LookupMethod::telescoping: break;
  }
  return "C4";
}

}  // namespace wrought
