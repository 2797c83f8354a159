#include "constructions/residual/schedule.hpp"

#include <algorithm>
#include <stdexcept>

namespace wrought {

namespace {

constexpr std::size_t never = Timetable::never;

// Step `to` runs at least `distance` stages after step `from`.
struct Precedence {
  StepId from, to;
  std::size_t distance;
};

// Who writes and who reads each register, by register id.
struct Uses {
  std::vector<std::optional<StepId>> writer;  // none: the embedding
  std::vector<std::vector<StepId>> readers;
  std::vector<bool> is_output;

  explicit Uses(const Program& program)
      : writer(program.registers().size()), readers(writer.size()), is_output(writer.size()) {
    const auto& steps = program.steps();
    for (StepId s = 0; s < steps.size(); ++s) {
      for_each_form_read(steps[s], [&](const Form& form) { read(program, form, s); });
      for (const auto& [fresh, old] : steps[s].attention.accumulated) readers[old->id].push_back(s);
      for (const Register r : written_by(steps[s])) writer[r->id] = s;
    }
    for (const Form& form : program.outputs()) {
      for (const auto& [r, coefficient] : form.terms()) is_output[r->id] = true;
      if (form.constant() != 0) is_output[program.one()->id] = true;
    }
  }

 private:
  void read(const Program& program, const Form& form, StepId step) {
    for (const auto& [r, coefficient] : form.terms()) readers[r->id].push_back(step);
    if (form.constant() != 0) readers[program.one()->id].push_back(step);
  }
};

// Steps whose results reach an output.
std::vector<bool> needed_steps(const Program& program, const Uses& uses) {
  std::vector<bool> needed(program.steps().size());
  for (StepId s = needed.size(); s-- > 0;)
    for (const Register r : written_by(program.steps()[s]))
      needed[s] = needed[s] || uses.is_output[r->id] ||
                  std::any_of(uses.readers[r->id].begin(), uses.readers[r->id].end(),
                              [&](StepId reader) { return needed[reader]; });
  return needed;
}

std::vector<Precedence> precedences(const Program& program, const Uses& uses, const std::vector<bool>& needed) {
  std::vector<Precedence> edges;
  const auto add = [&](StepId from, StepId to, std::size_t distance) {
    if (from > to) throw std::logic_error("step " + program.steps()[to].name + " is ordered before its input");
    if (from != to && needed[from] && needed[to]) edges.push_back({from, to, distance});
  };
  for (std::size_t r = 0; r < uses.writer.size(); ++r)
    if (uses.writer[r])
      for (const StepId reader : uses.readers[r]) add(*uses.writer[r], reader, 1);
  for (StepId s = 0; s < program.steps().size(); ++s) {
    const Step& step = program.steps()[s];
    for (const StepId earlier : step.not_before) add(earlier, s, 0);
    for (const auto& [fresh, old] : step.attention.accumulated)
      for (const StepId reader : uses.readers[old->id]) add(reader, s, 0);
  }
  return edges;
}

bool fits(const Step& step, std::size_t stage) { return stage > 0 && step.is_attention == (stage % 2 == 1); }

bool is_alive(const Uses& uses, const Timetable& timetable, std::size_t id) {
  return uses.is_output[id] || std::any_of(uses.readers[id].begin(), uses.readers[id].end(),
                                           [&](StepId reader) { return timetable.stage[reader] != never; });
}

std::size_t last_read(const Uses& uses, const Timetable& timetable, std::size_t id) {
  if (uses.is_output[id]) return timetable.last_stage + 1;
  std::size_t last = 0;
  for (const StepId reader : uses.readers[id])
    if (timetable.stage[reader] != never) last = std::max(last, timetable.stage[reader]);
  return last;
}

std::string base_name(const std::string& name) { return name.substr(0, name.find('@')); }

// Registers joined by accumulation share a cell.
std::vector<Cell> cells_of(const Program& program, const Uses& uses, const Timetable& timetable) {
  std::vector<std::size_t> successor(uses.writer.size(), never);
  std::vector<bool> continues(uses.writer.size());
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (timetable.stage[s] == never) continue;
    for (const auto& [fresh, old] : program.steps()[s].attention.accumulated) {
      successor[old->id] = fresh->id;
      continues[fresh->id] = true;
    }
  }
  std::vector<Cell> cells;
  for (const RegisterInfo& info : program.registers()) {
    if (continues[info.id] || !is_alive(uses, timetable, info.id)) continue;
    Cell cell;
    cell.first_stage = uses.writer[info.id] ? timetable.stage[*uses.writer[info.id]] : 0;
    for (std::size_t id = info.id; id != never; id = successor[id]) {
      cell.registers.push_back(&program.registers()[id]);
      cell.last_stage = std::max(cell.last_stage, last_read(uses, timetable, id));
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

// A coordinate that an attention step adds onto must be clear one stage earlier, when the last feed-forward block ran.
std::size_t occupied_from(const Cell& cell) {
  return cell.first_stage % 2 == 1 ? cell.first_stage - 1 : cell.first_stage;
}

}  // namespace

std::string name(Schedule schedule) { return schedule == Schedule::narrow ? "narrow" : "shallow"; }

Timetable as_early_as_possible(const Program& program) {
  const Uses uses(program);
  const std::vector<bool> needed = needed_steps(program, uses);
  std::vector<std::vector<Precedence>> before(needed.size());
  for (const Precedence& edge : precedences(program, uses, needed)) before[edge.to].push_back(edge);

  Timetable timetable;
  timetable.stage.assign(needed.size(), never);
  for (StepId s = 0; s < needed.size(); ++s) {
    if (!needed[s]) continue;
    std::size_t stage = 1;
    for (const Precedence& edge : before[s]) stage = std::max(stage, timetable.stage[edge.from] + edge.distance);
    if (!fits(program.steps()[s], stage)) ++stage;
    timetable.stage[s] = stage;
    timetable.last_stage = std::max(timetable.last_stage, stage + stage % 2);
  }
  return timetable;
}

Timetable as_late_as_possible(const Program& program) {
  const Uses uses(program);
  Timetable timetable = as_early_as_possible(program);
  std::vector<std::vector<Precedence>> after(timetable.stage.size());
  for (const Precedence& edge : precedences(program, uses, needed_steps(program, uses)))
    after[edge.from].push_back(edge);

  for (StepId s = timetable.stage.size(); s-- > 0;) {
    if (timetable.stage[s] == never) continue;
    std::size_t stage = timetable.last_stage;
    for (const Precedence& edge : after[s]) stage = std::min(stage, timetable.stage[edge.to] - edge.distance);
    if (!fits(program.steps()[s], stage)) --stage;
    timetable.stage[s] = stage;
  }
  return timetable;
}

Allocation allocate(const Program& program, const Timetable& timetable) {
  struct Coordinate {
    std::size_t free_from;
    std::string occupant;
  };
  std::vector<Coordinate> coordinates;

  Allocation allocation;
  allocation.cells = cells_of(program, Uses(program), timetable);
  allocation.coordinate.assign(program.registers().size(), never);
  std::stable_sort(allocation.cells.begin(), allocation.cells.end(),
                   [](const Cell& a, const Cell& b) { return occupied_from(a) < occupied_from(b); });
  for (Cell& cell : allocation.cells) {
    const std::string occupant = base_name(cell.registers.front()->name);
    // Taking over from a register of the same name keeps a region where it was.
    auto chosen = coordinates.end();
    for (auto it = coordinates.begin(); it != coordinates.end(); ++it) {
      if (cell.first_stage == 0 || it->free_from > occupied_from(cell)) continue;
      if (chosen == coordinates.end() || it->occupant == occupant) chosen = it;
      if (it->occupant == occupant) break;
    }
    if (chosen == coordinates.end())
      chosen = coordinates.insert(coordinates.end(), Coordinate{});
    else
      cell.cleared_at = cell.first_stage - cell.first_stage % 2;
    *chosen = {cell.last_stage, occupant};
    cell.coordinate = static_cast<std::size_t>(chosen - coordinates.begin());
    for (const Register r : cell.registers) allocation.coordinate[r->id] = cell.coordinate;
  }
  allocation.width = coordinates.size();
  return allocation;
}

}  // namespace wrought
