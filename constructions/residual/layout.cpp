#include "constructions/residual/layout.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "constructions/gadgets/move.hpp"

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
      if (timetable_.stage[s] == stage)
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
    const auto add = [&](const ReluSum& sum, Index target) {
      for (const HiddenUnit& unit : sum.units) {
        if (unit.argument.range().hi <= 0) continue;  // never active
        const auto [it, inserted] = units.try_emplace(row(unit.argument), units.size());
        w2.emplace_back(target, index(it->second), unit.weight);
      }
    };
    for (StepId s = 0; s < program_.steps().size(); ++s) {
      if (timetable_.stage[s] != stage) continue;
      for (const auto& output : program_.steps()[s].feed_forward.outputs) {
        if (!kept(output.target)) continue;
        const Index target = coordinate(output.target);
        add(output.sum, target);
        if (!output.sum.linear.terms().empty() || output.sum.linear.constant() != 0)
          add(move(output.sum.linear), target);
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

std::vector<Placement> placements(const Program& program, const Timetable& timetable, const Allocation& allocation) {
  std::vector<Placement> result;
  std::vector<std::size_t> written(program.registers().size(), 0);
  for (StepId s = 0; s < program.steps().size(); ++s)
    for (const Register r : written_by(program.steps()[s])) written[r->id] = timetable.stage[s];
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

}  // namespace

Layout lay_out(const Program& program, const Attention& attention, std::size_t token_width, Schedule schedule) {
  // Both timetables have the same depth; which one is narrower depends on the program.
  Timetable timetable = as_early_as_possible(program);
  Allocation allocation = allocate(program, timetable);
  if (schedule == Schedule::narrow) {
    const Timetable late = as_late_as_possible(program);
    Allocation late_allocation = allocate(program, late);
    if (late_allocation.width < allocation.width) {
      timetable = late;
      allocation = std::move(late_allocation);
    }
  }
  Layout layout;
  layout.network = Emitter(program, timetable, allocation).network(attention, token_width);
  layout.placements = placements(program, timetable, allocation);
  layout.stages.resize(timetable.last_stage + 1);
  layout.stages[0].push_back("embedding");
  for (StepId s = 0; s < program.steps().size(); ++s)
    if (timetable.stage[s] != Timetable::never) layout.stages[timetable.stage[s]].push_back(program.steps()[s].name);
  return layout;
}

}  // namespace wrought
