#include "cli/program.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/output.hpp"
#include "cli/suggest.hpp"
#include "cli/version.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// The options of one command as CLI11 knows them. Values stay text: read_options() says what they mean.
using Declared = std::vector<std::pair<std::string, CLI::Option*>>;

CLI::Option* declare(CLI::App& app, const OptionSpec& spec) {
  const bool positional = !spec.name.starts_with("-");
  if (!positional && spec.value_name.empty()) return app.add_flag(spec.name, spec.help);
  CLI::Option* option = app.add_option(spec.name, CLI::callback_t(), spec.help);
  if (positional)
    option->type_name("");
  else
    option->type_name(spec.value_name);
  // All values are taken, so that an option given twice can be refused by name.
  if (positional && spec.repeatable)
    option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
  else
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
  return option;
}

Declared declare_all(CLI::App& app, const Command& command) {
  Declared declared;
  for (const OptionSpec& spec : option_specs())
    if (std::find(command.options.begin(), command.options.end(), spec.name) != command.options.end())
      declared.emplace_back(spec.name, declare(app, spec));
  return declared;
}

Arguments arguments_of(const Declared& declared) {
  Arguments arguments;
  for (const auto& [name, option] : declared)
    if (option->count() > 0) arguments[name] = option->results();
  return arguments;
}

std::vector<std::string> dashed(const Command& command) {
  std::vector<std::string> names;
  for (const std::string& name : command.options)
    if (name.starts_with("-")) names.push_back(name);
  names.emplace_back("--help");
  return names;
}

void require_known(const std::vector<std::string>& extras, const Command& command) {
  for (const std::string& extra : extras) {
    if (extra == "--") continue;
    if (extra.size() > 1 && extra.starts_with('-'))
      throw unknown_name("option of " + command.name, extra.substr(0, extra.find('=')), dashed(command));
    throw UsageError("unexpected argument " + in_quotes(extra) + "; see wrought " + command.name + " --help");
  }
}

// CLI11 would take [3,1] apart, as two arguments.
void require_no_brackets(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i)
    if (const std::string_view text = argv[i]; text.starts_with('[') && text.ends_with(']'))
      throw UsageError("unexpected argument " + in_quotes(text) +
                       "; write sequences without brackets, as 3,1,4 or kitten");
}

[[noreturn]] void refuse_command(const std::vector<std::string>& extras) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  const std::string& given = extras.front();
  if (given.starts_with('-')) throw unknown_name("option", given, {"--help", "--version"});
  throw unknown_name("command", given, names);
}

class Program {
 public:
  Program()
      : app_("Transformers wrought by hand from proofs, and verified.", tool_name), commands_(commands()) {
    app_.set_version_flag("--version", std::string(tool_name) + " " + tool_version);
    app_.set_help_flag("--help,-h", "this help; `wrought COMMAND --help` for a command");
    app_.get_formatter()->column_width(26);
    app_.allow_extras();
    app_.footer(
        "Examples:\n"
        "  wrought verify edit-distance kitten sitting\n"
        "  wrought verify lis 3,1,4,1,5,9,2,6 --attention linear --arithmetic interval\n"
        "  wrought show edit-distance --size 8 --attention sparse\n"
        "  wrought trace reversed-sums 3,1,4 --attention strided\n\n"
        "Exit codes: 0 verified, 1 refuted, 2 usage error, 3 unknown, 4 internal error.");
    for (const Command& command : commands_) {
      CLI::App* app = app_.add_subcommand(command.name, command.summary);
      app->set_help_flag("--help,-h", "this help");
      app->get_formatter()->column_width(26);
      app->allow_extras();
      app->footer("Examples:\n" + command.examples);
      apps_.push_back(app);
      declared_.push_back(declare_all(*app, command));
    }
  }

  // The help or the version, if that was asked for; otherwise what the chosen command has to say.
  int run(int argc, const char* const* argv) {
    if (argc <= 1) return print(app_.help());
    require_no_brackets(argc, argv);
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      return print(help());
    } catch (const CLI::CallForVersion&) {
      return print(app_.version() + "\n");
    } catch (const CLI::ParseError& error) {
      throw UsageError(error.what());
    }
    for (std::size_t c = 0; c < commands_.size(); ++c)
      if (apps_[c]->parsed()) return run(c);
    refuse_command(app_.remaining());
  }

 private:
  int run(std::size_t c) {
    require_known(apps_[c]->remaining(), commands_[c]);
    const Options options = read_options(arguments_of(declared_[c]));
    const Output output(options.out);
    const Result result = commands_[c].run(options);
    output.write(result.text);
    return static_cast<int>(result.exit_code);
  }

  std::string help() const {
    for (const CLI::App* app : apps_)
      if (app->parsed()) return app->help();
    return app_.help();
  }

  static int print(const std::string& text) {
    Output(std::nullopt).write(text);
    return static_cast<int>(ExitCode::verified);
  }

  CLI::App app_;
  std::vector<Command> commands_;
  std::vector<CLI::App*> apps_;
  std::vector<Declared> declared_;
};

int complain(ExitCode code, const std::string& what) {
  std::fputs(("wrought: " + printable(what) + "\n").c_str(), stderr);
  return static_cast<int>(code);
}

}  // namespace

std::vector<Command> commands() {
  return {tasks_command(), verify_command(), show_command(),
          trace_command()};
}

int run_program(int argc, const char* const* argv) {
  try {
    return Program().run(argc, argv);
  } catch (const UsageError& error) {
    return complain(ExitCode::usage, error.what());
  } catch (const OutputError& error) {
    return complain(ExitCode::internal, error.what());
  } catch (const std::bad_alloc&) {
    return complain(ExitCode::internal, "out of memory; a smaller --size needs less");
  } catch (const std::exception& error) {
    return complain(ExitCode::internal, std::string("internal error: ") + error.what());
  }
}

}  // namespace wrought::cli
