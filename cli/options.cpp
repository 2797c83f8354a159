#include "cli/options.hpp"

#include <algorithm>

#include "cli/error.hpp"
#include "cli/parse_number.hpp"
#include "cli/suggest.hpp"
#include "cli/words.hpp"
#include "constructions/tasks/catalogue.hpp"

namespace wrought::cli {

namespace {

constexpr unsigned standard_interval_bits = 128;
constexpr unsigned most_bits = 1u << 16;  // of verifier/numbers
constexpr std::int64_t most_inputs = 1'000'000;

template <class Choice>
struct Named {
  const char* name;
  Choice value;
};

constexpr Named<Format> formats[] = {{"text", Format::text},
                                     {"markdown", Format::markdown},
                                     {"csv", Format::csv},
                                     {"json", Format::json},
                                     {"latex", Format::latex}};

template <class Values>
std::vector<std::string> names_of(const Values& values) {
  std::vector<std::string> names;
  for (const auto& value : values) names.push_back(wrought::name(value));
  return names;
}

// The value of that name; refuses names there are none of.
template <class Value>
Value choose(const std::string& what, const std::string& given, const std::vector<Value>& values) {
  for (const Value value : values)
    if (wrought::name(value) == given) return value;
  throw unknown_name(what, given, names_of(values));
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts{""};
  for (const char c : text)
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

void add_once(std::vector<AttentionKind>& kinds, AttentionKind kind) {
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
}

// Those for which the task has a construction.
std::vector<AttentionKind> admissible_kinds(const std::string& task_name) {
  const Task* task = find_task(task_name);
  return task && task->own ? task->own->kinds : all_attention_kinds();
}

std::vector<AttentionKind> read_attention(const std::vector<std::string>& values,
                                          const std::vector<AttentionKind>& admissible) {
  std::vector<AttentionKind> kinds;
  for (const std::string& value : values)
    for (const std::string& word : split(value, ',')) {
      if (word == "all") {
        for (const AttentionKind kind : admissible) add_once(kinds, kind);
        continue;
      }
      std::vector<std::string> valid = names_of(all_attention_kinds());
      valid.push_back("all");
      if (std::find(valid.begin(), valid.end(), word) == valid.end())
        throw unknown_name("attention", word, valid);
      add_once(kinds, choose("attention", word, all_attention_kinds()));
    }
  return kinds;
}

unsigned read_bits(const std::string& arithmetic, const std::string& bits) {
  return static_cast<unsigned>(
      parse_integer("the precision of --arithmetic " + arithmetic + ":P", bits, 2, most_bits));
}

ArithmeticChoice read_arithmetic(const std::string& text) {
  const std::vector<std::string> valid{"exact", "interval", "interval:P", "double", "bits:P"};
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  const bool has_bits = colon != std::string::npos;
  const std::string bits = has_bits ? text.substr(colon + 1) : "";
  if (text == "exact") return {ArithmeticKind::exact, 0};
  if (text == "double") return {ArithmeticKind::machine_double, 0};
  if (kind == "interval")
    return {ArithmeticKind::interval, has_bits ? read_bits(kind, bits) : standard_interval_bits};
  if (kind == "bits" && !has_bits)
    throw UsageError("--arithmetic bits needs a precision, for instance bits:24");
  if (kind == "bits") return {ArithmeticKind::bits, read_bits(kind, bits)};
  throw unknown_name("arithmetic", text, valid);
}

Format read_format(const std::string& text) {
  std::vector<std::string> valid;
  for (const auto& format : formats) {
    if (text == format.name) return format.value;
    valid.emplace_back(format.name);
  }
  throw unknown_name("format", text, valid);
}

std::pair<std::string, std::string> read_parameter(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError("--param takes name=value, for instance --param insert=2, not " + in_quotes(text));
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<std::int64_t> read_sizes(const std::string& text) {
  std::vector<std::int64_t> sizes;
  for (const std::string& word : split(text, ',')) {
    const std::int64_t size = parse_integer("--sizes", word, 1, INT64_MAX);
    if (!sizes.empty() && size <= sizes.back())
      throw UsageError("--sizes must increase, each size once: " + std::to_string(size) + " comes after " +
                       std::to_string(sizes.back()));
    sizes.push_back(size);
  }
  return sizes;
}

std::string read_path(const std::string& option, const std::string& path) {
  if (path.empty()) throw UsageError(option + " needs the name of a file");
  return path;
}

class Reader {
 public:
  explicit Reader(const Arguments& arguments) : arguments_(arguments) {}

  bool has(const std::string& option) const { return arguments_.contains(option); }

  std::vector<std::string> all(const std::string& option) const {
    const auto found = arguments_.find(option);
    return found == arguments_.end() ? std::vector<std::string>{} : found->second;
  }

  // read(text) if the option was given.
  template <class Read>
  auto get(const std::string& option, Read read) const -> std::optional<decltype(read(std::string()))> {
    if (!has(option)) return std::nullopt;
    return read(all(option).front());
  }

  std::optional<std::int64_t> integer(const std::string& option, std::int64_t lo, std::int64_t hi) const {
    return get(option, [&](const std::string& text) { return parse_integer(option, text, lo, hi); });
  }

  std::optional<std::size_t> count(const std::string& option, std::int64_t hi) const {
    const std::optional<std::int64_t> value = integer(option, 1, hi);
    return value ? std::optional<std::size_t>(static_cast<std::size_t>(*value)) : std::nullopt;
  }

  std::optional<Rational> positive(const std::string& option) const {
    return get(option, [&](const std::string& text) { return parse_positive(option, text); });
  }

 private:
  const Arguments& arguments_;
};

void require_given_once(const Arguments& arguments) {
  for (const OptionSpec& spec : option_specs()) {
    const auto found = arguments.find(spec.name);
    if (found != arguments.end() && found->second.size() > 1 && !spec.repeatable)
      throw UsageError(spec.name + " is given twice; give it once");
  }
}

void require_one_source(const Options& options) {
  std::vector<std::string> sources;
  if (!options.sequences.empty()) sources.emplace_back("SEQUENCE");
  if (options.random) sources.emplace_back("--random");
  if (options.exhaustive) sources.emplace_back("--exhaustive");
  if (options.inputs) sources.emplace_back("--inputs");
  if (sources.size() > 1)
    throw UsageError(joined(sources, " and ") + " do not go together; give one of them");
}

void require_compatible(const Options& options) {
  require_one_source(options);
  if (options.seed && !options.random) throw UsageError("--seed belongs to --random, which is not given");
  const bool only_standard = options.attention == std::vector<AttentionKind>{AttentionKind::standard};
  if (options.block && only_standard)
    throw UsageError("--block does not go with standard attention, which has no blocks");
}

std::string schedule_names() { return joined(names_of(all_schedules()), "|"); }

}  // namespace

const std::vector<OptionSpec>& option_specs() {
  static const std::vector<OptionSpec> specs{
      {"TASK", "", "a task; `wrought tasks` lists them"},
      {"NAME", "", "one lemma or statement only [all]"},
      {"SEQUENCE", "",
       "one argument per input: letters (kitten), integers (3,1,4,1,5) or an expression ('7*5/(6+4)')", true},
      {"--attention", "KIND", "standard|sparse|strided|linear, several separated by commas, or all that the task admits [all]",
       true},
      {"--size", "N", "bound on every input length [what the given input needs]"},
      {"--sizes", "N,N,…", "several such bounds, increasing"},
      {"--param", "NAME=VALUE", "a parameter of the task; may be repeated", true},
      {"--arithmetic", "A", "exact|interval|interval:P|double|bits:P, P the precision in bits [exact]"},
      {"--schedule", "S", schedule_names() + " [narrow]"},
      {"--kappa", "X", "sharpness of GeLU [standard for the network]"},
      {"--tau", "X", "sharpness of softmax [standard for the network]"},
      {"--lambda", "X", "sharpness of linear attention [standard for the network]"},
      {"--block", "B", "block size of attention and memory [⌈√L⌉]"},
      {"--bits", "b", "numbers take at most 2^b values [2⌈log₂ L⌉ + 18]"},
      {"--random", "K", "K random inputs of random lengths up to N"},
      {"--seed", "S", "of the random inputs [1]"},
      {"--exhaustive", "", "every input of every length up to N"},
      {"--inputs", "FILE", "one input per line, sequences separated by |, symbols by blanks"},
      {"--format", "F", "text|markdown|csv|json|latex [text]"},
      {"--out", "FILE", "write the result to FILE instead of standard output"},
      {"--quiet", "", "no progress on standard error"},
  };
  return specs;
}

const std::vector<AttentionKind>& all_attention_kinds() {
  static const std::vector<AttentionKind> kinds{AttentionKind::standard, AttentionKind::sparse,
                                                AttentionKind::strided, AttentionKind::linear};
  return kinds;
}

std::string name(const ArithmeticChoice& arithmetic) {
  switch (arithmetic.kind) {
    case ArithmeticKind::exact: return "exact";
    case ArithmeticKind::machine_double: return "double";
    case ArithmeticKind::interval: return "interval:" + std::to_string(arithmetic.precision);
    case ArithmeticKind::bits: break;
  }
  return "bits:" + std::to_string(arithmetic.precision);
}

Options read_options(const Arguments& arguments) {
  require_given_once(arguments);
  const Reader reader(arguments);
  Options options;
  options.task = reader.get("TASK", [](const std::string& text) { return text; }).value_or("");
  options.name = reader.get("NAME", [](const std::string& text) { return text; }).value_or("");
  options.sequences = reader.all("SEQUENCE");
  const std::vector<AttentionKind> admissible = admissible_kinds(options.task);
  options.attention =
      reader.has("--attention") ? read_attention(reader.all("--attention"), admissible) : admissible;
  options.size = reader.integer("--size", 1, INT64_MAX);
  options.sizes = reader.get("--sizes", read_sizes).value_or(std::vector<std::int64_t>{});
  for (const std::string& text : reader.all("--param")) options.parameters.push_back(read_parameter(text));
  options.arithmetic = reader.get("--arithmetic", read_arithmetic).value_or(ArithmeticChoice{});
  options.schedule =
      reader
          .get("--schedule",
               [](const std::string& text) { return choose("schedule", text, all_schedules()); })
          .value_or(Schedule::narrow);
  options.sharpness = {reader.positive("--kappa"), reader.positive("--tau"), reader.positive("--lambda")};
  options.block = reader.count("--block", INT64_MAX);
  if (const auto bits = reader.count("--bits", most_bits)) options.bits = static_cast<unsigned>(*bits);
  options.random = reader.count("--random", most_inputs);
  options.seed = reader.get("--seed", [](const std::string& text) { return parse_unsigned("--seed", text); });
  options.exhaustive = reader.has("--exhaustive");
  options.inputs =
      reader.get("--inputs", [](const std::string& path) { return read_path("--inputs", path); });
  options.format = reader.get("--format", read_format).value_or(Format::text);
  options.out = reader.get("--out", [](const std::string& path) { return read_path("--out", path); });
  options.quiet = reader.has("--quiet");
  require_compatible(options);
  return options;
}

}  // namespace wrought::cli
