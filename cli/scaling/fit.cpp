#include "cli/scaling/fit.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace wrought::cli {

namespace {

std::size_t different_x(const std::vector<Point>& points) {
  std::set<double> xs;
  for (const Point& point : points) xs.insert(point.x);
  return xs.size();
}

std::vector<Point> shifted(std::vector<Point> points, double constant) {
  for (Point& point : points) point.y -= constant;
  return points;
}

double misfit(const std::vector<Point>& points, double constant, const PowerLaw& law) {
  double squares = 0;
  for (const auto& [x, y] : points)
    squares += std::pow(std::log(y) - std::log(constant + law.factor * std::pow(x, law.exponent)), 2);
  return std::sqrt(squares / static_cast<double>(points.size()));
}

}  // namespace

std::optional<PowerLaw> fit_power_law(const std::vector<Point>& points) {
  if (different_x(points) < 2) return std::nullopt;
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (const auto& [x, y] : points) {
    if (x <= 0 || y <= 0) return std::nullopt;
    const double u = std::log(x), v = std::log(y);
    n += 1;
    sx += u;
    sy += v;
    sxx += u * u;
    sxy += u * v;
  }
  PowerLaw law;
  law.exponent = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  const double intercept = (sy - law.exponent * sx) / n;
  law.factor = std::exp(intercept);
  law.misfit = misfit(points, 0, law);
  return law;
}

std::optional<ShiftedPowerLaw> fit_shifted_power_law(const std::vector<Point>& points) {
  if (different_x(points) < 3) return std::nullopt;
  const auto [lowest, highest] =
      std::minmax_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
  const double limit = lowest->y == highest->y ? 1 : lowest->y;  // a constant is not explained by another constant
  std::optional<ShiftedPowerLaw> best;
  for (double constant = 0; constant < limit; ++constant) {
    std::optional<PowerLaw> law = fit_power_law(shifted(points, constant));
    if (!law) continue;
    law->misfit = misfit(points, constant, *law);
    if (!best || law->misfit < best->law.misfit) best = ShiftedPowerLaw{constant, *law};
  }
  return best;
}

}  // namespace wrought::cli
