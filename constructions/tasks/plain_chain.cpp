#include "constructions/tasks/plain_chain.hpp"

#include <stdexcept>

#include "constructions/tasks/arithmetic.hpp"

namespace wrought {

namespace {

std::ptrdiff_t offset(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }

// The handle that starts at `start`, if there is one.
std::optional<Handle> handle_at(const Symbols& e, std::size_t start, std::int64_t p) {
  const ArithmeticSymbols is(p);
  const auto multiplies = [&](std::int64_t x) { return x == is.times || x == is.divide; };
  const std::int64_t x = e[start], sign = e[start + 1], y = e[start + 2];
  if (x == is.open && sign < p && y == is.close) return Handle{start, sign};
  if (x >= p || y >= p) return std::nullopt;
  const std::int64_t before = start == 0 ? is.equals : e[start - 1];
  const std::int64_t behind = start + 3 == e.size() ? is.equals : e[start + 3];
  const bool is_product = multiplies(sign) && !multiplies(before);
  const bool is_sum = (sign == is.plus || sign == is.minus) && (before == is.open || before == is.equals) &&
                      !multiplies(behind);
  return is_product || is_sum ? std::optional(Handle{start, combined(x, sign, y, p)}) : std::nullopt;
}

Symbols reduced(Symbols expression, const Handle& handle) {
  const auto start = expression.begin() + offset(handle.start);
  *start = handle.value;
  expression.erase(start + 1, start + 3);
  return expression;
}

}  // namespace

std::optional<Handle> leftmost_handle(const Symbols& expression, std::int64_t p) {
  for (std::size_t start = 0; start + 3 <= expression.size(); ++start)
    if (const std::optional<Handle> handle = handle_at(expression, start, p)) return handle;
  return std::nullopt;
}

std::vector<Symbols> reductions(const Symbols& expression, std::int64_t p) {
  std::vector<Symbols> all{expression};
  while (const std::optional<Handle> handle = leftmost_handle(all.back(), p))
    all.push_back(reduced(all.back(), *handle));
  return all;
}

ChainOfThought plain_chain_of_thought(const Symbols& expression, std::int64_t p) {
  const ArithmeticSymbols is(p);
  std::vector<Symbols> all = reductions(expression, p);
  if (all.back().size() != 1 || all.back().front() >= p)
    throw std::invalid_argument("no number comes out of `" + expression_text(expression, p) + "`");
  if (all.size() == 1) all.push_back(expression);
  ChainOfThought chain;
  for (const std::int64_t symbol : expression) chain.prompt.push_back({symbol});
  chain.prompt.push_back({is.equals});
  for (std::size_t step = 1; step < all.size(); ++step) {
    for (const std::int64_t symbol : all[step]) chain.generated.push_back({symbol});
    chain.generated.push_back({step + 1 < all.size() ? is.equals : is.end});
  }
  chain.answer = all.back().front();
  return chain;
}

}  // namespace wrought
