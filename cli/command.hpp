// A command of the program: what it is called, which options it takes, what it does.
#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/options.hpp"

namespace wrought::cli {

// What a command has to say. It prints nothing itself.
struct Result {
  std::string text;
  ExitCode exit_code = ExitCode::verified;
  std::vector<std::pair<std::string, std::string>> files = {};  // names and contents, for --out where that is a folder
};

struct Command {
  std::string name;
  std::string summary;               // one line
  std::vector<std::string> options;  // names of option_specs() that it takes
  std::string examples;              // lines for its help
  Result (*run)(const Options&) = nullptr;
  bool out_is_folder = false;
};

// One file each.
Command tasks_command();
Command verify_command();
Command show_command();
Command trace_command();
Command scale_command();
Command precision_command();
Command certify_command();
Command bounds_command();
Command horizon_command();
Command lemmas_command();
Command statements_command();

// All commands, in the order of the help.
std::vector<Command> commands();

}  // namespace wrought::cli
