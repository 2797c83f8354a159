// What the named registers of one row hold, for whoever wants to see why a token comes out as it does.
#pragma once

#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::cli {

struct Reading {
  const Placement* placement = nullptr;
  std::string value;
  bool out_of_range = false;  // certainly more than 1/4 outside the range that holds in the ideal semantics
};

// Collects readings while a runner works. Registers are read at the stage that completes them; the slots of a memory
// region (Z@…) are left out.
class RegisterProbe {
 public:
  // The probe must outlive its use by the runner; `construction` must outlive the probe.
  explicit RegisterProbe(const Construction& construction) : construction_(construction) {}

  // For Runner::observe. Rows at other positions than the wanted one are passed over.
  void watch(Runner& runner);
  void want(std::size_t position);

  // Of the wanted row, in the order of the stages.
  const std::vector<Reading>& readings() const { return readings_; }

 private:
  void read(std::size_t stage, const RowView& row);

  const Construction& construction_;
  std::size_t wanted_ = 0;
  std::vector<Reading> readings_;
};

// One slot of a memory region rather than a register of its own.
bool is_region_slot(const std::string& register_name);

// "0..7".
std::string range_text(const Range& range);

}  // namespace wrought::cli
