#include "cli/program.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>

#include "cli/command.hpp"
#include "cli/error.hpp"
#include "cli/output.hpp"
#include "cli/suggest.hpp"
#include "cli/version.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

using Words = std::vector<std::string>;

Words names(const std::vector<Command>& all) {
  Words result;
  for (const Command& command : all) result.push_back(command.name);
  return result;
}

// One command as CLI11 knows it. Values stay text: read_options() says what they mean.
class CommandLine {
 public:
  explicit CommandLine(const Command& command)
      : command_(command), app_(command.summary, std::string(tool_name) + " " + command.name) {
    app_.set_help_flag("--help,-h", "this help");
    app_.get_formatter()->column_width(26);
    app_.allow_extras();
    app_.footer("Examples:\n" + command.examples);
    for (const OptionSpec& spec : option_specs())
      if (takes(spec.name)) declared_.emplace_back(spec.name, declare(spec));
  }

  // Nothing if the help was asked for.
  std::optional<Arguments> parse(const Words& words) {
    const auto mark = std::find(words.begin(), words.end(), "--");
    if (!parse_options({words.begin(), mark})) return std::nullopt;
    Arguments arguments;
    for (const auto& [name, option] : declared_)
      if (option->count() > 0) arguments[name] = option->results();
    if (mark != words.end()) add_positionals({mark + 1, words.end()}, arguments);
    return arguments;
  }

  std::string help() const { return app_.help(); }

 private:
  bool takes(const std::string& option) const {
    return std::find(command_.options.begin(), command_.options.end(), option) != command_.options.end();
  }

  CLI::Option* declare(const OptionSpec& spec) {
    const bool positional = !spec.name.starts_with("-");
    if (!positional && spec.value_name.empty())
      return app_.add_flag(spec.name, spec.help)->disable_flag_override();
    CLI::Option* option = app_.add_option(spec.name, CLI::callback_t(), spec.help);
    option->type_name(spec.value_name);
    // All values are taken, so that an option given twice can be refused by name.
    if (positional && spec.repeatable)
      option->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
    else
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    return option;
  }

  bool parse_options(const Words& words) {
    require_no_brackets(words);
    try {
      app_.parse(Words(words.rbegin(), words.rend()));  // CLI11 wants the last word first
    } catch (const CLI::CallForHelp&) {
      return false;
    } catch (const CLI::ArgumentMismatch& error) {
      throw mismatch(error.what());
    } catch (const CLI::ParseError& error) {
      throw UsageError(error.what());
    }
    require_no_extras();
    return true;
  }

  // CLI11 says "--size: 1 required N missing" or "quiet was given a disallowed flag override".
  static UsageError mismatch(const std::string& message) {
    const std::string option = message.substr(0, message.find_first_of(": "));
    return UsageError((option.starts_with('-') ? option : "--" + option) +
                      (message.ends_with("missing") ? " needs a value" : " takes no value"));
  }

  // CLI11 would take [3,1] apart, as two arguments.
  static void require_no_brackets(const Words& words) {
    for (const std::string& word : words)
      if (word.starts_with('[') && word.ends_with(']'))
        throw UsageError("unexpected argument " + in_quotes(word) +
                         "; write sequences without brackets, as 3,1,4 or kitten");
  }

  void require_no_extras() const {
    for (const std::string& extra : app_.remaining()) {
      if (extra.size() > 1 && extra.starts_with('-'))
        throw unknown_name("option of " + command_.name, extra.substr(0, extra.find('=')), option_names());
      throw unexpected(extra);
    }
  }

  // What follows -- are words, however they look.
  void add_positionals(const Words& words, Arguments& arguments) const {
    for (const std::string& word : words) {
      if (takes("TASK") && !arguments.contains("TASK"))
        arguments["TASK"].push_back(word);
      else if (takes("SEQUENCE"))
        arguments["SEQUENCE"].push_back(word);
      else
        throw unexpected(word);
    }
  }

  UsageError unexpected(const std::string& word) const {
    return UsageError("unexpected argument " + in_quotes(word) + "; see " + app_.get_name() + " --help");
  }

  Words option_names() const {
    Words result;
    for (const std::string& name : command_.options)
      if (name.starts_with("-")) result.push_back(name);
    result.emplace_back("--help");
    return result;
  }

  const Command& command_;
  CLI::App app_;
  std::vector<std::pair<std::string, CLI::Option*>> declared_;
};

std::string program_help() {
  CLI::App app("Transformers wrought by hand from proofs, and verified.", tool_name);
  app.set_version_flag("--version", tool_version);
  app.set_help_flag("--help,-h", "this help; `wrought COMMAND --help` for a command");
  app.get_formatter()->column_width(26);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  for (const Command& command : commands())
    app.add_subcommand(command.name, command.summary)->group("Commands");
  app.footer(
      "Examples:\n"
      "  wrought verify edit-distance kitten sitting\n"
      "  wrought verify lis 3,1,4,1,5,9,2,6 --attention linear --arithmetic interval\n"
      "  wrought show edit-distance --size 8 --attention sparse\n"
      "  wrought trace reversed-sums 3,1,4 --attention strided\n\n"
      "Exit codes: 0 verified, 1 refuted, 2 usage error, 3 unknown, 4 internal error.");
  return app.help();
}

int print(const std::string& text) {
  Output(std::nullopt).write(text);
  return static_cast<int>(ExitCode::verified);
}

int run_command(const Command& command, const Words& words) {
  CommandLine line(command);
  const std::optional<Arguments> arguments = line.parse(words);
  if (!arguments) return print(line.help());
  const Options options = read_options(*arguments);
  const Output output(command.out_is_folder ? std::nullopt : options.out);
  const Result result = command.run(options);
  if (command.out_is_folder && options.out) write_files(*options.out, result.files);
  output.write(result.text);
  return static_cast<int>(result.exit_code);
}

int run(const Words& words) {
  if (words.empty() || words.front() == "--help" || words.front() == "-h") return print(program_help());
  const std::string& first = words.front();
  if (first == "--version") return print(std::string(tool_name) + " " + tool_version + "\n");
  if (first.starts_with('-')) throw unknown_name("option", first, {"--help", "--version"});
  const std::vector<Command> all = commands();
  const auto command =
      std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == first; });
  if (command == all.end()) throw unknown_name("command", first, names(all));
  return run_command(*command, {words.begin() + 1, words.end()});
}

int complain(ExitCode code, const std::string& what) {
  std::fputs(("wrought: " + printable(what) + "\n").c_str(), stderr);
  return static_cast<int>(code);
}

}  // namespace

std::vector<Command> commands() {
  return {tasks_command(), verify_command(),    show_command(),    trace_command(),
          scale_command(), precision_command(), certify_command(), bounds_command(),
          horizon_command(), lemmas_command(), statements_command()};
}

int run_program(int argc, const char* const* argv) {
  try {
    return run(Words(argv + std::min(argc, 1), argv + argc));
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
