// Running a job: every network on every input, each token compared with the dynamic program's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/job.hpp"
#include "verifier/check/check.hpp"

namespace wrought::cli {

// What a run did.
struct Work {
  std::uint64_t multiply_adds = 0;  // with both factors non-zero
  std::uint64_t rows = 0;           // tokens run through all layers
};

// One input under one network.
struct Checked {
  Report report;
  Verdict verdict = Verdict::unknown;  // the report's, and refuted if a published answer is not ours
  std::optional<std::int64_t> answer;  // decoded by the network; none if it stopped before
  std::int64_t expected = 0;           // by the dynamic program
  Work work;
  double seconds = 0;
};

// One network under all inputs.
struct Run {
  std::shared_ptr<const Construction> construction;
  RunOptions run_options;
  Shape shape;
  std::vector<Checked> checked;  // one per input of the job
  Verdict verdict = Verdict::verified;
  double seconds = 0;  // building, converting and running, whichever core did it

  AttentionKind attention() const { return construction->network().attention.kind; }
  std::size_t tokens() const;              // generated and found right
  std::optional<Rational> margin() const;  // the smallest
  const Sharpness* sharpness() const { return std::get_if<Sharpness>(&run_options.semantics); }
};

// One run per attention kind of the options, in their order.
std::vector<Run> verify(const Job& job, const Options& options);

Verdict worst_of(const std::vector<Run>& runs);

}  // namespace wrought::cli
