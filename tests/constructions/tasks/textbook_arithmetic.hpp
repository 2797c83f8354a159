// Arithmetic over F_p as in Feng et al. 2023: expressions of which each is the one before with its leftmost handle
// reduced. The symbols after the numbers are + - × ÷ ( ) =.
#pragma once

#include <optional>
#include <vector>

#include "tests/constructions/tasks/textbook.hpp"

namespace wrought::textbook {

struct Handle {
  std::size_t at;  // index of its first symbol, from 0
  std::int64_t value;
};

class Arithmetic {
 public:
  explicit Arithmetic(std::int64_t p) : p_(p) {}

  // None in what cannot be reduced: a single number, no expression, or a division by zero.
  std::optional<Handle> leftmost_handle(const Sequence& e) const {
    for (std::size_t i = 0; i + 3 <= e.size(); ++i) {
      const std::int64_t before = i == 0 ? equals() : e[i - 1],
                         behind = i + 3 == e.size() ? equals() : e[i + 3];
      const std::int64_t x = e[i], sign = e[i + 1], y = e[i + 2];
      if (x == open() && number(sign) && y == close()) return Handle{i, sign};
      if (!number(x) || !number(y)) continue;
      if (multiplies(sign) && !multiplies(before)) {
        if (sign == divide() && y == 0) return std::nullopt;
        return Handle{i, sign == divide() ? x * inverse(y) % p_ : x * y % p_};
      }
      const bool adds = sign == plus() || sign == plus() + 1;
      if (adds && (before == open() || before == equals()) && !multiplies(behind))
        return Handle{i, (sign == plus() ? x + y : x - y + p_) % p_};
    }
    return std::nullopt;
  }

  // The expression and everything it is reduced to; empty if that does not end in a number.
  std::vector<Sequence> reductions(const Sequence& expression) const {
    std::vector<Sequence> all{expression};
    while (all.back().size() > 1) {
      const std::optional<Handle> handle = leftmost_handle(all.back());
      if (!handle) return {};
      Sequence next = all.back();
      const auto first = next.begin() + signed_size(handle->at);
      *first = handle->value;
      next.erase(first + 1, first + 3);
      all.push_back(std::move(next));
    }
    return all.back().size() == 1 && number(all.back()[0]) ? all : std::vector<Sequence>{};
  }

  // By cutting at the last sign of lowest rank outside brackets. For valid expressions.
  std::int64_t value(const Sequence& e) const {
    if (e.size() == 1) return e[0];
    std::optional<std::size_t> cut;
    int depth = 0;
    for (std::size_t i = 0; i < e.size(); ++i) {
      depth += (e[i] == open()) - (e[i] == close());
      const bool sign = e[i] >= plus() && e[i] <= divide() && depth == 0;
      if (sign && (!cut || !multiplies(e[i]) || multiplies(e[*cut]))) cut = i;
    }
    if (!cut) return value({e.begin() + 1, e.end() - 1});
    const std::int64_t x = value({e.begin(), e.begin() + signed_size(*cut)}),
                       y = value({e.begin() + signed_size(*cut) + 1, e.end()}), sign = e[*cut];
    if (sign == plus()) return (x + y) % p_;
    if (sign == plus() + 1) return (x - y + p_) % p_;
    return x * (sign == divide() ? inverse(y) : y) % p_;
  }

  // The chain of thought, with all that a token keeps in mind.
  Solution solution(const Sequence& expression) const {
    Solution solution;
    const std::vector<Sequence> all = reductions(expression);
    for (std::size_t r = 0; r < all.size(); ++r) {
      const Sequence& e = all[r];
      const std::optional<Handle> here = leftmost_handle(e);
      const std::optional<Handle> reduced = r == 0 ? std::nullopt : leftmost_handle(all[r - 1]);
      const auto symbol = [&](std::size_t i, std::size_t back) {  // of the 1-based index i - back
        return back >= i ? equals() : i - back > e.size() ? equals() : e[i - back - 1];
      };
      const std::size_t tokens = r + 1 < all.size() ? e.size() + 1 : e.size();  // the last one has no =
      for (std::size_t i = 1; i <= tokens; ++i) {
        const bool found = here && i > here->at + 3;  // known one token after the handle
        solution.states.push_back(
            {{},
             {symbol(i, 0), signed_size(i), signed_size(e.size()), reduced ? signed_size(reduced->at) + 1 : 0,
              reduced ? reduced->value : 0, found ? signed_size(here->at) + 1 : 0, found ? here->value : 0,
              symbol(i, 1), symbol(i, 2), symbol(i, 3)}});
      }
    }
    solution.answer = all.back()[0];
    return solution;
  }

 private:
  std::int64_t plus() const { return p_; }
  std::int64_t divide() const { return p_ + 3; }
  std::int64_t open() const { return p_ + 4; }
  std::int64_t close() const { return p_ + 5; }
  std::int64_t equals() const { return p_ + 6; }
  bool number(std::int64_t x) const { return x < p_; }
  bool multiplies(std::int64_t x) const { return x == p_ + 2 || x == p_ + 3; }

  std::int64_t inverse(std::int64_t x) const {  // x^(p-2)
    std::int64_t power = 1;
    for (std::int64_t e = 0; e + 2 < p_; ++e) power = power * x % p_;
    return power;
  }

  std::int64_t p_;
};

}  // namespace wrought::textbook
