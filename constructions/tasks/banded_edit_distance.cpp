#include "constructions/tasks/banded_edit_distance.hpp"

namespace wrought {

Problem banded_edit_distance(const EditCosts& cost, std::int64_t alphabet, std::int64_t band) {
  ProblemBuilder p{"banded-edit-distance"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  const std::string apart = "lengths that differ by at most band = " + std::to_string(band);
  p.require(length(a) - length(b) <= band, apart);
  p.require(length(b) - length(a) <= band, apart);
  const auto i = p.loop("i", 0, length(a)), d = p.loop("d", 0, 2 * band);
  const auto j = i + d - band;
  const auto dp = p.value("dp", 0, cost.erase * length(a) + cost.insert * length(b));
  p.at_most(dp, cost.erase * i + cost.insert * max(j, 0));

  const auto left = p.state(i, d - 1), up = p.state(i - 1, d + 1), diagonal = p.state(i - 1, d);
  const auto replaced = diagonal + cost.substitute * (p.at(a, i) != p.at(b, j));
  p.transition(cases(j < 0, 0,
                     j > length(b), left,
                     i == 0, cost.insert * j,
                     j == 0, cost.erase * i,
                     d == 0, min(replaced, up + cost.erase),
                     d == 2 * band, min(replaced, left + cost.insert),
                     otherwise, min(replaced, up + cost.erase, left + cost.insert)));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
