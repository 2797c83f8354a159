// What the named quantities of one row hold, for whoever wants to see why a token comes out as it does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "constructions/compile.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::cli {

// A number with a name, as found in a run. The range is the one it keeps to in the ideal semantics.
struct Reading {
  std::string name;
  std::optional<Enclosure> value;  // none if it is not finite, or the run stopped before
  Range range;

  // Certainly more than 1/4 outside the range.
  bool is_out_of_range() const;
};

// Keeps what one row of the residual stream holds while a runner works on it.
class RowProbe {
 public:
  // The construction must outlive the probe, the probe its use by the runner.
  explicit RowProbe(const Construction& construction);

  void attach(Runner& runner);
  // Forgets what was read and reads the row at `position` next.
  void want(std::size_t position);

  // What the construction watches: lengths, the next state, positions asked for, values found there.
  std::vector<Reading> quantities() const;
  // The registers themselves, each at the stage that completes it; without the slots of memory regions.
  std::vector<Reading> registers() const;

 private:
  using Place = std::pair<std::size_t, std::size_t>;  // stage and coordinate

  std::optional<Enclosure> at(std::size_t stage, std::size_t coordinate) const;
  Reading read(const Quantity& quantity) const;

  const Construction& construction_;
  std::size_t wanted_ = 0;
  std::map<Place, std::optional<Enclosure>> values_;  // of all places of interest
};

// One slot of a memory region rather than a register of its own.
bool is_region_slot(const std::string& register_name);

// "0..7".
std::string range_text(const Range& range);

// "3", "2.71828", "[2.4, 3.1]" where the enclosure is wide, "?" without one.
std::string value_text(const std::optional<Enclosure>& value);

}  // namespace wrought::cli
