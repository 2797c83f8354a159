// Exponents: how a quantity grows with another, by least squares on a log-log scale.
#pragma once

#include <optional>
#include <vector>

namespace wrought::cli {

// y ≈ factor · x^exponent. The misfit is the root mean square of ln y - ln fit.
struct PowerLaw {
  double exponent = 0, factor = 0, misfit = 0;
};

// y ≈ constant + factor · x^exponent, the constant a whole number with the least misfit; that is the root mean square of
// ln y - ln(constant + factor · x^exponent), so that small numbers count no more when the constant is taken from them.
struct ShiftedPowerLaw {
  double constant = 0;
  PowerLaw law;
};

struct Point {
  double x = 0, y = 0;
};

// Nothing with fewer than two different x, or where a number is not positive.
std::optional<PowerLaw> fit_power_law(const std::vector<Point>& points);

// Nothing with fewer than three different x. A y that never changes has exponent 0 and constant 0.
std::optional<ShiftedPowerLaw> fit_shifted_power_law(const std::vector<Point>& points);

}  // namespace wrought::cli
