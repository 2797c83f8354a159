// When each step of a program runs.
//
// Stages alternate: 0 is the embedding, odd stages are attention, even ones feed-forward; layer l owns stages 2l + 1
// and 2l + 2. A schedule never changes what is computed, only how wide and how deep the network is.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "constructions/residual/program.hpp"

namespace wrought {

enum class Schedule {
  narrow,   // as few coordinates as possible: fetches take turns in one region
  shallow,  // as few layers as possible: every fetch has a region of its own
  paper,    // the paper's shape: hidden units of a layer <= D, heads of a layer · widest head <= D
};

const std::vector<Schedule>& all_schedules();
std::string name(Schedule schedule);

// How much fits into one layer.
struct Capacity {
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

  std::size_t hidden_units = unlimited;  // different ones; equal pre-activations are one unit
  std::size_t head_width = unlimited;    // number of heads times the widest of them
};

// The stage of everything. The hidden units of one feed-forward step may be spread over several stages: their sum is
// complete after the last of them.
struct Timetable {
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  struct StepTimes {
    std::size_t first = never, last = never;      // `never` if nothing needs the step
    std::vector<std::vector<std::size_t>> units;  // feed-forward: per output, per hidden unit
    std::vector<std::size_t> linear;              // feed-forward: per output, its linear part
  };

  std::vector<StepTimes> steps;
  // Per register id: the feed-forward stage, not after its first write, at which its coordinate is emptied if another
  // register was there before; 0 if its coordinate must be a fresh one.
  std::vector<std::size_t> cleared_at;
  std::size_t last_stage = 0;  // even

  bool runs(StepId step) const { return steps[step].first != never; }
};

// Every step as early as its inputs and the capacity allow.
Timetable as_early_as_possible(const Program& program, const Capacity& capacity = {});

// Every step as late as its readers and the capacity allow. Without limits, of the same depth.
Timetable as_late_as_possible(const Program& program, const Capacity& capacity = {});

// A unit that can never be active needs no place in the network.
inline bool is_ever_active(const HiddenUnit& unit) { return unit.argument.range().hi > 0; }

}  // namespace wrought
