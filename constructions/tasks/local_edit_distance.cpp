#include "constructions/tasks/local_edit_distance.hpp"

#include "constructions/dp/carried_symbols.hpp"

namespace wrought {

Problem local_edit_distance(const EditCosts& cost, std::int64_t alphabet) {
  ProblemBuilder p{"local-edit-distance"};
  const auto a = p.input("a", 1, alphabet), b = p.input("b", 1, alphabet);
  p.require(length(a) <= length(b), "a first string that is not longer than the second");
  const auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
  const auto dp = p.value("dp", 0, cost.erase * length(a) + cost.insert * length(b));
  p.at_most(dp, cost.erase * i + cost.insert * j);
  const auto a_i = carry_row_symbol(p, "ahead", "row", a, i, j, length(b));
  const auto b_j = carry_column_symbol(p, "column", b, i, j);

  const auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
  const auto differ = a_i.row.symbol != b_j.symbol;
  p.transition(cases(i == 0, cost.insert * j,
                     j == 0, cost.erase * i,
                     otherwise, min(up + cost.erase, left + cost.insert, diagonal + cost.substitute * differ)),
               a_i.ahead.transition, a_i.row.transition, b_j.transition);
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
