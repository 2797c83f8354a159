// Why an input was not verified: the first difference, and the registers of the row that should have generated the
// token.
#pragma once

#include "cli/table.hpp"
#include "cli/verification.hpp"

namespace wrought::cli {

// Adds the explanation of the first input of the run that is not verified.
void explain_failure(Document& document, const Job& job, const Run& run);

// "verified", or "proved" where interval arithmetic makes it one.
std::string verdict_text(Verdict verdict, const Options& options);

// "verified ×4", "verified ×3, refuted ×1", over all inputs of all runs.
std::string summary_text(const std::vector<Run>& runs, const Options& options);

}  // namespace wrought::cli
