#include "proofs/bounds/tight_cases.hpp"

namespace wrought {

namespace {

struct TightCase {
  const char* task;
  AttentionKind attention;
  const char *construction, *what;
};

constexpr TightCase cases[] = {{"reversed-sums", AttentionKind::sparse, "C1", "D = Θ̃(√L), Thm 4.4"},
                               {"reversed-sums", AttentionKind::linear, "C2", "D = Θ̃(√L), Thm 4.4"},
                               {"lagged-recurrence", AttentionKind::linear, "C4", "D = Θ̃(√m), Prop. 5.5"},
                               {"local-edit-distance", AttentionKind::linear, "C4", "D = Θ̃(√m), Prop. 5.5"},
                               {"arithmetic", AttentionKind::linear, "C4", "D = Θ̃(L^{1/4}), Prop. 5.2"}};

}  // namespace

std::string tight_case(const std::string& task, AttentionKind attention, const std::string& construction) {
  for (const TightCase& c : cases)
    if (task == c.task && attention == c.attention && construction == c.construction) return c.what;
  return "";
}

}  // namespace wrought
