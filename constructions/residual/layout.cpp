#include "constructions/residual/layout.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "constructions/gadgets/move.hpp"
#include "constructions/residual/allocation.hpp"

namespace wrought {

namespace {

using Index = Eigen::Index;
using Triplet = Eigen::Triplet<Rational>;
using Row = std::vector<std::pair<Index, Rational>>;

Index index(std::size_t n) { return static_cast<Index>(n); }

Matrix matrix(std::size_t rows, std::size_t columns, const std::vector<Triplet>& triplets) {
  Matrix m(index(rows), index(columns));
  m.setFromTriplets(triplets.begin(), triplets.end());
  m.prune([](Index, Index, const Rational& value) { return value != 0; });
  return m;
}

class Emitter {
 public:
  Emitter(const Program& program, const Timetable& timetable, const Allocation& allocation)
      : program_(program), timetable_(timetable), allocation_(allocation) {}

  Network network(const Attention& attention, std::size_t token_width) const {
    Network network;
    network.width = index(allocation_.width);
    network.max_length = program_.max_length();
    network.attention = attention;
    network.embedding = embedding(token_width);
    network.positions = positions();
    for (std::size_t stage = 1; stage < timetable_.last_stage; stage += 2) {
      Layer layer = feed_forward(stage + 1);
      layer.heads = heads(stage);
      network.layers.push_back(std::move(layer));
    }
    network.readout = rows(program_.outputs(), token_width);
    return network;
  }

 private:
  bool kept(Register r) const { return allocation_.coordinate[r->id] != Timetable::never; }
  Index coordinate(Register r) const { return index(allocation_.coordinate[r->id]); }

  // A form over registers as a row over coordinates.
  Row row(const Form& form) const {
    std::map<Index, Rational> entries;
    for (const auto& [r, coefficient] : form.terms()) entries[coordinate(r)] += coefficient;
    if (form.constant() != 0) entries[coordinate(program_.one())] += form.constant();
    return {entries.begin(), entries.end()};
  }

  Matrix rows(const std::vector<Form>& forms, std::size_t count) const {
    std::vector<Triplet> triplets;
    for (std::size_t f = 0; f < forms.size(); ++f)
      for (const auto& [column, value] : row(forms[f])) triplets.emplace_back(index(f), column, value);
    return matrix(count, allocation_.width, triplets);
  }

  Matrix embedding(std::size_t token_width) const {
    std::vector<Triplet> triplets;
    for (const TokenRegister& t : program_.token_registers())
      if (kept(t.target)) triplets.emplace_back(coordinate(t.target), index(t.coordinate), Rational(1));
    return matrix(allocation_.width, token_width, triplets);
  }

  std::vector<PositionFeature> positions() const {
    std::vector<PositionFeature> features;
    for (const PositionRegister& p : program_.position_registers())
      if (kept(p.target)) features.push_back({coordinate(p.target), p.values});
    return features;
  }

  std::vector<Head> heads(std::size_t stage) const {
    std::vector<Head> result;
    for (StepId s = 0; s < program_.steps().size(); ++s)
      if (timetable_.runs(s) && program_.steps()[s].is_attention && timetable_.steps[s].first == stage)
        for (const HeadSpec& spec : program_.steps()[s].attention.heads) result.push_back(head(spec));
    return result;
  }

  Head head(const HeadSpec& spec) const {
    std::vector<Form> query, key, query_slope, key_slope, value;
    for (const QueryKeyForm& form : spec.query) {
      query.push_back(form.constant);
      query_slope.push_back(form.slope);
    }
    for (const QueryKeyForm& form : spec.key) {
      key.push_back(form.constant);
      key_slope.push_back(form.slope);
    }
    std::vector<Triplet> output;
    for (const HeadValue& v : spec.values) {
      if (!kept(v.target)) continue;
      output.emplace_back(coordinate(v.target), index(value.size()), v.weight);
      value.push_back(v.value);
    }
    return {rows(query, query.size()),
            rows(key, key.size()),
            rows(query_slope, query.size()),
            rows(key_slope, key.size()),
            rows(value, value.size()),
            matrix(allocation_.width, value.size(), output)};
  }

  // All units of a stage; units with the same pre-activation are one.
  Layer feed_forward(std::size_t stage) const {
    std::map<Row, std::size_t> units;
    std::vector<Triplet> w2;
    const auto add = [&](const HiddenUnit& unit, Index target) {
      const auto [it, inserted] = units.try_emplace(row(unit.argument), units.size());
      w2.emplace_back(target, index(it->second), unit.weight);
    };
    for (StepId s = 0; s < program_.steps().size(); ++s) {
      if (!timetable_.runs(s)) continue;
      const Timetable::StepTimes& times = timetable_.steps[s];
      const auto& outputs = program_.steps()[s].feed_forward.outputs;
      for (std::size_t o = 0; o < outputs.size(); ++o) {
        if (!kept(outputs[o].target)) continue;
        const Index target = coordinate(outputs[o].target);
        const ReluSum& sum = outputs[o].sum;
        for (std::size_t u = 0; u < sum.units.size(); ++u)
          if (times.units[o][u] == stage && is_ever_active(sum.units[u])) add(sum.units[u], target);
        if (times.linear[o] == stage && !(sum.linear.is_constant() && sum.linear.constant() == 0))
          for (const HiddenUnit& unit : move(sum.linear).units) add(unit, target);
      }
    }
    for (const Cell& cell : allocation_.cells)
      if (cell.cleared_at == stage) clear(index(cell.coordinate), units, w2);

    std::vector<Triplet> w1;
    for (const auto& [row, unit] : units)
      for (const auto& [column, value] : row) w1.emplace_back(index(unit), column, value);
    Layer layer;
    layer.w1 = matrix(units.size(), allocation_.width, w1);
    layer.w2 = matrix(allocation_.width, units.size(), w2);
    return layer;
  }

  // Subtracts what the coordinate holds, whatever it is (§3.5).
  static void clear(Index target, std::map<Row, std::size_t>& units, std::vector<Triplet>& w2) {
    for (const int sign : {1, -1}) {
      const auto [it, inserted] = units.try_emplace(Row{{target, Rational(sign)}}, units.size());
      w2.emplace_back(target, index(it->second), Rational(-sign));
    }
  }

  const Program& program_;
  const Timetable& timetable_;
  const Allocation& allocation_;
};

// The stage that completes each register, by id.
std::vector<std::size_t> completion_stages(const Program& program, const Timetable& timetable) {
  std::vector<std::size_t> written(program.registers().size(), 0);
  for (StepId s = 0; s < program.steps().size(); ++s)
    for (const Register r : written_by(program.steps()[s])) written[r->id] = timetable.steps[s].last;
  return written;
}

std::vector<Placement> placements(const Program& program, const Timetable& timetable, const Allocation& allocation) {
  std::vector<Placement> result;
  const std::vector<std::size_t> written = completion_stages(program, timetable);
  for (const Cell& cell : allocation.cells)
    for (std::size_t i = 0; i < cell.registers.size(); ++i) {
      const Register r = cell.registers[i];
      const bool is_last = i + 1 == cell.registers.size();
      result.push_back({r->name, r->range, cell.coordinate, written[r->id],
                        is_last ? cell.last_stage : written[cell.registers[i + 1]->id]});
    }
  std::stable_sort(result.begin(), result.end(),
                   [](const Placement& a, const Placement& b) { return a.first_stage < b.first_stage; });
  return result;
}

// The first stage that writes each feed-forward register, by id.
std::vector<std::size_t> first_writes(const Program& program, const Timetable& timetable) {
  std::vector<std::size_t> first(program.registers().size(), 0);
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    const Step& step = program.steps()[s];
    const Timetable::StepTimes& times = timetable.steps[s];
    for (const Register r : written_by(step)) first[r->id] = times.last;
    for (std::size_t o = 0; o < step.feed_forward.outputs.size(); ++o) {
      std::size_t& stage = first[step.feed_forward.outputs[o].target->id];
      const ReluSum& sum = step.feed_forward.outputs[o].sum;
      for (std::size_t u = 0; u < sum.units.size(); ++u)
        if (is_ever_active(sum.units[u])) stage = std::min(stage, times.units[o][u]);
      if (!(sum.linear.is_constant() && sum.linear.constant() == 0)) stage = std::min(stage, times.linear[o]);
    }
  }
  return first;
}

std::vector<std::optional<Residence>> residences(const Program& program, const Timetable& timetable,
                                                 const Allocation& allocation) {
  const std::vector<std::size_t> first = first_writes(program, timetable);
  const std::vector<std::size_t> complete = completion_stages(program, timetable);
  std::vector<std::optional<Residence>> result(program.registers().size());
  for (const Cell& cell : allocation.cells)
    for (std::size_t i = 0; i < cell.registers.size(); ++i) {
      const std::size_t id = cell.registers[i]->id;
      const bool is_last = i + 1 == cell.registers.size();
      result[id] = Residence{cell.coordinate, i == 0 ? cell.cleared_at : 0, first[id], complete[id],
                             is_last ? cell.last_stage : first[cell.registers[i + 1]->id]};
    }
  return result;
}

std::vector<std::optional<std::size_t>> step_stages(const Program& program, const Timetable& timetable) {
  std::vector<std::optional<std::size_t>> stages(program.steps().size());
  for (StepId s = 0; s < stages.size(); ++s)
    if (timetable.runs(s)) stages[s] = timetable.steps[s].first;
  return stages;
}

std::vector<Quantity> quantities(const Program& program, const Timetable& timetable, const Allocation& allocation) {
  const std::vector<std::size_t> written = completion_stages(program, timetable);
  std::vector<Quantity> result;
  for (const auto& [name, form] : program.watched()) {
    const auto is_kept = [&](const auto& term) { return allocation.coordinate[term.first->id] != Timetable::never; };
    if (!std::all_of(form.terms().begin(), form.terms().end(), is_kept)) continue;
    Quantity& quantity = result.emplace_back(Quantity{name, form.range(), form.constant(), {}});
    for (const auto& [r, factor] : form.terms())
      quantity.terms.push_back({allocation.coordinate[r->id], written[r->id], factor});
  }
  return result;
}

// The names of the steps that run at each stage; a step spread over several is named at each.
std::vector<std::vector<std::string>> stage_names(const Program& program, const Timetable& timetable) {
  std::vector<std::vector<std::string>> stages(timetable.last_stage + 1);
  stages[0].push_back("embedding");
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    for (std::size_t stage = timetable.steps[s].first; stage <= timetable.steps[s].last; stage += 2)
      stages[stage].push_back(program.steps()[s].name);
  }
  return stages;
}

struct Plan {
  Timetable timetable;
  Allocation allocation;
};

Plan plan(const Program& program, Timetable timetable) {
  Allocation allocation = allocate(program, timetable);
  return {std::move(timetable), std::move(allocation)};
}

// Early or late: the narrower of the two, at equal width the shallower.
Plan narrower(const Program& program, const Capacity& capacity) {
  Plan early = plan(program, as_early_as_possible(program, capacity));
  Plan late = plan(program, as_late_as_possible(program, capacity));
  const auto cost = [](const Plan& p) { return std::pair(p.allocation.width, p.timetable.last_stage); };
  return cost(late) < cost(early) ? std::move(late) : std::move(early);
}

// The paper's shape: no layer has more hidden units, or wider heads together, than the residual stream has coordinates.
// Tried from the width that the program needs without any limit, and lowered until the plan is at least as wide as its
// layers. ⌈√L⌉ is the least capacity; it matters where D is constant but a table alone is wider, as for lis under
// standard attention.
Plan paper_shaped(const Program& program, std::size_t root_of_length) {
  std::size_t capacity = narrower(program, {}).allocation.width;
  while (true) {
    capacity = std::max(capacity, root_of_length);
    Plan shaped = narrower(program, {capacity, capacity});
    if (shaped.allocation.width >= capacity || capacity == root_of_length) return shaped;
    capacity = shaped.allocation.width;
  }
}

}  // namespace

Layout lay_out(const Program& program, const Attention& attention, std::size_t token_width, Schedule schedule) {
  Plan chosen;
  switch (schedule) {
    case Schedule::narrow: chosen = narrower(program, {}); break;
    case Schedule::shallow: chosen = plan(program, as_early_as_possible(program)); break;
    case Schedule::paper: chosen = paper_shaped(program, attention.block); break;
  }
  return {Emitter(program, chosen.timetable, chosen.allocation).network(attention, token_width),
          placements(program, chosen.timetable, chosen.allocation), stage_names(program, chosen.timetable),
          quantities(program, chosen.timetable, chosen.allocation),
          residences(program, chosen.timetable, chosen.allocation), step_stages(program, chosen.timetable)};
}

}  // namespace wrought
