// When each step of a program runs, and which coordinate carries each register.
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
};

std::string name(Schedule schedule);

// Where a register lives: in `coordinate` after stages first..last (last: the last stage that reads it).
struct Placement {
  std::string name;
  Range range;
  std::size_t coordinate = 0;
  std::size_t first_stage = 0;
  std::size_t last_stage = 0;
};

struct Timetable {
  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  std::vector<std::size_t> stage;  // of each step; `never` if nothing needs it
  std::size_t last_stage = 0;      // even
};

// Every step as early as its inputs allow.
Timetable as_early_as_possible(const Program& program);

// The same depth, every step as late as its readers allow.
Timetable as_late_as_possible(const Program& program);

struct Cell {
  std::vector<Register> registers;  // that live in it one after the other, each accumulating onto the one before
  std::size_t coordinate = 0;
  std::size_t first_stage = 0;      // written here
  std::size_t last_stage = 0;       // last read here
  std::size_t cleared_at = 0;       // feed-forward stage that removes what was there before; 0 if nothing was
};

struct Allocation {
  std::size_t width = 0;                 // D
  std::vector<Cell> cells;               // those of registers that somebody reads
  std::vector<std::size_t> coordinate;   // of each register by id; `Timetable::never` if nobody reads it
};

// Registers to coordinates: a coordinate is taken again once its register has been read for the last time.
Allocation allocate(const Program& program, const Timetable& timetable);

}  // namespace wrought
