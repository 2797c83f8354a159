#include "constructions/residual/allocation.hpp"

#include <algorithm>

#include "constructions/residual/uses.hpp"

namespace wrought {

namespace {

constexpr std::size_t never = Timetable::never;

bool is_alive(const Uses& uses, const Timetable& timetable, std::size_t id) {
  return uses.is_output[id] || std::any_of(uses.readers[id].begin(), uses.readers[id].end(),
                                           [&](StepId reader) { return timetable.runs(reader); });
}

// The last stage at which each register is read, unit by unit.
std::vector<std::size_t> last_reads(const Program& program, const Uses& uses, const Timetable& timetable) {
  std::vector<std::size_t> last(program.registers().size(), 0);
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    const auto read = [&](const Form& form, std::size_t stage) {
      for_each_register(program, form, [&](Register r) { last[r->id] = std::max(last[r->id], stage); });
    };
    const Step& step = program.steps()[s];
    const Timetable::StepTimes& times = timetable.steps[s];
    for (std::size_t o = 0; o < step.feed_forward.outputs.size(); ++o) {
      const ReluSum& sum = step.feed_forward.outputs[o].sum;
      read(sum.linear, times.linear[o]);
      for (std::size_t u = 0; u < sum.units.size(); ++u) read(sum.units[u].argument, times.units[o][u]);
    }
    for_each_head_form(step.attention, [&](const Form& form) { read(form, times.first); });
    for (const auto& [fresh, old] : step.attention.accumulated) last[old->id] = std::max(last[old->id], times.first);
  }
  for (std::size_t id = 0; id < last.size(); ++id)
    if (uses.is_output[id]) last[id] = timetable.last_stage + 1;
  return last;
}

std::string base_name(const std::string& name) { return name.substr(0, name.find('@')); }

// Registers joined by accumulation share a cell.
std::vector<Cell> cells_of(const Program& program, const Timetable& timetable) {
  const Uses uses(program);
  const std::vector<std::size_t> last = last_reads(program, uses, timetable);
  std::vector<std::size_t> successor(last.size(), never);
  std::vector<bool> continues(last.size());
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    for (const auto& [fresh, old] : program.steps()[s].attention.accumulated) {
      successor[old->id] = fresh->id;
      continues[fresh->id] = true;
    }
  }
  std::vector<Cell> cells;
  for (const RegisterInfo& info : program.registers()) {
    if (continues[info.id] || !is_alive(uses, timetable, info.id)) continue;
    Cell cell;
    for (std::size_t id = info.id; id != never; id = successor[id]) {
      cell.registers.push_back(&program.registers()[id]);
      cell.last_stage = std::max(cell.last_stage, last[id]);
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace

Allocation allocate(const Program& program, const Timetable& timetable) {
  struct Coordinate {
    std::size_t free_from;
    std::string tenant;
  };
  std::vector<Coordinate> coordinates;

  Allocation allocation;
  allocation.cells = cells_of(program, timetable);
  allocation.coordinate.assign(program.registers().size(), never);
  const auto emptied = [&](const Cell& cell) { return timetable.cleared_at[cell.registers.front()->id]; };
  std::stable_sort(allocation.cells.begin(), allocation.cells.end(),
                   [&](const Cell& a, const Cell& b) { return emptied(a) < emptied(b); });
  for (Cell& cell : allocation.cells) {
    const std::string tenant = base_name(cell.registers.front()->name);
    // Taking over from a register of the same name keeps a region where it was.
    auto chosen = coordinates.end();
    for (auto it = coordinates.begin(); it != coordinates.end(); ++it) {
      if (emptied(cell) == 0 || it->free_from > emptied(cell)) continue;
      if (chosen == coordinates.end() || it->tenant == tenant) chosen = it;
      if (it->tenant == tenant) break;
    }
    if (chosen == coordinates.end())
      chosen = coordinates.insert(coordinates.end(), Coordinate{});
    else
      cell.cleared_at = emptied(cell);
    *chosen = {cell.last_stage, tenant};
    cell.coordinate = static_cast<std::size_t>(chosen - coordinates.begin());
    for (const Register r : cell.registers) allocation.coordinate[r->id] = cell.coordinate;
  }
  allocation.width = coordinates.size();
  return allocation;
}

}  // namespace wrought
