// wrought trace: the catalogue.
#include "cli/command.hpp"

namespace wrought::cli {
namespace { Result run_trace(const Options&) { return {}; } }
Command trace_command() { return {"trace", "the catalogue", {"--format", "--out"}, "", run_trace}; }
}  // namespace wrought::cli
