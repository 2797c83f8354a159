// Longest common subsequence once more: states carry their symbols along, and no token is read from far away.
#include <cstdio>

#include "constructions/compile.hpp"
#include "constructions/dp/carried_symbols.hpp"
#include "constructions/dp/locality.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;

Problem local_common_subsequence(std::int64_t alphabet) {
  ProblemBuilder p{"local-lcs"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  p.require(length(a) <= length(b), "a first string that is not longer than the second");
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
  const auto lcs = p.value("lcs", 0, length(a));
  p.at_most(lcs, i);
  const auto a_i = carry_row_symbol(p, "ahead", "row", a, i, j, length(b));  // a_i in every state of row i
  const auto b_j = carry_column_symbol(p, "column", b, i, j);                // b_j in every state of column j
  const auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
  p.transition(cases(i == 0 || j == 0, 0,
                     a_i.row.symbol == b_j.symbol, diagonal + 1,
                     otherwise, max(up, left)),
               a_i.ahead.transition, a_i.row.transition, b_j.transition);  // in the order of the fields
  p.answer(p.last());
  return p.build();
}

int main() {
  const Problem problem = local_common_subsequence(26);
  std::printf("m = %s\n", to_string(locality(problem).m, Variables(problem)).c_str());
  bool right = true;
  for (const AttentionKind attention : {AttentionKind::sparse, AttentionKind::linear}) {
    const Construction construction = compile(problem, {8, 8}, attention, Schedule::narrow);
    const ChainOfThought chain = construction.encode({{1, 2, 3, 2, 4, 1, 2}, {2, 4, 3, 1, 2, 1, 3}});
    const auto runner = make_runner(construction.network(), {ArithmeticKind::exact});
    const Report report = check(*runner, chain.prompt, chain.generated);
    std::printf("%-6s  %s: %s, answer %lld\n", name(attention).c_str(), construction_name(construction.plan),
                name(report.verdict).c_str(), static_cast<long long>(chain.answer));
    right = right && report.verdict == Verdict::verified;
  }
  return right ? 0 : 1;
}
