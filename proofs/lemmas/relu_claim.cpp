#include "proofs/lemmas/relu_claim.hpp"

#include "proofs/lemmas/enclosed.hpp"

namespace wrought::lemmas {

namespace {

bool is_positive(const Span& span) { return span.lo && *span.lo >= 0; }
bool is_negative(const Span& span) { return span.hi && *span.hi <= 0; }

// The only parameter in the function that can change on the part, if there is just one.
std::optional<std::size_t> only_parameter(const Affine& function, const Box& part) {
  std::optional<std::size_t> only;
  for (std::size_t i = 0; i < function.slopes.size(); ++i) {
    if (function.slopes[i] == 0 || (part[i].is_bounded() && *part[i].lo == *part[i].hi)) continue;
    if (only) return std::nullopt;
    only = i;
  }
  return only;
}

// Where the function is 0, all parameters but one being points.
Rational root(const Affine& function, const Box& part, std::size_t parameter) {
  Rational rest = function.constant;
  for (std::size_t i = 0; i < function.slopes.size(); ++i)
    if (i != parameter && function.slopes[i] != 0) rest += function.slopes[i] * *part[i].lo;
  return -rest / function.slopes[parameter];
}

}  // namespace

ReluClaim::ReluClaim(const ReluSum& sum, const Values& values, const Affine& target,
                     std::optional<Rational> sharpness)
    : linear(substitute(sum.linear, values) - target), kappa(std::move(sharpness)) {
  for (const HiddenUnit& unit : sum.units) units.push_back({substitute(unit.argument, values), unit.weight});
}

ReluClaim::Ideal ReluClaim::ideal(const Box& part) const {
  Ideal result{linear, Span::at(0)};
  for (const Unit& unit : units) {
    const Span range = range_over(unit.argument, part);
    if (is_negative(range)) continue;
    if (is_positive(range)) {
      result.function += unit.weight * unit.argument;
    } else if (!range.is_bounded()) {
      result.slack = Span::everything();
    } else {
      // Between the chord and the chord less s·|lo|, s its slope.
      const Rational s = *range.hi / (*range.hi - *range.lo);
      result.function += unit.weight * s * unit.argument;
      result.slack = result.slack + unit.weight * Span::of(0, -s * *range.lo);
    }
  }
  return result;
}

Span ReluClaim::enclose(const Box& part) const {
  const Ideal exact = ideal(part);
  const Span range = range_over(exact.function, part) + exact.slack;
  if (!kappa || !range.is_bounded()) return range;
  Span sum = range;
  for (const Unit& unit : units)
    sum = sum + Rational(-unit.weight) * shortfall(*kappa, range_over(unit.argument, part));
  return sum;
}

std::vector<Box> ReluClaim::promising(const Box& part) const {
  std::vector<Box> points = Claim::promising(part);
  // Where the affine part is largest and least.
  const Affine function = ideal(part).function;
  Box largest = points.front(), least = points.front();
  for (std::size_t i = 0; i < part.size() && i < function.slopes.size(); ++i) {
    if (function.slopes[i] == 0 || !part[i].is_bounded()) continue;
    const bool rises = function.slopes[i] > 0;
    largest[i] = Span::at(rises ? *part[i].hi : *part[i].lo);
    least[i] = Span::at(rises ? *part[i].lo : *part[i].hi);
  }
  points.push_back(largest);
  points.push_back(least);
  return points;
}

Cut ReluClaim::cut(const Box& part) const {
  for (const Unit& unit : units) {
    const Span range = range_over(unit.argument, part);
    if (is_positive(range) || is_negative(range)) continue;
    if (const auto parameter = only_parameter(unit.argument, part))
      return {*parameter, root(unit.argument, part, *parameter)};
  }
  return Claim::cut(part);
}

}  // namespace wrought::lemmas
