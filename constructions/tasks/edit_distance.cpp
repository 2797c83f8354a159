#include "constructions/tasks/edit_distance.hpp"

namespace wrought {

Problem edit_distance(const EditCosts& cost, std::int64_t alphabet) {
  ProblemBuilder p{"edit-distance"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));  // row by row
  const auto dp = p.value("dp", 0, cost.erase * length(a) + cost.insert * length(b));
  p.at_most(dp, cost.erase * i + cost.insert * j);
  const auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
  const auto differ = p.at(a, i) != p.at(b, j);
  p.transition(cases(i == 0, cost.insert * j,
                     j == 0, cost.erase * i,
                     otherwise, min(up + cost.erase, left + cost.insert, diagonal + cost.substitute * differ)));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
