#include "constructions/tasks/lis.hpp"

namespace wrought {

Problem longest_increasing_subsequence(std::int64_t largest) {
  ProblemBuilder p{"lis"};
  const auto s = p.input("s", 0, largest);
  const auto j = p.loop("j", 1, length(s) + 1), k = p.loop("k", 0, j - 1);
  const auto dp = p.value("dp", 0, length(s));
  p.at_most(dp, k + 1);
  const auto before = p.state(j, k - 1), end_at_k = p.state(k, k - 1);
  const auto behind = j == length(s) + 1;  // the row that takes the maximum
  p.transition(cases(k == 0, cases(behind, 0, otherwise, 1),
                     behind, max(before, end_at_k),
                     otherwise, max(before, (p.at(s, j) > p.at(s, k)) * end_at_k + 1)));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
