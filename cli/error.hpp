// The two ways in which a command ends early without a verdict and without a mistake of ours.
#pragma once

#include <stdexcept>

namespace wrought::cli {

// The user's mistake: what was wrong and what would be right, in one line.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Results that could not be written.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace wrought::cli
