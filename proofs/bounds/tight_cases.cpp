#include "proofs/bounds/tight_cases.hpp"

namespace wrought {

namespace {

struct TightCase {
  const char *task, *construction, *what;
};

constexpr TightCase cases[] = {{"reversed-sums", "C1", "D = Θ̃(√L), Thm 4.4"},
                               {"reversed-sums", "C2", "D = Θ̃(√L), Thm 4.4"},
                               {"lagged-recurrence", "C4", "D = Θ̃(√m), Prop. 5.5"},
                               {"local-edit-distance", "C4", "D = Θ̃(√m), Prop. 5.5"},
                               {"arithmetic", "C4", "D = Θ̃(L^{1/4}), Prop. 5.2"}};

}  // namespace

std::string tight_case(const std::string& task, const std::string& construction) {
  for (const TightCase& c : cases)
    if (task == c.task && construction == c.construction) return c.what;
  return "";
}

}  // namespace wrought
