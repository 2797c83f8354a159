#include "cli/input.hpp"

#include <algorithm>
#include <random>

#include "cli/error.hpp"
#include "cli/parse_number.hpp"
#include "cli/words.hpp"
#include "constructions/tasks/arithmetic.hpp"

namespace wrought::cli {

namespace {

// A piece of a line, and where it starts.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

// What is wrong at a piece.
struct Misread {
  std::size_t offset;
  std::string what;
};

// The pieces between separators; empty ones are kept.
std::vector<Piece> split(std::string_view text, char separator) {
  std::vector<Piece> pieces;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(separator, start);
    pieces.push_back({text.substr(start, end - start), start});
    if (end == std::string_view::npos) return pieces;
    start = end + 1;
  }
}

std::vector<Piece> words(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<Piece> pieces;
  for (std::size_t start = text.find_first_not_of(blanks); start != std::string_view::npos;) {
    const std::size_t end = text.find_first_of(blanks, start);
    pieces.push_back({text.substr(start, end - start), start});
    start = text.find_first_not_of(blanks, end);
  }
  return pieces;
}

std::vector<Piece> characters(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size(); i += pieces.back().text.size())
    pieces.push_back({first_character(text.substr(i)), i});
  return pieces;
}

// Integers between commas or blanks; nothing between two commas is a piece too, to be refused.
std::vector<Piece> integer_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  if (trimmed(text).empty()) return pieces;
  for (const Piece& part : split(text, ',')) {
    std::vector<Piece> between = words(part.text);
    if (between.empty()) between.push_back({"", 0});
    for (const Piece& piece : between) pieces.push_back({piece.text, part.offset + piece.offset});
  }
  return pieces;
}

std::vector<Piece> letter_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  for (const Piece& word : words(text))
    for (const Piece& letter : characters(word.text))
      pieces.push_back({letter.text, word.offset + letter.offset});
  return pieces;
}

std::int64_t parse_letter(const InputSequence& input, std::string_view letter) {
  const std::int64_t symbol = letter.size() == 1 ? letter.front() - 'a' + 1 : 0;
  if (symbol < input.lo || symbol > input.hi)
    throw UsageError("sequence " + input.name + ": " + in_quotes(letter) + " is not a letter in a.." +
                     static_cast<char>('a' + input.hi - 1));
  return symbol;
}

std::int64_t parse_symbol(const InputSequence& input, Notation notation, std::string_view text) {
  if (notation == Notation::letters) return parse_letter(input, text);
  return parse_integer("a symbol of sequence " + input.name, text, input.lo, input.hi);
}

std::int64_t modulus_of(const TaskInstance& instance) { return instance.parameters.at("p"); }

std::vector<std::int64_t> parse_symbols(const std::vector<Piece>& pieces, const InputSequence& input,
                                        Notation notation) {
  std::vector<std::int64_t> sequence;
  for (const Piece& piece : pieces) {
    try {
      sequence.push_back(parse_symbol(input, notation, piece.text));
    } catch (const UsageError& error) {
      throw Misread{piece.offset, error.what()};
    }
  }
  return sequence;
}

std::vector<std::int64_t> parse_expression_symbols(const TaskInstance& instance, std::string_view text) {
  const ParsedExpression parsed = parse_expression(std::string(text), modulus_of(instance));
  if (!parsed.error.empty()) throw Misread{0, in_quotes(trimmed(text)) + ": " + parsed.error};
  return parsed.symbols;
}

// One sequence in the task's notation. Throws Misread.
std::vector<std::int64_t> parse_sequence(const TaskInstance& instance, const InputSequence& input,
                                         std::string_view text) {
  if (trimmed(text).empty())
    throw Misread{0, "sequence " + input.name + " is empty; it needs at least one symbol"};
  switch (instance.task->notation) {
    case Notation::letters: return parse_symbols(letter_pieces(text), input, Notation::letters);
    case Notation::integers: return parse_symbols(integer_pieces(text), input, Notation::integers);
    case Notation::expression: break;
  }
  return parse_expression_symbols(instance, text);
}

std::string sequences_wanted(const TaskInstance& instance) {
  std::vector<std::string> names;
  for (const InputSequence& input : instance.problem.inputs) names.push_back(input.name);
  return instance.task->name + " takes " + counted(names.size(), "sequence") + " (" + joined(names) + ")";
}

class LineReader {
 public:
  LineReader(const TaskInstance& instance, std::string file, std::size_t number, std::string_view line)
      : instance_(instance), file_(std::move(file)), number_(number), line_(line) {}

  // Nothing for a line without content.
  std::optional<GivenInput> read() const {
    const std::string_view content = line_.substr(0, line_.find('#'));
    if (trimmed(content).empty()) return std::nullopt;
    const std::size_t sep = content.find("<sep>"), equals = content.find('=');
    const std::size_t end = std::min(sep, equals);
    GivenInput input{read_sequences(content.substr(0, end)), std::nullopt,
                     file_ + ":" + std::to_string(number_)};
    if (end != std::string_view::npos) input.published_answer = read_answer(content, end, end == sep ? 5 : 1);
    return input;
  }

 private:
  Inputs read_sequences(std::string_view text) const {
    const std::size_t wanted = instance_.problem.inputs.size();
    std::vector<Piece> pieces = split(text, '|');
    if (pieces.size() == wanted + 1 && trimmed(pieces.back().text).empty()) pieces.pop_back();  // a | b |
    if (pieces.size() != wanted)
      refuse(pieces.size() > wanted ? pieces[wanted].offset : 0,
             sequences_wanted(instance_) + " separated by |, not " + std::to_string(pieces.size()));
    Inputs sequences;
    for (std::size_t k = 0; k < wanted; ++k)
      sequences.push_back(read_sequence(instance_.problem.inputs[k], pieces[k]));
    return sequences;
  }

  std::vector<std::int64_t> read_sequence(const InputSequence& input, const Piece& piece) const {
    try {
      return parse_sequence(instance_, input, piece.text);
    } catch (const Misread& misread) {
      refuse(piece.offset + misread.offset, misread.what);
    }
  }

  // The last token behind `<sep>` or `=`.
  std::int64_t read_answer(std::string_view content, std::size_t mark, std::size_t mark_size) const {
    std::string_view last = trimmed(content.substr(mark + mark_size));
    if (last.empty())
      refuse(mark, "nothing follows " + in_quotes(content.substr(mark, mark_size)) + "; the answer should");
    last.remove_prefix(last.find_last_of(" \t=") + 1);
    try {
      return parse_integer("the answer", last, INT64_MIN, INT64_MAX);
    } catch (const UsageError& error) {
      refuse(static_cast<std::size_t>(last.data() - content.data()), error.what());
    }
  }

  [[noreturn]] void refuse(std::size_t offset, const std::string& what) const {
    const std::size_t column = display_width(line_.substr(0, offset)) + 1;
    throw UsageError(file_ + ":" + std::to_string(number_) + ":" + std::to_string(column) + ": " + what);
  }

  const TaskInstance& instance_;
  std::string file_;
  std::size_t number_;
  std::string_view line_;
};

// Random numbers that are the same everywhere. (The standard distributions differ from library to library.)
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : generator_(seed) {}

  // Uniform in 0..n-1: the last, incomplete multiple of n is thrown away.
  std::uint64_t below(std::uint64_t n) {
    const std::uint64_t accepted = UINT64_MAX - UINT64_MAX % n;
    for (;;)
      if (const std::uint64_t x = generator_(); x < accepted) return x % n;
  }

  std::int64_t in(std::int64_t lo, std::int64_t hi) {
    return lo + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(hi - lo) + 1));
  }

 private:
  std::mt19937_64 generator_;
};

// Lengths in 1..size that may or may not meet the requirements; just `size` where the task knows no other.
std::vector<std::int64_t> random_lengths(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  std::vector<std::int64_t> lengths;
  for (std::size_t k = 0; k < instance.problem.inputs.size(); ++k)
    lengths.push_back(instance.task->size_parameter.empty() ? dice.in(1, size) : size);
  return lengths;
}

Inputs random_symbols(const Problem& problem, const std::vector<std::int64_t>& lengths, Dice& dice) {
  Inputs sequences(lengths.size());
  for (std::size_t k = 0; k < lengths.size(); ++k)
    for (std::int64_t i = 0; i < lengths[k]; ++i)
      sequences[k].push_back(dice.in(problem.inputs[k].lo, problem.inputs[k].hi));
  return sequences;
}

Inputs random_input(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  if (instance.task->random_inputs)
    return instance.task->random_inputs(instance.parameters, size,
                                        [&dice](std::uint64_t n) { return dice.below(n); });
  constexpr int most_attempts = 100'000;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::vector<std::int64_t> lengths = random_lengths(instance, size, dice);
    if (unmet_requirement(instance.problem, lengths)) continue;
    Inputs sequences = random_symbols(instance.problem, lengths, dice);
    if (find_input_error(instance.problem, sequences).empty()) return sequences;
  }
  throw UsageError("no admissible input of " + instance.task->name + " with lengths up to " +
                   std::to_string(size) + " was found by chance");
}

std::size_t total_length(const Inputs& sequences) {
  std::size_t total = 0;
  for (const auto& sequence : sequences) total += sequence.size();
  return total;
}

Inputs full_input(const TaskInstance& instance, std::int64_t size, Dice& dice) {
  const std::vector<std::int64_t> full(instance.problem.inputs.size(), size);
  if (!instance.task->random_inputs && !unmet_requirement(instance.problem, full)) {
    Inputs sequences = random_symbols(instance.problem, full, dice);
    if (find_input_error(instance.problem, sequences).empty()) return sequences;
  }
  constexpr int attempts = 100;
  Inputs longest = random_input(instance, size, dice);
  for (int attempt = 1; attempt < attempts; ++attempt)
    if (Inputs other = random_input(instance, size, dice); total_length(other) > total_length(longest))
      longest = std::move(other);
  return longest;
}

// Calls visit(lengths) for all lengths in 1..size that meet the requirements, until it returns false.
template <class Visit>
void for_admissible_lengths(const Problem& problem, std::int64_t size, Visit visit) {
  std::vector<std::int64_t> lengths(problem.inputs.size(), 1);
  for (std::size_t k = 0; k < lengths.size();) {
    if (!unmet_requirement(problem, lengths) && !visit(lengths)) return;
    for (k = 0; k < lengths.size() && lengths[k] == size; ++k) lengths[k] = 1;
    if (k < lengths.size()) ++lengths[k];
  }
}

// The next input with the same lengths; false after the last one.
bool advance(Inputs& sequences, const Problem& problem) {
  for (std::size_t k = sequences.size(); k-- > 0;)
    for (std::size_t i = sequences[k].size(); i-- > 0;) {
      if (sequences[k][i] < problem.inputs[k].hi) {
        ++sequences[k][i];
        return true;
      }
      sequences[k][i] = problem.inputs[k].lo;
    }
  return false;
}

}  // namespace

Inputs parse_sequences(const TaskInstance& instance, const std::vector<std::string>& arguments) {
  const std::vector<InputSequence>& inputs = instance.problem.inputs;
  if (arguments.size() != inputs.size())
    throw UsageError(sequences_wanted(instance) + ", not " + std::to_string(arguments.size()) +
                     "; for instance " + joined(instance.task->example, " "));
  Inputs sequences;
  try {
    for (std::size_t k = 0; k < arguments.size(); ++k)
      sequences.push_back(parse_sequence(instance, inputs[k], arguments[k]));
  } catch (const Misread& misread) {
    throw UsageError(misread.what);
  }
  return sequences;
}

std::vector<GivenInput> read_inputs(const TaskInstance& instance, std::istream& stream,
                                    const std::string& file) {
  std::vector<GivenInput> inputs;
  std::string line;
  for (std::size_t number = 1; std::getline(stream, line); ++number)
    if (auto input = LineReader(instance, file, number, line).read()) inputs.push_back(std::move(*input));
  if (stream.bad()) throw UsageError("cannot read " + in_quotes(file));
  if (inputs.empty())
    throw UsageError(in_quotes(file) + " holds no input; write one per line, for instance " +
                     joined(instance.task->example, " | "));
  return inputs;
}

void require_admissible(const Problem& problem, const std::vector<GivenInput>& inputs, std::int64_t size) {
  for (const GivenInput& input : inputs) {
    const std::string where = input.origin.empty() ? "" : input.origin + ": ";
    for (std::size_t k = 0; k < input.sequences.size(); ++k)
      if (static_cast<std::int64_t>(input.sequences[k].size()) > size)
        throw UsageError(where + "sequence " + problem.inputs[k].name + " has " +
                         counted(input.sequences[k].size(), "symbol") + ", more than --size " +
                         std::to_string(size));
    if (const std::string error = find_input_error(problem, input.sequences); !error.empty())
      throw UsageError(where + error);
  }
}

std::vector<GivenInput> random_inputs(const TaskInstance& instance, std::int64_t size, std::size_t count,
                                      std::uint64_t seed) {
  Dice dice(seed);
  std::vector<GivenInput> inputs(count);
  for (GivenInput& input : inputs) input.sequences = random_input(instance, size, dice);
  return inputs;
}

std::vector<GivenInput> full_and_random_inputs(const TaskInstance& instance, std::int64_t size,
                                               std::size_t count, std::uint64_t seed) {
  std::vector<GivenInput> inputs = random_inputs(instance, size, count, seed);
  Dice dice(seed);
  inputs.front().sequences = full_input(instance, size, dice);
  return inputs;
}

Integer count_inputs(const Problem& problem, std::int64_t size, const Integer& enough) {
  Integer total = 0;
  for_admissible_lengths(problem, size, [&](const std::vector<std::int64_t>& lengths) {
    Integer inputs = 1;
    for (std::size_t k = 0; k < lengths.size(); ++k) {
      const Integer symbols = Integer(problem.inputs[k].hi) - problem.inputs[k].lo + 1;
      for (std::int64_t i = 0; i < lengths[k] && symbols > 1 && inputs <= enough; ++i) inputs *= symbols;
    }
    total += inputs;
    return total <= enough;
  });
  return total;
}

std::vector<GivenInput> all_inputs(const Problem& problem, std::int64_t size) {
  std::vector<GivenInput> inputs;
  for_admissible_lengths(problem, size, [&](const std::vector<std::int64_t>& lengths) {
    Inputs sequences;
    for (std::size_t k = 0; k < lengths.size(); ++k)
      sequences.emplace_back(static_cast<std::size_t>(lengths[k]), problem.inputs[k].lo);
    do
      if (find_input_error(problem, sequences).empty()) inputs.push_back({sequences});
    while (advance(sequences, problem));
    return true;
  });
  return inputs;
}

std::string symbol_text(const TaskInstance& instance, std::int64_t symbol) {
  switch (instance.task->notation) {
    case Notation::letters: return std::string(1, static_cast<char>('a' + symbol - 1));
    case Notation::integers: return std::to_string(symbol);
    case Notation::expression: break;
  }
  return expression_text({symbol}, modulus_of(instance));
}

std::string sequence_text(const TaskInstance& instance, const std::vector<std::int64_t>& sequence) {
  if (instance.task->notation == Notation::expression) return expression_text(sequence, modulus_of(instance));
  std::vector<std::string> symbols;
  for (const std::int64_t symbol : sequence) symbols.push_back(symbol_text(instance, symbol));
  return joined(symbols, instance.task->notation == Notation::letters ? "" : ",");
}

std::vector<std::string> sequence_texts(const TaskInstance& instance, const Inputs& inputs) {
  std::vector<std::string> texts;
  for (const auto& sequence : inputs) texts.push_back(sequence_text(instance, sequence));
  return texts;
}

std::string alphabet_text(const TaskInstance& instance, const InputSequence& input) {
  switch (instance.task->notation) {
    case Notation::letters:
      return "letters " + symbol_text(instance, input.lo) + ".." + symbol_text(instance, input.hi);
    case Notation::integers: return "integers " + std::to_string(input.lo) + ".." + std::to_string(input.hi);
    case Notation::expression: break;
  }
  return "an expression in 0.." + std::to_string(modulus_of(instance) - 1) + " and + - * / ( )";
}

}  // namespace wrought::cli
