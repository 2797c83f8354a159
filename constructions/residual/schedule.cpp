#include "constructions/residual/schedule.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "constructions/gadgets/move.hpp"
#include "constructions/residual/uses.hpp"

namespace wrought {

namespace {

constexpr std::size_t never = Timetable::never;

// Step `to` starts at least `distance` stages after step `from` has ended. If `clears_too`, the coordinates of its
// results are emptied no earlier than that either.
struct Precedence {
  StepId from, to;
  std::size_t distance;
  bool clears_too;
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
  const auto add = [&](const Precedence& edge) {
    if (edge.from > edge.to)
      throw std::logic_error("step " + program.steps()[edge.to].name + " is ordered before its input");
    if (edge.from != edge.to && needed[edge.from] && needed[edge.to]) edges.push_back(edge);
  };
  for (std::size_t r = 0; r < uses.writer.size(); ++r)
    if (uses.writer[r])
      for (const StepId reader : uses.readers[r]) add({*uses.writer[r], reader, 1, false});
  for (StepId s = 0; s < program.steps().size(); ++s) {
    const Step& step = program.steps()[s];
    for (const StepId earlier : step.not_before) add({earlier, s, 0, true});
    for (const auto& [fresh, old] : step.attention.accumulated)
      for (const StepId reader : uses.readers[old->id]) add({reader, s, 0, false});
  }
  return edges;
}

// What a feed-forward stage computes so far. Units are told apart by their pre-activation.
class FeedForwardStage {
 public:
  explicit FeedForwardStage(std::size_t capacity) : capacity_(capacity) {}

  bool has_room(const std::vector<Form>& arguments) const {
    std::size_t fresh = 0;
    for (const Form& argument : arguments) fresh += units_.count(key(argument)) == 0 ? 1 : 0;
    return used_ + fresh <= capacity_;
  }
  void add(const std::vector<Form>& arguments) {
    for (const Form& argument : arguments) used_ += units_.insert(key(argument)).second ? 1 : 0;
  }
  // Clearing a coordinate is a move: two units of its own.
  bool has_room_to_clear() const { return used_ + 2 <= capacity_; }
  void add_clear() { used_ += 2; }

 private:
  using Key = std::pair<std::vector<std::pair<std::size_t, Rational>>, Rational>;

  static Key key(const Form& form) {
    Key k{{}, form.constant()};
    for (const auto& [r, coefficient] : form.terms()) k.first.emplace_back(r->id, coefficient);
    return k;
  }

  std::size_t capacity_, used_ = 0;
  std::set<Key> units_;
};

struct AttentionStage {
  std::size_t heads = 0, widest = 0;

  bool has_room(const AttentionStep& step, std::size_t capacity) const {
    return heads == 0 || (heads + step.heads.size()) * std::max(widest, widest_of(step)) <= capacity;
  }
  void add(const AttentionStep& step) {
    heads += step.heads.size();
    widest = std::max(widest, widest_of(step));
  }

 private:
  static std::size_t widest_of(const AttentionStep& step) {
    std::size_t width = 0;
    for (const HeadSpec& head : step.heads) width = std::max({width, head.query.size(), head.values.size()});
    return width;
  }
};

enum class Direction { forward, backward };

// List scheduling in either direction. Times count in the direction of scheduling; attention has odd times and
// feed-forward even ones, whether they count from the embedding or from the end.
class Scheduler {
 public:
  Scheduler(const Program& program, const Capacity& capacity, Direction direction)
      : program_(program), capacity_(capacity), direction_(direction) {
    timetable_.steps.resize(program.steps().size());
    timetable_.cleared_at.assign(program.registers().size(), 0);
    finish_.assign(program.steps().size(), 0);
    finish_with_clears_ = finish_;
  }

  Timetable run() {
    const Uses uses(program_);
    const std::vector<bool> needed = needed_steps(program_, uses);
    std::vector<std::vector<Precedence>> before(needed.size());  // in the direction of scheduling
    for (Precedence edge : precedences(program_, uses, needed)) {
      if (direction_ == Direction::backward) std::swap(edge.from, edge.to);
      before[edge.to].push_back(edge);
    }
    for (std::size_t i = 0; i < needed.size(); ++i) {
      const StepId s = direction_ == Direction::forward ? i : needed.size() - 1 - i;
      if (needed[s]) place(s, earliest(before[s]));
    }
    return direction_ == Direction::forward ? finished() : reversed();
  }

 private:
  std::size_t earliest(const std::vector<Precedence>& before) const {
    std::size_t time = direction_ == Direction::forward ? 1 : 0;
    for (const Precedence& edge : before)
      time = std::max(time, (edge.clears_too ? finish_with_clears_ : finish_)[edge.from] + edge.distance);
    return time;
  }

  void place(StepId s, std::size_t time) {
    const Step& step = program_.steps()[s];
    step.is_attention ? place_attention(s, step.attention, time + 1 - time % 2)
                      : place_feed_forward(s, step.feed_forward, time + time % 2);
  }

  void place_attention(StepId s, const AttentionStep& step, std::size_t time) {
    while (!attention_[time].has_room(step, capacity_.head_width)) time += 2;
    attention_[time].add(step);
    timetable_.steps[s].first = timetable_.steps[s].last = finish_[s] = finish_with_clears_[s] = time;
    for (const Register r : written_by(program_.steps()[s])) {
      const bool takes_over = std::any_of(step.accumulated.begin(), step.accumulated.end(),
                                          [&](const auto& pair) { return pair.first == r; });
      if (!takes_over) timetable_.cleared_at[r->id] = clear_before_attention(time);
    }
  }

  // The nearest feed-forward stage before an attention stage that has room to empty a coordinate; 0 for none.
  std::size_t clear_before_attention(std::size_t time) {
    if (direction_ == Direction::backward) return clear_from(time + 1);
    for (std::size_t t = time - 1; t >= 2; t -= 2)
      if (stage(t).has_room_to_clear()) {
        stage(t).add_clear();
        return t;
      }
    return 0;
  }

  std::size_t clear_from(std::size_t time) {
    while (!stage(time).has_room_to_clear()) time += 2;
    stage(time).add_clear();
    return time;
  }

  void place_feed_forward(StepId s, const FeedForwardStep& step, std::size_t earliest) {
    Timetable::StepTimes& times = timetable_.steps[s];
    times.first = finish_[s] = earliest;
    std::size_t first = never;
    for (const auto& output : step.outputs) {
      std::size_t& clear = timetable_.cleared_at[output.target->id];
      std::size_t start = earliest;
      if (direction_ == Direction::forward) start = clear = clear_from(earliest);
      std::size_t end = start;
      const auto place_units = [&](const std::vector<Form>& arguments) {
        const std::size_t time = place_arguments(arguments, start);
        first = std::min(first, time);
        end = std::max(end, time);
        return time;
      };
      times.units.emplace_back();
      for (const HiddenUnit& unit : output.sum.units)
        times.units.back().push_back(is_ever_active(unit) ? place_units({unit.argument}) : start);
      times.linear.push_back(has_linear_part(output.sum) ? place_units(linear_units(output.sum)) : start);
      if (direction_ == Direction::backward) clear = clear_from(end);
      finish_[s] = std::max(finish_[s], end);
      finish_with_clears_[s] = std::max({finish_with_clears_[s], end, clear});
    }
    times.first = first == never ? earliest : first;
    times.last = finish_[s];
  }

  std::size_t place_arguments(const std::vector<Form>& arguments, std::size_t time) {
    while (!stage(time).has_room(arguments)) time += 2;
    stage(time).add(arguments);
    return time;
  }

  static bool has_linear_part(const ReluSum& sum) {
    return !sum.linear.terms().empty() || sum.linear.constant() != 0;
  }

  static std::vector<Form> linear_units(const ReluSum& sum) {
    std::vector<Form> arguments;
    for (const HiddenUnit& unit : move(sum.linear).units) arguments.push_back(unit.argument);
    return arguments;
  }

  FeedForwardStage& stage(std::size_t time) {
    return feed_forward_.try_emplace(time, FeedForwardStage(capacity_.hidden_units)).first->second;
  }

  Timetable finished() {
    for (const Timetable::StepTimes& step : timetable_.steps)
      if (step.last != never) timetable_.last_stage = std::max(timetable_.last_stage, step.last + step.last % 2);
    return std::move(timetable_);
  }

  // Turns times that count from the end into stages that count from the embedding.
  Timetable reversed() {
    std::size_t furthest = 0;
    for (const std::size_t time : finish_) furthest = std::max(furthest, time);
    // The first layer begins with attention.
    const std::size_t end = timetable_.last_stage = furthest + 2 - furthest % 2;
    const auto turn = [end](std::size_t& time) { time = end - time; };
    for (StepId s = 0; s < timetable_.steps.size(); ++s) {
      Timetable::StepTimes& step = timetable_.steps[s];
      if (step.first == never) continue;
      turn(step.first);
      turn(step.last);
      std::swap(step.first, step.last);
      for (auto& units : step.units) std::for_each(units.begin(), units.end(), turn);
      std::for_each(step.linear.begin(), step.linear.end(), turn);
      for (const Register r : written_by(program_.steps()[s])) {
        std::size_t& cleared = timetable_.cleared_at[r->id];
        cleared = end - std::min(end, cleared);  // before the first layer there is nothing to clear
      }
    }
    return std::move(timetable_);
  }

  const Program& program_;
  Capacity capacity_;
  Direction direction_;
  Timetable timetable_;
  std::vector<std::size_t> finish_, finish_with_clears_;  // per step, in times
  std::map<std::size_t, FeedForwardStage> feed_forward_;
  std::map<std::size_t, AttentionStage> attention_;
};

}  // namespace

const std::vector<Schedule>& all_schedules() {
  static const std::vector<Schedule> schedules{Schedule::narrow, Schedule::shallow, Schedule::paper};
  return schedules;
}

std::string name(Schedule schedule) {
  switch (schedule) {
    case Schedule::narrow: return "narrow";
    case Schedule::shallow: return "shallow";
    case Schedule::paper: break;
  }
  return "paper";
}

Timetable as_early_as_possible(const Program& program, const Capacity& capacity) {
  return Scheduler(program, capacity, Direction::forward).run();
}

Timetable as_late_as_possible(const Program& program, const Capacity& capacity) {
  return Scheduler(program, capacity, Direction::backward).run();
}

}  // namespace wrought
