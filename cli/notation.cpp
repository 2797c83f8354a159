#include "cli/notation.hpp"

#include "cli/error.hpp"
#include "cli/parse_number.hpp"
#include "cli/words.hpp"
#include "constructions/tasks/arithmetic.hpp"

namespace wrought::cli {

namespace {

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
}  // namespace

std::vector<Piece> split(std::string_view text, char separator) {
  std::vector<Piece> pieces;
  for (std::size_t start = 0;;) {
    const std::size_t end = text.find(separator, start);
    pieces.push_back({text.substr(start, end - start), start});
    if (end == std::string_view::npos) return pieces;
    start = end + 1;
  }
}
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
