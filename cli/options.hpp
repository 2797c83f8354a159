// The options that commands share: how they are written, and what they say.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "constructions/residual/schedule.hpp"
#include "verifier/network/attention.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::cli {

// How an option appears in the help. Positional arguments have names without dashes.
struct OptionSpec {
  std::string name;        // "--size"
  std::string value_name;  // "N"; empty for a flag
  std::string help;
  bool repeatable = false;
};

// Every option there is, in the order of the help.
const std::vector<OptionSpec>& option_specs();

const std::vector<AttentionKind>& all_attention_kinds();

// What stood on the command line: option name -> values, in order.
using Arguments = std::map<std::string, std::vector<std::string>>;

enum class Format { text, markdown, csv, json, latex };

struct ArithmeticChoice {
  ArithmeticKind kind = ArithmeticKind::exact;
  unsigned precision = 0;  // bits, for interval and bits

  bool is_exact() const { return kind == ArithmeticKind::exact; }
  bool is_interval() const { return kind == ArithmeticKind::interval; }
};

// "exact", "double", "interval:128", "bits:24".
std::string name(const ArithmeticChoice& arithmetic);

// Sharpness numbers the user insists on; the others are standard.
struct SharpnessChoice {
  std::optional<Rational> kappa, tau, lambda;
};

struct Options {
  std::string task;
  std::string name;  // of a lemma, or of a statement of the paper
  std::vector<std::string> sequences;
  std::vector<AttentionKind> attention;  // each once, in the order asked for
  std::optional<std::int64_t> size;
  std::vector<std::int64_t> sizes;                              // increasing
  std::vector<std::pair<std::string, std::string>> parameters;  // name=value as given
  ArithmeticChoice arithmetic;
  Schedule schedule = Schedule::narrow;
  SharpnessChoice sharpness;
  std::optional<std::size_t> block;
  std::optional<unsigned> bits;  // of every number, for lower bounds
  std::optional<std::size_t> random;
  std::optional<std::uint64_t> seed;
  bool exhaustive = false;
  std::optional<std::string> inputs;  // a file
  Format format = Format::text;
  std::optional<std::string> out;  // a file
  bool quiet = false;
};

// Throws UsageError for a value that is not of its option's form, and for options that do not belong together.
Options read_options(const Arguments& arguments);

}  // namespace wrought::cli
