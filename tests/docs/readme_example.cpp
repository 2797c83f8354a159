#include <cstdio>

#include "constructions/compile.hpp"
#include "constructions/tasks/edit_distance.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;

int main() {
  // What to compute, and how: weights for all pairs of strings of up to 7 letters, under linear attention.
  const Problem problem = edit_distance({.insert = 1, .erase = 1, .substitute = 1}, 26);
  const Construction built = compile(problem, {7, 7}, AttentionKind::linear, Schedule::narrow);

  // One input; letters are 1..26. The plain solver says what the network must generate.
  const ChainOfThought chain = built.encode({{11, 9, 20, 20, 5, 14}, {19, 9, 20, 20, 9, 14, 7}});

  // Run the weights in exact rational arithmetic and compare every token.
  const auto runner = make_runner(built.network(), {ArithmeticKind::exact});
  const Report report = check(*runner, chain.prompt, chain.generated);

  const Shape s = shape(built.network());
  std::printf("%s: %zu tokens, answer %lld\n", name(report.verdict).c_str(), report.tokens,
              static_cast<long long>(chain.answer));
  std::printf("L = %zu, B = %zu\n", s.length, s.block);
  return report.verdict == Verdict::verified ? 0 : 1;
}
