// wrought show: the catalogue.
#include "cli/command.hpp"

namespace wrought::cli {
namespace { Result run_show(const Options&) { return {}; } }
Command show_command() { return {"show", "the catalogue", {"--format", "--out"}, "", run_show}; }
}  // namespace wrought::cli
