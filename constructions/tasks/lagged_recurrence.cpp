#include "constructions/tasks/lagged_recurrence.hpp"

namespace wrought {

Problem lagged_recurrence(std::int64_t m, std::int64_t steps, std::int64_t modulus) {
  ProblemBuilder p{"lagged-recurrence"};
  const auto s = p.input("s", 0, modulus - 1);  // s[t] is x_{t-m}
  p.require(length(s) == m, "exactly m = " + std::to_string(m) + " symbols");
  const auto t = p.loop("t", 1, steps);
  p.value("x", 0, modulus - 1);
  const auto before = cases(t == 1, p.at(s, m), otherwise, p.state(t - 1));
  const auto lagged = cases(t <= m, p.at(s, t), otherwise, p.state(t - m));
  p.transition(mod(before + lagged, modulus));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
