#include "verifier/check/check.hpp"

#include <algorithm>

namespace wrought {

namespace {

const Rational half(1, 2);

Report stopped(Report report, Verdict verdict, Difference difference, std::string reason) {
  report.verdict = verdict;
  report.difference = std::move(difference);
  report.reason = std::move(reason);
  return report;
}

// The first coordinate of `output` that is not decoded as `expected`, as a report; nothing if all are.
std::optional<Report> compare(const RowView& output, const Token& expected, std::size_t position, Report& report) {
  std::optional<Rational> margin = report.margin;  // counts only if the whole token is right
  for (std::size_t c = 0; c < expected.size(); ++c) {
    const Difference difference{position, c, expected[c], output.text(c)};
    const std::optional<Enclosure> bounds = output.enclosure(c);
    if (!bounds) return stopped(report, Verdict::unknown, difference, "the value is not finite");
    const Rational target = expected[c];
    const Rational distance = std::max<Rational>(abs(bounds->lower - target), abs(bounds->upper - target));
    if (distance < half) {
      if (!margin || half - distance < *margin) margin = half - distance;
      continue;
    }
    const bool excluded = bounds->lower >= target + half || bounds->upper <= target - half;
    return excluded ? stopped(report, Verdict::refuted, difference, "a token differs")
                    : stopped(report, Verdict::unknown, difference, "the enclosure is too wide to round");
  }
  report.margin = margin;
  return std::nullopt;
}

}  // namespace

std::string name(Verdict verdict) {
  switch (verdict) {
    case Verdict::verified: return "verified";
    case Verdict::refuted: return "refuted";
    case Verdict::unknown: break;
  }
  return "unknown";
}

Verdict worst(Verdict a, Verdict b) {
  if (a == Verdict::refuted || b == Verdict::refuted) return Verdict::refuted;
  if (a == Verdict::unknown || b == Verdict::unknown) return Verdict::unknown;
  return Verdict::verified;
}

std::optional<Integer> decode(const Enclosure& enclosure) {
  const Integer candidate = nearest(enclosure.lower);
  const bool inside = enclosure.lower > candidate - half && enclosure.upper < candidate + half;
  return inside ? std::optional<Integer>(candidate) : std::nullopt;
}

Report check(Runner& runner, const std::vector<Token>& prompt, const std::vector<Token>& expected) {
  Report report;
  runner.reset();
  std::size_t position = 0;
  try {
    for (; position < prompt.size(); ++position) runner.append(prompt[position]);
    for (std::size_t g = 0; g < expected.size(); ++g, ++position) {
      if (auto difference = compare(runner.output(), expected[g], position, report)) return *difference;
      ++report.tokens;
      if (g + 1 < expected.size()) runner.append(expected[g]);
    }
  } catch (const Undefined& undefined) {
    return stopped(report, Verdict::refuted, {position, 0, 0, "undefined"}, undefined.what());
  }
  report.verdict = Verdict::verified;
  return report;
}

}  // namespace wrought
