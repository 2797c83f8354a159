// What a job would need, said before anything is allocated.
#pragma once

#include "cli/job.hpp"

namespace wrought::cli {

// L of a job: tokens of its longest sequence.
Integer max_length(const Job& job);

// Estimate of the memory that one network of the job takes, its run included. Deliberately generous: it is there to
// refuse what is hopeless, by orders of magnitude.
Integer memory_estimate(const Job& job, const Options& options);

// Throws UsageError, saying what would be needed, if the machine has not that much memory or L exceeds 2^31.
void require_resources(const Job& job, const Options& options);

}  // namespace wrought::cli
