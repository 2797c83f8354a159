#include "cli/readings.hpp"

namespace wrought::cli {

namespace {

bool is_outside(const std::optional<Enclosure>& value, const Range& range) {
  const Rational tolerance(1, 4);
  return value && (value->lower > range.hi + tolerance || value->upper < range.lo - tolerance);
}

}  // namespace

bool is_region_slot(const std::string& register_name) { return register_name.starts_with("Z@"); }

std::string range_text(const Range& range) {
  return range.lo == range.hi ? to_string(range.lo) : to_string(range.lo) + ".." + to_string(range.hi);
}

void RegisterProbe::watch(Runner& runner) {
  runner.observe([this](std::size_t position, std::size_t stage, const RowView& row) {
    if (position == wanted_) read(stage, row);
  });
}

void RegisterProbe::want(std::size_t position) {
  wanted_ = position;
  readings_.clear();
}

void RegisterProbe::read(std::size_t stage, const RowView& row) {
  for (const Placement& placement : construction_.layout.placements) {
    if (placement.first_stage != stage || is_region_slot(placement.name)) continue;
    readings_.push_back({&placement, row.text(placement.coordinate),
                         is_outside(row.enclosure(placement.coordinate), placement.range)});
  }
}

}  // namespace wrought::cli
