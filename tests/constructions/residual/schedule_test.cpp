#include "constructions/residual/schedule.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "constructions/residual/allocation.hpp"
#include "constructions/residual/layout.hpp"
#include "tests/constructions/residual/programs.hpp"

using namespace wrought;

namespace {

using Stage = std::size_t;

// Calls visit(register, step, stage) for everything that is read at a stage, the constant 1 included.
template <class Visit>
void for_each_read(const Program& program, const Timetable& timetable, Visit&& visit) {
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    const Step& step = program.steps()[s];
    const Timetable::StepTimes& times = timetable.steps[s];
    const auto read = [&](const Form& form, Stage stage) {
      for (const auto& [r, coefficient] : form.terms()) visit(r, s, stage);
      if (form.constant() != 0) visit(program.one(), s, stage);
    };
    for (std::size_t o = 0; o < step.feed_forward.outputs.size(); ++o) {
      const ReluSum& sum = step.feed_forward.outputs[o].sum;
      read(sum.linear, times.linear[o]);
      for (std::size_t u = 0; u < sum.units.size(); ++u)
        if (is_ever_active(sum.units[u])) read(sum.units[u].argument, times.units[o][u]);
    }
    for (const HeadSpec& head : step.attention.heads) {
      for (const auto* side : {&head.query, &head.key})
        for (const QueryKeyForm& form : *side) {
          read(form.constant, times.first);
          read(form.slope, times.first);
        }
      for (const HeadValue& value : head.values) read(value.value, times.first);
    }
    for (const auto& [fresh, old] : step.attention.accumulated) visit(old, s, times.first);
  }
}

std::map<Register, StepId, RegisterOrder> writers(const Program& program) {
  std::map<Register, StepId, RegisterOrder> result;
  for (StepId s = 0; s < program.steps().size(); ++s)
    for (const Register r : written_by(program.steps()[s])) result[r] = s;
  return result;
}

// "" if every step runs after what it reads, and nothing else is broken that a timetable promises.
std::string first_broken_promise(const Program& program, const Timetable& timetable) {
  const auto writer = writers(program);
  std::string broken;
  for_each_read(program, timetable, [&](Register r, StepId s, Stage stage) {
    const auto found = writer.find(r);
    if (found == writer.end() || found->second == s) return;
    if (!timetable.runs(found->second) || timetable.steps[found->second].last >= stage)
      broken = program.steps()[s].name + " reads " + r->name + " too early";
  });
  for (StepId s = 0; s < program.steps().size(); ++s) {
    if (!timetable.runs(s)) continue;
    const Step& step = program.steps()[s];
    const auto [first, last] = std::pair(timetable.steps[s].first, timetable.steps[s].last);
    const auto expect = [&](bool holds, const char* promise) {
      if (!holds) broken = step.name + ": " + promise;
    };
    expect(0 < first && first <= last && last <= timetable.last_stage, "runs within the network");
    expect(first % 2 == (step.is_attention ? 1 : 0) && last % 2 == first % 2, "is of its stages' kind");
    expect(!step.is_attention || first == last, "attention happens at once");
    for (const StepId earlier : step.not_before)
      expect(!timetable.runs(earlier) || timetable.steps[earlier].last <= first, "does not precede");
    for (std::size_t o = 0; o < step.feed_forward.outputs.size(); ++o)
      for (std::size_t u = 0; u < step.feed_forward.outputs[o].sum.units.size(); ++u) {
        const Stage stage = timetable.steps[s].units[o][u];
        expect(
            !is_ever_active(step.feed_forward.outputs[o].sum.units[u]) || (first <= stage && stage <= last),
            "active units run between first and last");
      }
    // Whoever reads an accumulator's old value does so before it changes.
    for (const auto& accumulated : step.attention.accumulated)
      for_each_read(program, timetable, [&, old = accumulated.second](Register r, StepId, Stage stage) {
        if (r == old) expect(stage <= first, "accumulates after the last reader");
      });
  }
  return broken;
}

// The steps that an output depends on.
std::set<StepId> needed(const Program& program) {
  const auto writer = writers(program);
  std::set<StepId> result;
  std::vector<Register> open;
  const auto need = [&](const Form& form) {
    for (const auto& [r, coefficient] : form.terms()) open.push_back(r);
  };
  for (const Form& form : program.outputs()) need(form);
  while (!open.empty()) {
    const auto found = writer.find(open.back());
    open.pop_back();
    if (found == writer.end() || !result.insert(found->second).second) continue;
    const Step& step = program.steps()[found->second];
    for_each_form_read(step, need);
    for (const auto& [fresh, old] : step.attention.accumulated) open.push_back(old);
  }
  return result;
}

// The earliest stage of a step if there are no limits: one more than the latest of its inputs, or the next of its kind.
class LongestPath {
 public:
  explicit LongestPath(const Program& program)
      : program_(program), writer_(writers(program)), needed_(needed(program)) {}

  Stage depth() {
    Stage last = 0;
    for (const StepId s : needed_) last = std::max(last, earliest(s));
    return last + last % 2;
  }

  Stage earliest(StepId s) {
    if (const auto known = earliest_.find(s); known != earliest_.end()) return known->second;
    const Step& step = program_.steps()[s];
    Stage stage = 1;
    const auto after = [&](StepId other, Stage distance) {
      if (other != s && needed_.count(other) > 0) stage = std::max(stage, earliest(other) + distance);
    };
    const auto after_writer = [&](Register r) {
      if (const auto found = writer_.find(r); found != writer_.end()) after(found->second, 1);
    };
    for_each_form_read(step, [&](const Form& form) {
      for (const auto& [r, coefficient] : form.terms()) after_writer(r);
    });
    for (const StepId earlier : step.not_before) after(earlier, 0);
    for (const auto& [fresh, old] : step.attention.accumulated) {
      after_writer(old);
      for (StepId reader = 0; reader < s; ++reader)
        for_each_form_read(program_.steps()[reader], [&, accumulator = old](const Form& form) {
          if (form.terms().count(accumulator) > 0) after(reader, 0);
        });
    }
    if (stage % 2 != (step.is_attention ? 1 : 0)) ++stage;
    return earliest_[s] = stage;
  }

 private:
  const Program& program_;
  std::map<Register, StepId, RegisterOrder> writer_;
  std::set<StepId> needed_;
  std::map<StepId, Stage> earliest_;
};

// The stage that writes a register first, since its units may be spread; 0 is the embedding. `never` if all its units can
// never be active.
Stage first_written(const Program& program, const Timetable& timetable, Register r) {
  const auto writer = writers(program);
  const auto found = writer.find(r);
  if (found == writer.end()) return 0;
  const Timetable::StepTimes& times = timetable.steps[found->second];
  const Step& step = program.steps()[found->second];
  if (step.is_attention) return times.first;
  Stage first = Timetable::never;
  for (std::size_t o = 0; o < step.feed_forward.outputs.size(); ++o) {
    if (step.feed_forward.outputs[o].target != r) continue;
    const ReluSum& sum = step.feed_forward.outputs[o].sum;
    if (!sum.linear.is_constant() || sum.linear.constant() != 0) first = times.linear[o];
    for (std::size_t u = 0; u < sum.units.size(); ++u)
      if (is_ever_active(sum.units[u])) first = std::min(first, times.units[o][u]);
  }
  return first;
}

// "" if no two registers are in one coordinate at the same time.
std::string first_overlap(const Program& program, const Timetable& timetable, const Allocation& allocation) {
  const auto writer = writers(program);
  std::map<Register, Stage, RegisterOrder> last_read;
  for_each_read(program, timetable,
                [&](Register r, StepId, Stage stage) { last_read[r] = std::max(last_read[r], stage); });
  for (const Form& form : program.outputs()) {
    for (const auto& [r, coefficient] : form.terms()) last_read[r] = timetable.last_stage + 1;
    if (form.constant() != 0) last_read[program.one()] = timetable.last_stage + 1;
  }
  // A coordinate belongs to a cell from the stage that empties it, or writes its first register, to its last reader.
  struct Stay {
    Stage from, to;
    bool empties;
    std::string name;
  };
  std::vector<std::vector<Stay>> stays(allocation.width);
  for (const Cell& cell : allocation.cells) {
    const Stage first = first_written(program, timetable, cell.registers.front());
    const Stage written = first == Timetable::never ? cell.cleared_at : first;
    Stay stay{cell.cleared_at > 0 ? cell.cleared_at : written, 0, cell.cleared_at > 0,
              cell.registers.front()->name};
    if (stay.from > written || (stay.from == written && written % 2 == 1 && stay.empties))
      return stay.name + " is emptied too late";
    if (stay.empties && stay.from % 2 == 1) return stay.name + " is emptied by attention";
    for (const Register r : cell.registers) {
      stay.to = std::max(stay.to, last_read[r]);
      if (allocation.coordinate[r->id] != cell.coordinate) return r->name + " is not where its cell is";
    }
    stays.at(cell.coordinate).push_back(stay);
  }
  for (const auto& tenants : stays)
    for (std::size_t a = 0; a < tenants.size(); ++a)
      for (std::size_t b = a + 1; b < tenants.size(); ++b) {
        const Stay &earlier = tenants[a].from <= tenants[b].from ? tenants[a] : tenants[b],
                   &later = &earlier == &tenants[a] ? tenants[b] : tenants[a];
        if (!later.empties || earlier.to > later.from)
          return earlier.name + " is read until stage " + std::to_string(earlier.to) + ", " + later.name +
                 (later.empties ? " empties" : " writes without emptying") + " its coordinate at " +
                 std::to_string(later.from);
      }
  for (const auto& [r, stage] : last_read)
    if (allocation.coordinate[r->id] == Timetable::never) return r->name + " is read but has no coordinate";
  return "";
}

std::vector<Timetable> timetables(const Program& program) {
  std::vector<Timetable> result{as_early_as_possible(program), as_late_as_possible(program)};
  for (const std::size_t units : {6, 9, 40})
    for (const auto& timetable :
         {as_early_as_possible(program, {units, 30}), as_late_as_possible(program, {units, 30})})
      result.push_back(timetable);
  return result;
}

// x -> |x| -> average of it -> its double; and a square of nothing that nobody reads.
struct Chain {
  Program program{4};
  Register x = program.token("x", 0, {-3, 3});
  Register absolute = program.compute_all("absolute", {{Form(), {relu(x), relu(-Form(x))}, {0, 3}}}).front();
  Register unread = program.compute_all("unread", {{Form(), {relu(absolute)}, {0, 3}}}).front();
  Register average = program.declare("average", {0, 3});
  StepId attends =
      program.attend("attend", {{{"uniform", {{0, 0}}, {{0, 0}}, {{absolute, 1, average}}}}, {}});
  Register doubled = program.compute_all("double", {{Form(), {relu(average, 2)}, {0, 6}}}).front();

  Chain() { program.output(0, doubled); }
};

}  // namespace

TEST_CASE("stages of a chain by hand, early and late") {
  const Chain chain;
  for (const Timetable& timetable :
       {as_early_as_possible(chain.program), as_late_as_possible(chain.program)}) {
    CHECK(timetable.last_stage == 4);
    CHECK(timetable.steps[0].first == 2);
    CHECK_FALSE(timetable.runs(1));  // nobody needs it
    CHECK(timetable.steps[2].first == 3);
    CHECK(timetable.steps[3].first == 4);
  }
}

TEST_CASE("early and late differ where a step has time") {
  Chain chain;
  chain.program.output(1, chain.absolute);
  const Form idle = chain.program.compute("idle", {Form(), {relu(chain.x)}, {0, 3}});
  chain.program.output(2, idle);
  CHECK(as_early_as_possible(chain.program).steps[4].first == 2);
  CHECK(as_late_as_possible(chain.program).steps[4].first == 4);
}

TEST_CASE("every timetable respects every precedence, with limits too") {
  for_each_program([](const Program& program) {
    for (const Timetable& timetable : timetables(program))
      CHECK(first_broken_promise(program, timetable) == "");
  });
}

TEST_CASE("exactly the steps that an output depends on run") {
  for_each_program([](const Program& program) {
    const std::set<StepId> expected = needed(program);
    for (const Timetable& timetable : timetables(program))
      for (StepId s = 0; s < program.steps().size(); ++s) CHECK(timetable.runs(s) == (expected.count(s) > 0));
  });
}

TEST_CASE("without limits the depth is that of the longest path, early or late") {
  for_each_program([](const Program& program) {
    LongestPath path(program);
    const Timetable early = as_early_as_possible(program);
    CHECK(early.last_stage == path.depth());
    CHECK(as_late_as_possible(program).last_stage == path.depth());
    for (StepId s = 0; s < program.steps().size(); ++s)
      if (early.runs(s)) CHECK(early.steps[s].first == path.earliest(s));
  });
}

TEST_CASE("no two registers are in one coordinate at the same time") {
  for_each_program([](const Program& program) {
    for (const Timetable& timetable : timetables(program))
      CHECK(first_overlap(program, timetable, allocate(program, timetable)) == "");
  });
}

TEST_CASE("narrow is at most as wide as shallow, shallow at most as deep as narrow, paper within its shape") {
  for (const SmallTask& task : small_tasks())
    for (const AttentionKind kind : attention_kinds) {
      INFO(task.problem.name, ", ", name(kind));
      const auto network = [&](Schedule schedule) {
        return compile(task.problem, task.max_lengths, kind, schedule).layout.network;
      };
      const Network narrow = network(Schedule::narrow), shallow = network(Schedule::shallow),
                    paper = network(Schedule::paper);
      CHECK(narrow.width <= shallow.width);
      CHECK(shallow.layers.size() <= narrow.layers.size());
      CHECK(shape(paper).paper_width <= std::max(shape(paper).width, paper.attention.block));
    }
}

TEST_CASE("a timetable that breaks a precedence and an allocation that overlaps are noticed") {
  const Chain chain;
  Timetable broken = as_early_as_possible(chain.program);
  broken.steps[3].first = broken.steps[3].last = broken.steps[3].units[0][0] = 2;
  CHECK(first_broken_promise(chain.program, broken) != "");

  const Timetable timetable = as_early_as_possible(chain.program);
  Allocation crowded = allocate(chain.program, timetable);
  CHECK(first_overlap(chain.program, timetable, crowded) == "");
  for (Cell& cell : crowded.cells) cell.coordinate = 0;
  std::fill(crowded.coordinate.begin(), crowded.coordinate.end(), 0);
  CHECK(first_overlap(chain.program, timetable, crowded) != "");
}
