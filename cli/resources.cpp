#include "cli/resources.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/error.hpp"
#include "cli/words.hpp"
#include "constructions/dp/positions.hpp"

namespace wrought::cli {

namespace {

Integer physical_memory() { return Integer(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGE_SIZE); }

Integer ceil_sqrt(const Integer& n) {
  const Integer root = sqrt(n);
  return root * root < n ? Integer(root + 1) : root;
}

// One number at work, with what the allocator adds.
Integer bytes_per_number(const ArithmeticChoice& arithmetic) {
  switch (arithmetic.kind) {
    case ArithmeticKind::machine_double: return 8;
    case ArithmeticKind::exact: return 32;
    case ArithmeticKind::bits: return 48 + arithmetic.precision / 8;
    case ArithmeticKind::interval: break;
  }
  return 2 * (48 + arithmetic.precision / 8);
}

bool caches_blocks(AttentionKind kind) {
  return kind == AttentionKind::sparse || kind == AttentionKind::strided;
}

// Most numbers that a construction keeps per token, found by running it: position features, keys, and for sparse and
// strided heads a block of values per fetch, which in the smooth semantics are small but not zero.
Integer numbers_per_token(const Job& job, const Options& options, const Integer& block) {
  const Integer fixed = 40;
  const bool blocks = !options.arithmetic.is_exact() && !job.inputs.empty() &&
                      !job.task->own && std::any_of(options.attention.begin(), options.attention.end(), caches_blocks);
  if (!blocks) return fixed;
  Variables variables(job.problem);
  return fixed + 2 * block * dependencies(job.problem, variables).size();
}

}  // namespace

Integer max_length(const Job& job) {
  if (job.task->own) return job.task->own->max_length(job.size);
  try {
    return max_sequence_length(job.problem, std::vector<std::int64_t>(job.problem.inputs.size(), job.size));
  } catch (const Inadmissible& error) {
    throw UsageError("--size " + std::to_string(job.size) + ": " + error.what());
  }
}

Integer memory_estimate(const Job& job, const Options& options) {
  const Integer length = max_length(job);
  const Integer block = options.block ? Integer(*options.block) : ceil_sqrt(length);
  const Integer tokens_and_states = 400 * length;
  return tokens_and_states +
         length * numbers_per_token(job, options, block) * bytes_per_number(options.arithmetic);
}

void require_resources(const Job& job, const Options& options) {
  const Integer length = max_length(job), need = memory_estimate(job, options), have = physical_memory();
  if (length <= (Integer(1) << 31) && need <= have) return;
  throw UsageError("size " + std::to_string(job.size) + " is too large: L = " + length.str() +
                   " tokens, D about " + ceil_sqrt(length).str() + ", about " + bytes_text(need) +
                   " of memory; this machine has " + bytes_text(have) + ", and L may be at most 2^31");
}

}  // namespace wrought::cli
