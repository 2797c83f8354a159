#include "cli/suggest.hpp"

#include <algorithm>
#include <numeric>

#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// Edit distance in which swapping two neighbours is one step too: the commonest slip of the fingers.
std::size_t slips(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::exchange(above, row);
  }
  return above[b.size()];
}

bool begins(const std::string& name, const std::string& given) {
  return given.find_first_not_of('-') != std::string::npos && name.starts_with(given);
}

}  // namespace

std::vector<std::string> nearest(const std::string& given, const std::vector<std::string>& valid) {
  std::vector<std::pair<std::size_t, std::string>> close;
  for (const std::string& name : valid) {
    const std::size_t distance = begins(name, given) ? 0 : slips(given, name);
    if (distance <= std::max<std::size_t>(1, name.size() / 3)) close.emplace_back(distance, name);
  }
  std::stable_sort(close.begin(), close.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [distance, name] : close)
    if (distance == close.front().first) names.push_back(name);
  return names;
}

UsageError unknown_name(const std::string& what, const std::string& given,
                        const std::vector<std::string>& valid) {
  const std::vector<std::string> close = nearest(given, valid);
  const std::string hint = close.empty() ? "; " : "; did you mean " + joined(close, " or ") + "? ";
  return UsageError("unknown " + what + " " + in_quotes(given) + hint + "Valid: " + joined(valid));
}

}  // namespace wrought::cli
