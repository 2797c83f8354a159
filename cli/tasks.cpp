// wrought tasks: the catalogue.
#include "cli/command.hpp"

namespace wrought::cli {
namespace { Result run_tasks(const Options&) { return {}; } }
Command tasks_command() { return {"tasks", "the catalogue", {"--format", "--out"}, "", run_tasks}; }
}  // namespace wrought::cli
