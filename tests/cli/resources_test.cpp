#include "cli/resources.hpp"

#include <doctest/doctest.h>

#include "cli/error.hpp"
#include "cli/verification.hpp"

using namespace wrought;
using namespace wrought::cli;

namespace {

Job job_of_size(const std::string& task, std::int64_t size) {
  Job job{standard_instance(*find_task(task)), size, {}};
  job.inputs.resize(1);
  return job;
}

}  // namespace

TEST_CASE("what is hopeless is refused, what is usual is not") {
  const Options options = read_options({});
  CHECK_NOTHROW(require_resources(job_of_size("edit-distance", 100), options));
  CHECK_THROWS_AS(require_resources(job_of_size("edit-distance", 1'000'000), options), UsageError);
  CHECK_THROWS_AS(require_resources(job_of_size("lis", INT64_MAX), options), UsageError);
}

TEST_CASE("the estimate covers what a run keeps") {
  for (const char* arithmetic : {"exact", "double", "interval"}) {
    CAPTURE(arithmetic);
    const Options options = read_options({{"TASK", {"lis"}},
                                          {"SEQUENCE", {"3,1,4,1,5,9,2,6"}},
                                          {"--arithmetic", {arithmetic}},
                                          {"--quiet", {}}});
    const Job job = job_with_inputs(options);
    for (const AttentionKind kind : options.attention) {
      const Construction construction = construct(job, options, kind);
      const auto runner = make_runner(construction.network(), run_options(options, construction));
      const ChainOfThought chain = construction.encode(job.inputs.front().sequences);
      check(*runner, chain.prompt, chain.generated);
      CHECK(memory_estimate(job, options) >= runner->statistics().cache_bytes);
    }
  }
}
