#include "constructions/tasks/local_edit_distance.hpp"

namespace wrought {

Problem local_edit_distance(const EditCosts& cost, std::int64_t alphabet) {
  ProblemBuilder p{"local-edit-distance"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  p.require(length(a) <= length(b), "a first string that is not longer than the second");
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
  p.value("dp", 0, cost.erase * length(a) + cost.insert * length(b));
  const auto ahead = p.value("ahead", 0, alphabet), row = p.value("row", 0, alphabet),
             column = p.value("column", 0, alphabet);

  const auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
  const auto up_right = p.state(i - 1, j + 1);
  const auto differ = left[row] != up[column];
  p.transition(cases(i == 0, cost.insert * j,
                     j == 0, cost.erase * i,
                     otherwise, min(up + cost.erase, left + cost.insert, diagonal + cost.substitute * differ)),
               cases(i == 0, cases(j >= 1 && j <= length(a), p.at(a, j), otherwise, 0),
                     j == length(b), 0,
                     otherwise, up_right[ahead]),
               cases(i == 0, 0,
                     j == 0, up_right[ahead],
                     otherwise, left[row]),
               cases(j == 0, 0,
                     i == 0, p.at(b, j),
                     otherwise, up[column]));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
