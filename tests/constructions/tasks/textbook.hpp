// Textbook solutions of the tasks, and the chain of thought they give. Nothing here uses constructions/dp: states,
// their order and the token format are written out again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "verifier/network/network.hpp"

namespace wrought::textbook {

using Sequence = std::vector<std::int64_t>;
using Sequences = std::vector<Sequence>;

struct Solution {
  std::vector<std::pair<Sequence, Sequence>> states;  // coordinates and values, in order
  std::int64_t answer = 0;
};

struct Costs {
  std::int64_t insert = 1, erase = 1, substitute = 1;
};

inline std::int64_t signed_size(std::size_t n) { return static_cast<std::int64_t>(n); }

// Wagner and Fischer, 1974, through the pairs with |i - j| <= band only; the others hold a number beyond all distances.
inline std::vector<Sequence> distance_table(const Sequence& a, const Sequence& b, const Costs& cost,
                                            std::int64_t band) {
  constexpr std::int64_t infinite = 1'000'000'000;
  std::vector<Sequence> d(a.size() + 1, Sequence(b.size() + 1, infinite));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (std::max(i, j) - std::min(i, j) > static_cast<std::size_t>(band)) continue;
      std::int64_t best = i == 0 && j == 0 ? 0 : infinite;
      if (i > 0) best = std::min(best, d[i - 1][j] + cost.erase);
      if (j > 0) best = std::min(best, d[i][j - 1] + cost.insert);
      if (i > 0 && j > 0)
        best = std::min(best, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : cost.substitute));
      d[i][j] = best;
    }
  return d;
}

inline std::vector<Sequence> distance_table(const Sequence& a, const Sequence& b, const Costs& cost) {
  return distance_table(a, b, cost, signed_size(a.size() + b.size()));
}

inline Solution edit_distance(const Sequence& a, const Sequence& b, const Costs& cost) {
  const std::vector<Sequence> d = distance_table(a, b, cost);
  Solution solution;
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j)
      solution.states.push_back({{signed_size(i), signed_size(j)}, {d[i][j]}});
  solution.answer = d.back().back();
  return solution;
}

// The same states, which also carry a_{i+j}, a_i and b_j; 0 where there is no such symbol.
inline Solution local_edit_distance(const Sequence& a, const Sequence& b, const Costs& cost) {
  Solution solution = edit_distance(a, b, cost);
  const auto symbol = [](const Sequence& s, std::int64_t index) {
    return index < 1 || index > signed_size(s.size()) ? 0 : s[static_cast<std::size_t>(index - 1)];
  };
  for (auto& [at, values] : solution.states)
    values.insert(values.end(), {symbol(a, at[0] + at[1]), symbol(a, at[0]), symbol(b, at[1])});
  return solution;
}

// State (i, d) is the pair (i, j), j = i + d - band; 0 for j < 0, and the last pair of the row for j beyond b.
inline Solution banded_edit_distance(const Sequence& a, const Sequence& b, const Costs& cost,
                                     std::int64_t band) {
  const std::vector<Sequence> table = distance_table(a, b, cost, band);
  Solution solution;
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::int64_t d = 0; d <= 2 * band; ++d) {
      const std::int64_t j = std::min(signed_size(i) + d - band, signed_size(b.size()));
      solution.states.push_back({{signed_size(i), d}, {j < 0 ? 0 : table[i][static_cast<std::size_t>(j)]}});
    }
  solution.answer = table.back().back();
  return solution;
}

// Patience sorting: the length of a longest strictly increasing subsequence.
inline std::int64_t patience(const Sequence& s) {
  Sequence piles;
  for (const std::int64_t x : s) {
    const auto pile = std::lower_bound(piles.begin(), piles.end(), x);
    if (pile == piles.end())
      piles.push_back(x);
    else
      *pile = x;
  }
  return signed_size(piles.size());
}

// State (j, k): the longest that ends at s_j after one of s_1..s_k; behind the sequence, the longest that ends at any
// of s_1..s_k. Both by the quadratic algorithm.
inline Solution longest_increasing_subsequence(const Sequence& s) {
  Sequence ending(s.size());  // at each element
  Solution solution;
  const auto best = [&](std::size_t j, std::size_t k) {
    const bool behind = j == s.size();
    std::int64_t longest = 0;
    for (std::size_t before = 0; before < k; ++before)
      if (behind || s[before] < s[j]) longest = std::max(longest, ending[before]);
    return longest + (behind ? 0 : 1);
  };
  for (std::size_t j = 0; j <= s.size(); ++j) {
    if (j < s.size()) ending[j] = best(j, j);
    for (std::size_t k = 0; k <= j; ++k)
      solution.states.push_back({{signed_size(j) + 1, signed_size(k)}, {best(j, k)}});
  }
  solution.answer = best(s.size(), s.size());
  return solution;
}

inline Solution reversed_sums(const Sequence& s, std::int64_t modulus) {
  Solution solution;
  std::int64_t i = 0;
  for (auto symbol = s.rbegin(); symbol != s.rend(); ++symbol) {
    solution.answer = (solution.answer + *symbol) % modulus;
    solution.states.push_back({{++i}, {solution.answer}});
  }
  return solution;
}

// x_t = x_{t-1} + x_{t-m}, where the sequence holds x_{1-m}, …, x_0.
inline Solution lagged_recurrence(const Sequence& s, std::int64_t steps, std::int64_t modulus) {
  Sequence x = s;
  Solution solution;
  for (std::int64_t t = 1; t <= steps; ++t) {
    x.push_back((x.back() + x[x.size() - s.size()]) % modulus);
    solution.states.push_back({{t}, {x.back()}});
  }
  solution.answer = x.back();
  return solution;
}

struct Chain {
  std::vector<Token> prompt, generated;
};

// Tokens are (a flag per separator, state flag, answer flag, coordinates, values).
inline Chain chain(const Sequences& inputs, const Solution& solution) {
  const std::size_t K = inputs.size(), state = K, answer = K + 1, first_coordinate = K + 2,
                    first_value = first_coordinate + solution.states.front().first.size(),
                    width = first_value + solution.states.front().second.size();
  Chain result;
  for (std::size_t k = 0; k < K; ++k) {
    for (const std::int64_t symbol : inputs[k]) result.prompt.emplace_back(width)[first_value] = symbol;
    result.prompt.emplace_back(width)[k] = 1;
  }
  for (const auto& [at, values] : solution.states) {
    Token& token = result.generated.emplace_back(width);
    token[state] = 1;
    std::copy(at.begin(), at.end(), token.begin() + signed_size(first_coordinate));
    std::copy(values.begin(), values.end(), token.begin() + signed_size(first_value));
  }
  Token& last = result.generated.emplace_back(width);
  last[answer] = 1;
  last[first_value] = solution.answer;
  return result;
}

// Every sequence of 1..max_length symbols in lo..hi.
inline std::vector<Sequence> all_sequences(std::size_t max_length, std::int64_t lo, std::int64_t hi) {
  std::vector<Sequence> all, longest{{}};
  for (std::size_t n = 1; n <= max_length; ++n) {
    std::vector<Sequence> longer;
    for (const Sequence& s : longest)
      for (std::int64_t symbol = lo; symbol <= hi; ++symbol) {
        longer.push_back(s);
        longer.back().push_back(symbol);
      }
    all.insert(all.end(), longer.begin(), longer.end());
    longest = std::move(longer);
  }
  return all;
}

inline std::vector<Sequences> all_pairs(const std::vector<Sequence>& sequences) {
  std::vector<Sequences> pairs;
  for (const Sequence& a : sequences)
    for (const Sequence& b : sequences) pairs.push_back({a, b});
  return pairs;
}

class RandomSequences {
 public:
  explicit RandomSequences(std::uint64_t seed) : generator_(seed) {}

  std::uint64_t below(std::uint64_t bound) { return generator_() % bound; }

  Sequence next(std::size_t length, std::int64_t lo, std::int64_t hi) {
    Sequence s;
    for (std::size_t i = 0; i < length; ++i)
      s.push_back(lo + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(hi - lo + 1))));
    return s;
  }

 private:
  std::mt19937_64 generator_;
};

inline std::string text(const Sequences& inputs) {
  std::string result;
  for (const Sequence& s : inputs) {
    result += result.empty() ? "" : " |";
    for (const std::int64_t symbol : s) result += " " + std::to_string(symbol);
  }
  return result;
}

}  // namespace wrought::textbook
