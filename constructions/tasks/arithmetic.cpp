#include "constructions/tasks/arithmetic.hpp"

#include <cctype>
#include <optional>

namespace wrought {

namespace {

std::int64_t inverse(std::int64_t x, std::int64_t p) {
  for (std::int64_t y = 1; y < p; ++y)
    if (x * y % p == 1) return y;
  return 0;  // of 0, which inputs never divide by
}

std::vector<std::int64_t> inverses(std::int64_t p) {
  std::vector<std::int64_t> values;
  for (std::int64_t x = 0; x < p; ++x) values.push_back(inverse(x, p));
  return values;
}

// x·y mod p at p·x + y.
std::vector<std::int64_t> products(std::int64_t p) {
  std::vector<std::int64_t> values;
  for (std::int64_t x = 0; x < p; ++x)
    for (std::int64_t y = 0; y < p; ++y) values.push_back(x * y % p);
  return values;
}

// Whether symbols form an expression whose divisors are not zero: one pass with a stack of numbers and operators.
class InputCheck {
 public:
  InputCheck(const std::vector<std::int64_t>& symbols, std::int64_t p) : symbols_(symbols), p_(p), is_(p) {}

  std::string error() {
    const std::optional<std::int64_t> value = sum();
    if (error_.empty() && value && at_ < symbols_.size()) fail("an operator or the end");
    return error_;
  }

 private:
  bool at(std::int64_t symbol) const { return at_ < symbols_.size() && symbols_[at_] == symbol; }

  std::optional<std::int64_t> fail(const std::string& expected) {
    if (error_.empty())
      error_ = "not an expression: " + expected + " expected at symbol " + std::to_string(at_ + 1) + " of `" +
               expression_text(symbols_, p_) + "`";
    return std::nullopt;
  }

  std::optional<std::int64_t> sum() {
    std::optional<std::int64_t> value = product();
    while (value && (at(is_.plus) || at(is_.minus))) {
      const bool subtract = symbols_[at_++] == is_.minus;
      const std::optional<std::int64_t> next = product();
      if (!next) return next;
      value = (*value + (subtract ? p_ - *next : *next)) % p_;
    }
    return value;
  }

  std::optional<std::int64_t> product() {
    std::optional<std::int64_t> value = factor();
    while (value && (at(is_.times) || at(is_.divide))) {
      const bool divides = symbols_[at_++] == is_.divide;
      const std::size_t divisor_at = at_;
      const std::optional<std::int64_t> next = factor();
      if (!next) return next;
      if (divides && *next == 0) {
        error_ = "division by zero: the divisor at symbol " + std::to_string(divisor_at + 1) + " of `" +
                 expression_text(symbols_, p_) + "` is 0 modulo " + std::to_string(p_);
        return std::nullopt;
      }
      value = *value * (divides ? inverse(*next, p_) : *next) % p_;
    }
    return value;
  }

  std::optional<std::int64_t> factor() {
    if (at_ < symbols_.size() && symbols_[at_] < p_) return symbols_[at_++];
    if (!at(is_.open)) return fail("a number or (");
    ++at_;
    const std::optional<std::int64_t> value = sum();
    if (value && !at(is_.close)) return fail(")");
    ++at_;
    return value;
  }

  const std::vector<std::int64_t>& symbols_;
  std::int64_t p_;
  ArithmeticSymbols is_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace

std::int64_t combined(std::int64_t x, std::int64_t sign, std::int64_t y, std::int64_t p) {
  const ArithmeticSymbols is(p);
  if (sign == is.plus) return (x + y) % p;
  if (sign == is.minus) return (x + p - y) % p;
  return x * (sign == is.divide ? inverse(y, p) : y) % p;
}

bool is_prime(std::int64_t p) {
  for (std::int64_t d = 2; d * d <= p; ++d)
    if (p % d == 0) return false;
  return p >= 2;
}

Problem arithmetic(std::int64_t p) {
  if (!is_prime(p)) throw Inadmissible("arithmetic needs a prime p; " + std::to_string(p) + " is not one");
  const ArithmeticSymbols is(p);
  ProblemBuilder b{"arithmetic"};
  const auto s = b.input("expression", 0, is.close);
  b.check_inputs([p](const std::vector<std::vector<std::int64_t>>& inputs) {
    return InputCheck(inputs.front(), p).error();
  });

  const auto n = length(s);
  const auto symbol = b.value("symbol", 0, is.equals);
  const auto index = b.value("index", 0, n + 1), size = b.value("size", 0, n);      // of the expression being written
  const auto at = b.value("at", 0, n), value = b.value("value", 0, p - 1);          // the handle reduced in it
  const auto found = b.value("found", 0, n), worth = b.value("worth", 0, p - 1);    // the leftmost handle in it; 0: none yet
  const auto one = b.value("one", 0, is.equals), two = b.value("two", 0, is.equals),
             three = b.value("three", 0, is.equals);                                // the symbols one, two, three before
  const auto before = b.back(1);

  const auto begins = b.is_first() || before[symbol] == is.equals;  // a new expression begins
  const auto i = cases(begins, 1, otherwise, before[index] + 1);
  const auto length_now = cases(b.is_first(), n, begins, before[size] - 2, otherwise, before[size]);
  const auto reduced_at = cases(b.is_first(), 0, begins, before[found], otherwise, before[at]);
  const auto reduced_to = cases(b.is_first(), 0, begins, before[worth], otherwise, before[value]);

  // The symbol: copied up to the handle from length + 3 tokens back, behind it (and in the first copy) from length + 1.
  // After the first copy the length is at most n - 2, so that nothing stands further back than n + 1.
  const auto left_of_handle = i < reduced_at;
  const auto copied = b.back("to copy", length_now + 1 + left_of_handle * 2, n + 1)[symbol];
  const auto next = cases(i == length_now + 1, is.equals,
                          i == reduced_at, reduced_to,
                          otherwise, copied);

  // x4 x3 x2 x1 next: is x3 x2 x1 a handle?
  const auto x1 = cases(begins, is.equals, otherwise, before[symbol]);
  const auto x2 = cases(begins, is.equals, otherwise, before[one]);
  const auto x3 = cases(begins, is.equals, otherwise, before[two]);
  const auto x4 = cases(begins, is.equals, otherwise, before[three]);
  const auto is_number = [&](const Expr& x) { return x < p; };
  const auto multiplies = [&](const Expr& x) { return x == is.times || x == is.divide; };
  const auto bracket = x3 == is.open && is_number(x2) && x1 == is.close;
  const auto product = is_number(x3) && multiplies(x2) && is_number(x1) && !multiplies(x4);
  const auto sum = is_number(x3) && (x2 == is.plus || x2 == is.minus) && is_number(x1) &&
                   (x4 == is.open || x4 == is.equals) && !multiplies(next);
  const auto factor = cases(x2 == is.divide, lookup(x1, 0, inverses(p)), otherwise, x1);
  const auto handle_value = cases(bracket, x2,
                                  product, lookup(p * x3 + factor, 0, products(p)),
                                  x2 == is.plus, mod(x3 + x1, p),
                                  otherwise, mod(x3 - x1, p));
  const auto found_before = !begins && before[found] >= 1;
  const auto is_handle = bracket || product || sum;

  b.transition(next, i, length_now, reduced_at, reduced_to,
               cases(found_before, before[found], is_handle, i - 3, otherwise, 0),
               cases(found_before, before[worth], is_handle, handle_value, otherwise, 0),
               x1, x2, x3);
  const Polynomial length_of = b.length_variable(s);
  b.repeat_until(is_number(b.last(symbol)) && b.last(size) == 1,
                 Polynomial(Rational(1, 4)) * (length_of + 1) * (length_of + 3) - 1);
  b.answer(b.last(symbol));
  return b.build();
}

ParsedExpression parse_expression(const std::string& text, std::int64_t p) {
  const ArithmeticSymbols is(p);
  const std::vector<std::pair<std::string, std::int64_t>> operators{
      {"+", is.plus},   {"-", is.minus},   {"*", is.times}, {"×", is.times},
      {"/", is.divide}, {"÷", is.divide}, {"(", is.open},  {")", is.close}};
  ParsedExpression parsed;
  const auto fail = [&](std::size_t at, const std::string& what) {
    return ParsedExpression{{}, what + " at column " + std::to_string(at + 1)};
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (std::isspace(c)) {
      ++at;
      continue;
    }
    if (std::isdigit(c)) {
      const std::size_t start = at;
      std::int64_t number = 0;
      while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) && number < p)
        number = 10 * number + (text[at++] - '0');
      if (number >= p) return fail(start, "a number that is not in 0.." + std::to_string(p - 1));
      parsed.symbols.push_back(number);
      continue;
    }
    std::size_t taken = 0;
    for (const auto& [sign, symbol] : operators)
      if (text.compare(at, sign.size(), sign) == 0) {
        parsed.symbols.push_back(symbol);
        taken = sign.size();
      }
    if (taken == 0) return fail(at, "a character that is none of 0-9 + - * / × ÷ ( )");
    at += taken;
  }
  if (parsed.symbols.empty()) parsed.error = "an empty expression";
  return parsed;
}

std::vector<std::int64_t> random_expression(std::int64_t p, std::int64_t size,
                                            const std::function<std::uint64_t(std::uint64_t)>& draw) {
  const ArithmeticSymbols is(p);
  const auto number = [&] { return static_cast<std::int64_t>(draw(static_cast<std::uint64_t>(p))); };
  const std::uint64_t growth = draw(static_cast<std::uint64_t>((size + 1) / 2));
  std::vector<std::int64_t> symbols{number()};
  for (std::uint64_t g = 0; g < growth; ++g) {
    std::vector<std::size_t> numbers;
    for (std::size_t at = 0; at < symbols.size(); ++at)
      if (symbols[at] < p) numbers.push_back(at);
    const std::size_t at = numbers[draw(numbers.size())];
    const auto here = symbols.begin() + static_cast<std::ptrdiff_t>(at);
    std::vector<std::int64_t> grown = symbols;
    const auto place = grown.begin() + (here - symbols.begin());
    if (draw(4) == 0) {
      grown.insert(place + 1, is.close);
      grown.insert(grown.begin() + (here - symbols.begin()), is.open);
    } else {
      const std::int64_t sign = is.plus + static_cast<std::int64_t>(draw(4));
      grown.insert(place + 1, {sign, number()});
    }
    if (InputCheck(grown, p).error().empty()) symbols = std::move(grown);
  }
  return symbols;
}

std::string expression_text(const std::vector<std::int64_t>& symbols, std::int64_t p) {
  static const char* const signs[] = {"+", "-", "*", "/", "(", ")", "=", "end"};
  std::string text;
  for (const std::int64_t symbol : symbols)
    text += symbol < p ? std::to_string(symbol) : signs[symbol - p];
  return text;
}

}  // namespace wrought
