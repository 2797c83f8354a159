#include "cli/input.hpp"

#include <algorithm>
#include <random>

#include "cli/error.hpp"
#include "cli/parse_number.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// A piece of a line, and where it starts.
struct Piece {
  std::string_view text;
  std::size_t offset = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }


std::int64_t parse_letter(std::string_view letter, const InputSequence& input) {
  const std::int64_t symbol = letter.size() == 1 ? letter.front() - 'a' + 1 : 0;
  if (symbol < input.lo || symbol > input.hi)
    throw UsageError("sequence " + input.name + ": " + in_quotes(letter) + " is not a letter in a.." +
                     static_cast<char>('a' + input.hi - 1));
  return symbol;
}

std::int64_t parse_symbol(const Task& task, const InputSequence& input, std::string_view text) {
  if (task.notation == Notation::letters) return parse_letter(text, input);
  return parse_integer("a symbol of sequence " + input.name, text, input.lo, input.hi);
}

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
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !is_blank(text[end])) ++end;
    pieces.push_back({text.substr(i, end - i), i});
    i = end;
  }
  return pieces;
}

std::vector<Piece> characters(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size(); i += pieces.back().text.size())
    pieces.push_back({first_character(text.substr(i)), i});
  return pieces;
}

// The symbols of one command-line argument, unread.
std::vector<Piece> symbols_of_argument(const Task& task, std::string_view argument) {
  if (task.notation == Notation::letters) return characters(argument);
  if (trimmed(argument).empty()) return {};
  std::vector<Piece> pieces = split(argument, ',');
  for (Piece& piece : pieces) piece.text = trimmed(piece.text);
  return pieces;
}

// The symbols of one sequence in a file: words, and letters may be run together.
std::vector<Piece> symbols_in_file(const Task& task, const Piece& sequence) {
  std::vector<Piece> pieces;
  for (Piece word : words(sequence.text)) {
    word.offset += sequence.offset;
    if (task.notation != Notation::letters) {
      pieces.push_back(word);
      continue;
    }
    for (Piece letter : characters(word.text)) pieces.push_back({letter.text, word.offset + letter.offset});
  }
  return pieces;
}

UsageError empty_sequence(const InputSequence& input) {
  return UsageError("sequence " + input.name + " is empty; it needs at least one symbol");
}

std::vector<std::string> names(const Problem& problem) {
  std::vector<std::string> result;
  for (const InputSequence& input : problem.inputs) result.push_back(input.name);
  return result;
}

std::string sequences_wanted(const Task& task, const Problem& problem) {
  return task.name + " takes " + counted(problem.inputs.size(), "sequence") + " (" + joined(names(problem)) + ")";
}

class LineReader {
 public:
  LineReader(const Task& task, const Problem& problem, std::string file, std::size_t number, std::string_view line)
      : task_(task), problem_(problem), file_(std::move(file)), number_(number), line_(line) {}

  // Nothing for a line without content.
  std::optional<GivenInput> read() const {
    const std::string_view content = line_.substr(0, line_.find('#'));
    if (trimmed(content).empty()) return std::nullopt;
    const std::size_t sep = content.find("<sep>"), equals = content.find('=');
    const std::size_t end = std::min(sep, equals);
    GivenInput input{read_sequences(content.substr(0, end)), std::nullopt, file_ + ":" + std::to_string(number_)};
    if (end != std::string_view::npos) input.published_answer = read_answer(content, end, end == sep ? 5 : 1);
    return input;
  }

 private:
  Inputs read_sequences(std::string_view text) const {
    std::vector<Piece> pieces = split(text, '|');
    const bool ends_with_bar = pieces.size() > 1 && trimmed(pieces.back().text).empty();
    if (ends_with_bar && pieces.size() > problem_.inputs.size()) pieces.pop_back();
    if (pieces.size() != problem_.inputs.size()) {
      const std::size_t at = pieces.size() > problem_.inputs.size() ? pieces[problem_.inputs.size()].offset : 0;
      refuse(at, sequences_wanted(task_, problem_) + " separated by |, not " + std::to_string(pieces.size()));
    }
    Inputs sequences;
    for (std::size_t k = 0; k < pieces.size(); ++k) sequences.push_back(read_sequence(problem_.inputs[k], pieces[k]));
    return sequences;
  }

  std::vector<std::int64_t> read_sequence(const InputSequence& input, const Piece& piece) const {
    std::vector<std::int64_t> sequence;
    for (const Piece& symbol : symbols_in_file(task_, piece))
      sequence.push_back(located(symbol.offset, [&] { return parse_symbol(task_, input, symbol.text); }));
    if (sequence.empty()) refuse(piece.offset, empty_sequence(input).what());
    return sequence;
  }

  std::int64_t read_answer(std::string_view content, std::size_t mark, std::size_t mark_size) const {
    const std::string_view chain = content.substr(mark + mark_size);
    std::string_view last = trimmed(chain);
    if (last.empty()) refuse(mark, "nothing follows " + in_quotes(content.substr(mark, mark_size)) + "; the answer should");
    last.remove_prefix(std::min(last.size(), last.find_last_of(" \t=") + 1));
    const auto offset = static_cast<std::size_t>(last.data() - content.data());
    return located(offset, [&] { return parse_integer("the answer", last, INT64_MIN, INT64_MAX); });
  }

  // What `read` returns; a refusal gets file, line and column.
  template <class Read>
  std::int64_t located(std::size_t offset, Read read) const {
    try {
      return read();
    } catch (const UsageError& error) {
      refuse(offset, error.what());
    }
  }

  [[noreturn]] void refuse(std::size_t offset, const std::string& what) const {
    const std::size_t column = display_width(line_.substr(0, offset)) + 1;
    throw UsageError(file_ + ":" + std::to_string(number_) + ":" + std::to_string(column) + ": " + what);
  }

  const Task& task_;
  const Problem& problem_;
  std::string file_;
  std::size_t number_;
  std::string_view line_;
};

// Uniform in 0..n-1. (The standard distributions differ from library to library.)
std::uint64_t draw_below(std::mt19937_64& generator, std::uint64_t n) {
  const std::uint64_t accepted = UINT64_MAX - UINT64_MAX % n;
  for (;;)
    if (const std::uint64_t x = generator(); x < accepted) return x % n;
}

std::int64_t draw(std::mt19937_64& generator, std::int64_t lo, std::int64_t hi) {
  return lo + static_cast<std::int64_t>(draw_below(generator, static_cast<std::uint64_t>(hi - lo) + 1));
}

// The next sequence of the same length in lexical order, or the first of the next length; false after the last one.
bool advance(std::vector<std::int64_t>& sequence, const InputSequence& input, std::int64_t size) {
  for (std::size_t i = sequence.size(); i-- > 0;) {
    if (sequence[i] < input.hi) {
      ++sequence[i];
      return true;
    }
    sequence[i] = input.lo;
  }
  if (static_cast<std::int64_t>(sequence.size()) == size) return false;
  sequence.push_back(input.lo);
  return true;
}

}  // namespace

Inputs parse_sequences(const Task& task, const Problem& problem, const std::vector<std::string>& arguments) {
  if (arguments.size() != problem.inputs.size())
    throw UsageError(sequences_wanted(task, problem) + ", not " + std::to_string(arguments.size()) + "; for instance " +
                     joined(task.example, " "));
  Inputs sequences;
  for (std::size_t k = 0; k < arguments.size(); ++k) {
    const InputSequence& input = problem.inputs[k];
    std::vector<std::int64_t>& sequence = sequences.emplace_back();
    for (const Piece& symbol : symbols_of_argument(task, arguments[k]))
      sequence.push_back(parse_symbol(task, input, symbol.text));
    if (sequence.empty()) throw empty_sequence(input);
  }
  return sequences;
}

std::vector<GivenInput> read_inputs(const Task& task, const Problem& problem, std::istream& stream,
                                    const std::string& file) {
  std::vector<GivenInput> inputs;
  std::string line;
  for (std::size_t number = 1; std::getline(stream, line); ++number)
    if (auto input = LineReader(task, problem, file, number, line).read()) inputs.push_back(std::move(*input));
  if (stream.bad()) throw UsageError("cannot read " + in_quotes(file));
  if (inputs.empty()) throw UsageError(in_quotes(file) + " holds no input; write one per line, for instance " +
                                       joined(task.example, " | "));
  return inputs;
}

std::vector<GivenInput> random_inputs(const Problem& problem, std::int64_t size, std::size_t count,
                                      std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::vector<GivenInput> inputs(count);
  for (GivenInput& input : inputs)
    for (const InputSequence& spec : problem.inputs) {
      std::vector<std::int64_t>& sequence = input.sequences.emplace_back();
      for (std::int64_t left = draw(generator, 1, size); left > 0; --left)
        sequence.push_back(draw(generator, spec.lo, spec.hi));
    }
  return inputs;
}

Integer count_inputs(const Problem& problem, std::int64_t size) {
  const Integer enough = Integer(1) << 256;  // beyond this nobody needs the number
  Integer total = 1;
  for (const InputSequence& input : problem.inputs) {
    const Integer symbols = Integer(input.hi) - input.lo + 1;
    if (symbols == 1) {
      total *= size;
      continue;
    }
    Integer power = 1, sequences = 0;
    for (std::int64_t n = 1; n <= size && sequences < enough; ++n) sequences += power *= symbols;
    total *= sequences;
  }
  return total;
}

std::vector<GivenInput> all_inputs(const Problem& problem, std::int64_t size) {
  GivenInput current;
  for (const InputSequence& input : problem.inputs) current.sequences.push_back({input.lo});
  std::vector<GivenInput> inputs;
  for (;;) {
    inputs.push_back(current);
    std::size_t k = problem.inputs.size();
    while (k > 0 && !advance(current.sequences[k - 1], problem.inputs[k - 1], size)) {
      --k;
      current.sequences[k] = {problem.inputs[k].lo};
    }
    if (k == 0) return inputs;
  }
}

std::string symbol_text(const Task& task, std::int64_t symbol) {
  if (task.notation == Notation::letters) return std::string(1, static_cast<char>('a' + symbol - 1));
  return std::to_string(symbol);
}

std::string sequence_text(const Task& task, const std::vector<std::int64_t>& sequence) {
  std::vector<std::string> symbols;
  for (const std::int64_t symbol : sequence) symbols.push_back(symbol_text(task, symbol));
  return joined(symbols, task.notation == Notation::letters ? "" : ",");
}

std::vector<std::string> sequence_texts(const Task& task, const Inputs& inputs) {
  std::vector<std::string> texts;
  for (const auto& sequence : inputs) texts.push_back(sequence_text(task, sequence));
  return texts;
}

std::string alphabet_text(const Task& task, const InputSequence& input) {
  const std::string kind = task.notation == Notation::letters ? "letters " : "integers ";
  return kind + symbol_text(task, input.lo) + ".." + symbol_text(task, input.hi);
}

}  // namespace wrought::cli
