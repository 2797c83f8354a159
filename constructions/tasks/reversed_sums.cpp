#include "constructions/tasks/reversed_sums.hpp"

namespace wrought {

Problem reversed_sums(std::int64_t modulus) {
  ProblemBuilder p{"reversed-sums"};
  const auto s = p.input("s", 0, modulus - 1);
  const auto i = p.loop("i", 1, length(s));
  p.value("dp", 0, modulus - 1);
  const auto symbol = p.at(s, length(s) + 1 - i);
  p.transition(cases(i == 1, symbol,
                     otherwise, mod(p.state(i - 1) + symbol, modulus)));
  p.answer(p.last());
  return p.build();
}

}  // namespace wrought
