// Which coordinate of the residual stream carries each register.
#pragma once

#include <cstddef>
#include <vector>

#include "constructions/residual/program.hpp"
#include "constructions/residual/schedule.hpp"

namespace wrought {

// A coordinate's tenants: registers that live in it one after the other, each accumulating onto the one before.
struct Cell {
  std::vector<Register> registers;
  std::size_t coordinate = 0;
  std::size_t last_stage = 0;   // last read here
  std::size_t cleared_at = 0;   // feed-forward stage that removes what was there before; 0 if nothing was
};

struct Allocation {
  std::size_t width = 0;                // D
  std::vector<Cell> cells;              // those of registers that somebody reads
  std::vector<std::size_t> coordinate;  // of each register by id; `Timetable::never` if nobody reads it
};

// Registers to coordinates: a coordinate is taken again once its register has been read for the last time.
Allocation allocate(const Program& program, const Timetable& timetable);

}  // namespace wrought
