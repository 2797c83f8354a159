#include "cli/readings.hpp"

#include <fmt/format.h>

namespace wrought::cli {

namespace {

bool is_interesting(const Placement& placement) { return !is_region_slot(placement.name); }

// Short rationals as they are; others in six decimals, which hides by how little they miss an integer.
std::string number_text(const Rational& x) {
  constexpr std::size_t longest = 12;
  if (const std::string exact = to_string(x); exact.size() <= longest) return exact;
  const Integer integer = nearest(x);
  return abs(x - integer) < Rational(1, 1'000'000) ? integer.str() : fmt::format("{:.6g}", nearest_double(x));
}

}  // namespace

bool is_region_slot(const std::string& register_name) { return register_name.starts_with("Z@"); }

std::string range_text(const Range& range) {
  return range.lo == range.hi ? to_string(range.lo) : to_string(range.lo) + ".." + to_string(range.hi);
}

std::string value_text(const std::optional<Enclosure>& value) {
  if (!value) return "?";
  const Rational width = value->upper - value->lower, middle = (value->lower + value->upper) / 2;
  if (width < Rational(1, 1'000'000)) return number_text(middle);
  return fmt::format("[{:.4g}, {:.4g}]", nearest_double(value->lower), nearest_double(value->upper));
}

bool Reading::is_out_of_range() const {
  const Rational tolerance(1, 4);
  return value && (value->lower > range.hi + tolerance || value->upper < range.lo - tolerance);
}

RowProbe::RowProbe(const Construction& construction) : construction_(construction) {
  for (const Placement& placement : construction.layout.placements)
    if (is_interesting(placement)) values_[{placement.first_stage, placement.coordinate}];
  for (const Quantity& quantity : construction.layout.quantities)
    for (const Quantity::Term& term : quantity.terms) values_[{term.stage, term.coordinate}];
}

void RowProbe::attach(Runner& runner) {
  runner.observe([this](std::size_t position, std::size_t stage, const RowView& row) {
    if (position != wanted_) return;
    for (auto it = values_.lower_bound({stage, 0}); it != values_.end() && it->first.first == stage; ++it)
      it->second = row.enclosure(it->first.second);
  });
}

void RowProbe::want(std::size_t position) {
  wanted_ = position;
  for (auto& [place, value] : values_) value.reset();
}

std::vector<Reading> RowProbe::quantities() const {
  std::vector<Reading> readings;
  for (const Quantity& quantity : construction_.layout.quantities) readings.push_back(read(quantity));
  return readings;
}

std::vector<Reading> RowProbe::registers() const {
  std::vector<Reading> readings;
  for (const Placement& placement : construction_.layout.placements)
    if (is_interesting(placement))
      readings.push_back({placement.name, at(placement.first_stage, placement.coordinate), placement.range});
  return readings;
}

std::optional<Enclosure> RowProbe::at(std::size_t stage, std::size_t coordinate) const {
  return values_.at({stage, coordinate});
}

Reading RowProbe::read(const Quantity& quantity) const {
  Enclosure sum{quantity.constant, quantity.constant};
  for (const Quantity::Term& term : quantity.terms) {
    const std::optional<Enclosure> value = at(term.stage, term.coordinate);
    if (!value) return {quantity.name, std::nullopt, quantity.range};
    sum.lower += term.factor * (term.factor > 0 ? value->lower : value->upper);
    sum.upper += term.factor * (term.factor > 0 ? value->upper : value->lower);
  }
  return {quantity.name, sum, quantity.range};
}

}  // namespace wrought::cli
