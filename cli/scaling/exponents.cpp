#include "cli/scaling/exponents.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace wrought::cli {

namespace {

using Quantity = std::function<double(const Cell&)>;

double as_double(const Integer& x) { return x.convert_to<double>(); }

struct Claims {
  std::string width, cost;
};

Claims claims(const Cell& cell) {
  if (cell.construction == "C0") return {"O(1) (Thm 4.1)", "Θ̃(L²)"};
  if (cell.construction == "C3") return {"O(1) (Prop. 5.4)", "Õ(mL), or Õ(L√L) for m = O(√L)"};
  if (cell.construction == "C5" && cell.attention == AttentionKind::sparse)
    return {"O(1) (Prop. 5.1)", "O(L√L) (Prop. 5.1)"};
  if (cell.construction == "C5") return {"O(1) (Thm 3.3 of Feng et al.)", "Θ̃(L²)"};
  if (cell.construction == "C4") return {"Ω̃(√m) (Prop. 5.5); no upper bound", "Ω̃(mL)"};
  if (cell.attention == AttentionKind::strided) return {"not in the paper; as sparse: O(√L)", "as sparse: Θ̃(L²)"};
  return {"O(√L) (Thm 4.2), Ω̃(√L) if regular (Thm 4.4)", "Θ̃(L²)"};
}

std::optional<double> last_slope(const std::vector<Point>& points) {
  if (points.size() < 2) return std::nullopt;
  const std::optional<PowerLaw> law = fit_power_law({points[points.size() - 2], points.back()});
  return law ? std::optional(law->exponent) : std::nullopt;
}

std::vector<Point> points(const std::vector<Cell>& cells, const Quantity& x, const Quantity& y) {
  std::vector<Point> result;
  for (const Cell& cell : cells) result.push_back({x(cell), y(cell)});
  std::sort(result.begin(), result.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  return result;
}

double length(const Cell& cell) { return static_cast<double>(cell.shape.length); }
double distance(const Cell& cell) { return as_double(cell.distance); }

// Whether m grows over the cells and L does not keep pace: then m is what the cells differ in.
bool differ_in_distance(const std::vector<Cell>& cells) {
  const auto growth = [&](const Quantity& x) {
    const std::vector<Point> p = points(cells, x, x);
    return p.back().x / p.front().x;
  };
  return growth(distance) > growth(length);
}

}  // namespace

std::vector<Exponents> exponents(const std::vector<Cell>& cells) {
  if (cells.empty()) return {};
  const Claims claim = claims(cells.back());
  const bool is_local = cells.back().construction == "C3" || cells.back().construction == "C4";
  std::vector<Exponents> result;
  const auto add_width = [&](const std::string& name, const Quantity& y) {
    const std::vector<Point> p = points(cells, is_local ? distance : length, y);
    result.push_back(
        {name, is_local ? "m" : "L", fit_power_law(p), fit_shifted_power_law(p), last_slope(p), claim.width});
  };
  const bool in_distance = is_local && differ_in_distance(cells);
  const auto add = [&](const std::string& name, const Quantity& y, const std::string& what) {
    const std::vector<Point> p = points(cells, in_distance ? distance : length, y);
    result.push_back({name, in_distance ? "m" : "L", fit_power_law(p), std::nullopt, last_slope(p), what});
  };
  add_width("D", [](const Cell& c) { return static_cast<double>(c.shape.width); });
  add_width("D_paper", [](const Cell& c) { return static_cast<double>(c.shape.paper_width); });
  add("cost", [](const Cell& c) { return as_double(c.dense_cost); }, claim.cost);
  if (std::all_of(cells.begin(), cells.end(), [](const Cell& c) { return c.was_run(); }))
    add("run", [](const Cell& c) { return c.multiply_adds * length(c); }, "-");
  add("parameters", [](const Cell& c) { return static_cast<double>(c.shape.dense_parameters); }, "-");
  return result;
}

}  // namespace wrought::cli
