// Forms and ReLU sums at given register values, straight from their definitions: no layers, no coordinates.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "constructions/residual/relu_sum.hpp"
#include "verifier/numbers/interval.hpp"

namespace wrought::pointwise {

using Assignment = std::map<Register, Rational, RegisterOrder>;

inline Rational value(const Form& form, const Assignment& at) {
  Rational sum = form.constant();
  for (const auto& [r, coefficient] : form.terms()) sum += coefficient * at.at(r);
  return sum;
}

// With R for the activation.
inline Rational ideal(const ReluSum& sum, const Assignment& at) {
  Rational result = value(sum.linear, at);
  for (const HiddenUnit& unit : sum.units)
    result += unit.weight * std::max<Rational>(value(unit.argument, at), 0);
  return result;
}

// With GeLU(κx)/κ for the activation; the exact result lies inside. As GeLU(x) = R(x) + GeLU(-|x|) for every x, only the
// small difference from the ideal result is rounded.
inline Enclosure smooth(const ReluSum& sum, const Assignment& at, const Rational& kappa) {
  const IntervalArithmetic arithmetic(128);
  Interval difference;
  for (const HiddenUnit& unit : sum.units) {
    const Rational argument = -kappa * abs(value(unit.argument, at));
    arithmetic.add_product(difference, arithmetic.from(Rational(unit.weight / kappa)),
                           arithmetic.gelu(arithmetic.from(argument)));
  }
  const Rational exact = ideal(sum, at);
  const Enclosure bounds = *arithmetic.enclosure(difference);
  return {exact + bounds.lower, exact + bounds.upper};
}

// A point of a gadget's domain, and the exact result that the gadget must give there.
struct Point {
  Assignment at;
  Rational expected;
};
using Points = std::vector<Point>;

using Function = std::function<Rational(const Assignment&)>;

// Every assignment with each register at one of its integers lo..hi, and what `expected` says there.
inline Points grid(const std::vector<Register>& registers, const Function& expected) {
  std::vector<Assignment> assignments{{}};
  for (const Register r : registers) {
    std::vector<Assignment> extended;
    for (const Assignment& assignment : assignments)
      for (Rational n = r->range.lo; n <= r->range.hi; ++n) {
        extended.push_back(assignment);
        extended.back()[r] = n;
      }
    assignments = std::move(extended);
  }
  Points points;
  for (Assignment& at : assignments) {
    const Rational result = expected(at);
    points.push_back({std::move(at), result});
  }
  return points;
}

// The same points with one register off by -eps, 0, 4/5 eps and eps, and still the same result expected.
inline Points perturbed(const Points& points, Register r, const Rational& eps) {
  if (eps == 0) return points;
  Points result;
  for (const Point& point : points)
    for (const Rational& factor : {Rational(-1), Rational(0), Rational(4, 5), Rational(1)}) {
      result.push_back(point);
      result.back().at[r] += factor * eps;
    }
  return result;
}

inline std::string describe(const Point& point) {
  std::string text;
  for (const auto& [r, value] : point.at) text += r->name + " = " + to_string(value) + ", ";
  return text + "expected " + to_string(point.expected);
}

// The first point where the ideal sum is not exactly what is expected, or leaves the sum's range; "" if none is.
inline std::string first_wrong(const ReluSum& sum, const Points& points) {
  for (const Point& point : points) {
    const Rational found = ideal(sum, point.at);
    if (found != point.expected) return describe(point) + ", found " + to_string(found);
    if (found < sum.range.lo || found > sum.range.hi) return describe(point) + ", out of range";
  }
  return "";
}

// Bounds of the largest smooth error over the points.
inline Enclosure worst_smooth_error(const ReluSum& sum, const Points& points, const Rational& kappa) {
  Enclosure worst{0, 0};
  for (const Point& point : points) {
    const Enclosure found = smooth(sum, point.at, kappa);
    const Rational low = found.lower - point.expected, high = found.upper - point.expected;
    worst.lower = std::max({worst.lower, low, Rational(-high)});
    worst.upper = std::max({worst.upper, high, Rational(-low)});
  }
  return worst;
}

}  // namespace wrought::pointwise
