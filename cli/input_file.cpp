#include <algorithm>

#include "cli/error.hpp"
#include "cli/input.hpp"
#include "cli/notation.hpp"
#include "cli/parse_number.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

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
}  // namespace

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
}  // namespace wrought::cli
