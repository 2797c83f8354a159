// Longest common subsequence: stated once, compiled for every attention kind, verified on all small inputs.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "constructions/compile.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;

// 1. The problem. lcs(i, j) is the length of a longest common subsequence of the first i symbols of a and the first j
// of b.
Problem longest_common_subsequence(std::int64_t alphabet) {
  ProblemBuilder p{"lcs"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
  const auto lcs = p.value("lcs", 0, length(a));
  p.at_most(lcs, i);
  const auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
  p.transition(cases(i == 0 || j == 0, 0,  // so that no state or symbol before the first is read
                     p.at(a, i) == p.at(b, j), diagonal + 1,
                     otherwise, max(up, left)));
  p.answer(p.last());
  return p.build();
}

// 2. The same from a textbook, knowing nothing of the statement above.
std::int64_t textbook_lcs(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  std::vector<std::vector<std::int64_t>> best(a.size() + 1, std::vector<std::int64_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      best[i][j] = a[i - 1] == b[j - 1] ? best[i - 1][j - 1] + 1 : std::max(best[i - 1][j], best[i][j - 1]);
  return best[a.size()][b.size()];
}

// Every sequence of 1..longest symbols from 1..alphabet.
std::vector<std::vector<std::int64_t>> all_sequences(std::size_t longest, std::int64_t alphabet) {
  std::vector<std::vector<std::int64_t>> found;
  const std::function<void(std::vector<std::int64_t>)> extend = [&](std::vector<std::int64_t> sequence) {
    if (!sequence.empty()) found.push_back(sequence);
    if (sequence.size() == longest) return;
    for (std::int64_t symbol = 1; symbol <= alphabet; ++symbol) {
      sequence.push_back(symbol);
      extend(sequence);
      sequence.pop_back();
    }
  };
  extend({});
  return found;
}

// 3. One set of weights per attention kind, right for all lengths up to 3; every input is run exactly.
bool verify_everything(const Problem& problem, AttentionKind attention) {
  const Construction construction = compile(problem, {3, 3}, attention, Schedule::narrow);
  const auto runner = make_runner(construction.network(), {ArithmeticKind::exact});
  std::size_t verified = 0, inputs = 0;
  for (const auto& a : all_sequences(3, 2))
    for (const auto& b : all_sequences(3, 2)) {
      const ChainOfThought chain = construction.encode({a, b});
      const Report report = check(*runner, chain.prompt, chain.generated);
      verified += report.verdict == Verdict::verified && chain.answer == textbook_lcs(a, b);
      ++inputs;
    }
  std::printf("%-8s  %zu of %zu inputs verified\n", name(attention).c_str(), verified, inputs);
  return verified == inputs;
}

// 4. What cannot be right is refused with the piece that is wrong.
void print_refusal(const std::function<void()>& mistake) {
  try {
    mistake();
  } catch (const Inadmissible& refusal) {
    std::printf("%s\n", refusal.what());
  }
}

// The length of a sequence, counted symbol by symbol, with one of two mistakes.
Problem count_symbols(bool guarded, std::int64_t largest) {
  ProblemBuilder p{"count"};
  const auto a = p.input("a", 1, 9);
  const auto i = p.loop("i", 1, length(a));
  p.value("n", 0, largest);
  p.transition(guarded ? cases(i == 1, 1, otherwise, p.state(i - 1) + 1) : p.state(i - 1) + 1);
  p.answer(p.last());
  return p.build();
}

void make_mistakes() {
  print_refusal([] {
    ProblemBuilder p{"inner-product"};
    const auto a = p.input("a", 1, 9), b = p.input("b", 1, 9);
    const auto i = p.loop("i", 1, length(a));
    p.value("sum", 0, 81 * length(a));
    p.transition(cases(i == 1, 0, otherwise, p.state(i - 1)) + p.at(a, i) * p.at(b, i));
  });
  print_refusal([] { solve(count_symbols(false, 9), {{3, 1, 4}}); });
  print_refusal([] { solve(count_symbols(true, 2), {{3, 1, 4}}); });
}

int main() {
  const Problem problem = longest_common_subsequence(2);
  bool right = true;
  for (const AttentionKind attention :
       {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear})
    right = verify_everything(problem, attention) && right;
  make_mistakes();
  return right ? 0 : 1;
}
