#include "constructions/dp/solver.hpp"

#include <map>

#include "constructions/dp/positions.hpp"
#include "constructions/dp/token_format.hpp"

namespace wrought {

namespace {

using Coordinates = std::vector<std::int64_t>;

std::string point(const Coordinates& coordinates) {
  std::string text;
  for (const std::int64_t c : coordinates) text += (text.empty() ? "(" : ", ") + std::to_string(c);
  return text + ")";
}

Coordinates lengths_of(const Inputs& inputs) {
  Coordinates lengths;
  for (const auto& sequence : inputs) lengths.push_back(static_cast<std::int64_t>(sequence.size()));
  return lengths;
}

Environment bounds_environment(const Coordinates& lengths, const Coordinates& outer) {
  Environment environment;
  environment.loop = [&outer](const expr::LoopVariable& v) { return outer.at(v.index); };
  environment.length = [&lengths](const expr::Length& l) { return lengths.at(l.sequence); };
  return environment;
}

void visit_states(const Problem& problem, const Coordinates& lengths, Coordinates& outer,
                  const std::function<void(const Coordinates&)>& visit) {
  if (outer.size() == problem.loops.size()) return visit(outer);
  const Loop& loop = problem.loops[outer.size()];
  const Environment environment = bounds_environment(lengths, outer);
  const std::int64_t lo = evaluate(loop.lo, environment), hi = evaluate(loop.hi, environment);
  for (std::int64_t c = lo; c <= hi; ++c) {
    outer.push_back(c);
    visit_states(problem, lengths, outer, visit);
    outer.pop_back();
  }
}

// The values of the states so far, and how expressions read them.
class Evaluation {
 public:
  Evaluation(const Problem& problem, const Inputs& inputs)
      : problem_(problem), inputs_(inputs), lengths_(lengths_of(inputs)) {
    const std::vector<std::int64_t> no_values(problem.fields.size(), 0);
    for (const auto& sequence : inputs) {
      for (const std::int64_t symbol : sequence) {
        sequence_.push_back(no_values);
        sequence_.back().front() = symbol;
      }
      sequence_.push_back(no_values);  // the separator
    }
    environment_.loop = [this](const expr::LoopVariable& v) { return current_.at(v.index); };
    environment_.length = [this](const expr::Length& l) { return lengths_.at(l.sequence); };
    environment_.symbol = [this](const expr::Symbol& s, std::int64_t index) { return symbol(s, index); };
    environment_.state = [this](const expr::StateValue& s, const Coordinates& c) { return state(s, c); };
    environment_.back = [this](const expr::Back& b, std::int64_t distance) { return back(b, distance); };
    environment_.is_first = [this] { return generated_ == 0; };
    environment_.last = [this](const expr::LastValue& l) { return last_.at(l.field); };
  }

  const Coordinates& step(const Coordinates& coordinates) {
    current_ = coordinates;
    std::vector<std::int64_t> values;
    for (std::size_t f = 0; f < problem_.fields.size(); ++f) {
      values.push_back(evaluate(problem_.transition[f], environment_));
      require_in_range(problem_.fields[f], values.back());
    }
    last_ = values_[coordinates] = std::move(values);
    sequence_.push_back(last_);
    ++generated_;
    return last_;
  }

  bool ends(const Expr& until) const { return evaluate(until, environment_) == 1; }
  std::size_t generated() const { return generated_; }

  std::int64_t answer() const { return evaluate(problem_.answer, environment_); }

 private:
  std::int64_t symbol(const expr::Symbol& s, std::int64_t index) const {
    const auto& sequence = inputs_.at(s.sequence);
    if (index < 1 || index > static_cast<std::int64_t>(sequence.size()))
      throw Inadmissible(problem_.name + " at state " + point(current_) + " reads " + s.name + "[" +
                         std::to_string(index) + "], but the sequence has symbols 1.." + std::to_string(sequence.size()));
    return sequence[static_cast<std::size_t>(index - 1)];
  }

  std::int64_t state(const expr::StateValue& s, const Coordinates& coordinates) const {
    const auto found = values_.find(coordinates);
    if (found == values_.end())
      throw Inadmissible(problem_.name + " at state " + point(current_) + " reads the state " + point(coordinates) +
                         ", which does not exist or comes later; guard it with cases(…)");
    return found->second.at(s.field);
  }

  std::int64_t back(const expr::Back& b, std::int64_t distance) const {
    if (distance < 1 || distance > static_cast<std::int64_t>(sequence_.size()))
      throw Inadmissible(problem_.name + " at state " + std::to_string(generated_) + " reads " + b.name + " " +
                         std::to_string(distance) + " tokens back; there are tokens 1.." +
                         std::to_string(sequence_.size()) + " back");
    if (b.at_most && distance > evaluate(*b.at_most, environment_))
      throw Inadmissible(problem_.name + " at state " + std::to_string(generated_) + " reads " + to_string(make_expr(b)) + ", " +
                         std::to_string(distance) + " tokens back, beyond its stated bound " +
                         std::to_string(evaluate(*b.at_most, environment_)));
    return sequence_[sequence_.size() - static_cast<std::size_t>(distance)].at(b.field);
  }

  void require_in_range(const Field& field, std::int64_t value) const {
    const std::int64_t lo = evaluate(field.lo, environment_);
    std::int64_t hi = evaluate(field.hi, environment_);
    if (field.at_most) hi = std::min(hi, evaluate(*field.at_most, environment_));
    if (value < lo || value > hi)
      throw Inadmissible(problem_.name + " at state " + point(current_) + " gives " + field.name + " = " +
                         std::to_string(value) + ", outside its stated range " + std::to_string(lo) + ".." +
                         std::to_string(hi));
  }

  const Problem& problem_;
  const Inputs& inputs_;
  Coordinates lengths_, current_;
  std::map<Coordinates, std::vector<std::int64_t>> values_;
  std::vector<std::vector<std::int64_t>> sequence_;  // the fields of every token so far, symbols first
  std::vector<std::int64_t> last_;
  std::size_t generated_ = 0;
  Environment environment_;
};

// Generates states until the problem says that the last one was reached.
void repeat(const Problem& problem, const Coordinates& lengths, const Evaluation& evaluation,
            const std::function<void()>& generate) {
  const Variables variables(problem);
  const Rational at_most = problem.repetition->at_most.evaluate(
      [&](Polynomial::Variable v) { return Rational(lengths.at(variables.sequence_of(v))); });
  do {
    if (Rational(evaluation.generated()) >= at_most)
      throw Inadmissible(problem.name + " does not end after the " + at_most.str() + " states that are stated");
    generate();
  } while (!evaluation.ends(problem.repetition->until));
}

}  // namespace

const Requirement* unmet_requirement(const Problem& problem, const Coordinates& lengths) {
  const Coordinates no_loops;
  const Environment environment = bounds_environment(lengths, no_loops);
  for (const Requirement& requirement : problem.requirements)
    if (evaluate(requirement.condition, environment) == 0) return &requirement;
  return nullptr;
}

std::string find_input_error(const Problem& problem, const Inputs& inputs) {
  if (inputs.size() != problem.inputs.size())
    return problem.name + " takes " + std::to_string(problem.inputs.size()) + " input sequence(s), not " +
           std::to_string(inputs.size());
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    const InputSequence& spec = problem.inputs[k];
    if (inputs[k].empty()) return "sequence " + spec.name + " is empty; it needs at least one symbol";
    for (const std::int64_t symbol : inputs[k])
      if (symbol < spec.lo || symbol > spec.hi)
        return "symbol " + std::to_string(symbol) + " of sequence " + spec.name + " is not in " +
               std::to_string(spec.lo) + ".." + std::to_string(spec.hi);
  }
  if (const Requirement* unmet = unmet_requirement(problem, lengths_of(inputs)))
    return problem.name + " needs " + unmet->meaning;
  return problem.input_error ? problem.input_error(inputs) : "";
}

void for_each_state(const Problem& problem, const Coordinates& lengths,
                    const std::function<void(const Coordinates&)>& visit) {
  Coordinates outer;
  visit_states(problem, lengths, outer, visit);
}

ChainOfThought solve(const Problem& problem, const Inputs& inputs) {
  if (const std::string error = find_input_error(problem, inputs); !error.empty()) throw std::invalid_argument(error);
  const TokenFormat format(problem);
  ChainOfThought chain;
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    for (const std::int64_t symbol : inputs[k]) chain.prompt.push_back(format.symbol_token(symbol));
    chain.prompt.push_back(format.separator_token(k));
  }
  Evaluation evaluation(problem, inputs);
  const auto generate = [&](const Coordinates& coordinates) {
    chain.generated.push_back(format.state_token(coordinates, evaluation.step(coordinates)));
  };
  if (problem.repetition)
    repeat(problem, lengths_of(inputs), evaluation, [&] { generate({}); });
  else
    for_each_state(problem, lengths_of(inputs), generate);
  chain.answer = evaluation.answer();
  chain.generated.push_back(format.answer_token(chain.answer));
  return chain;
}

void require_ranks_agree(const Problem& problem) {
  constexpr std::int64_t largest = 4;
  const Variables variables(problem);
  Coordinates lengths(problem.inputs.size(), 1);
  for (std::size_t k = 0; k < lengths.size();) {
    if (unmet_requirement(problem, lengths)) {
      for (k = 0; k < lengths.size() && lengths[k] == largest; ++k) lengths[k] = 1;
      if (k < lengths.size()) ++lengths[k];
      continue;
    }
    Rational index = 0;
    const auto value_at = [&](const Coordinates& state) {
      return [&](Polynomial::Variable v) {
        return Rational(variables.is_loop(v) ? state[v] : lengths[variables.sequence_of(v)]);
      };
    };
    for_each_state(problem, lengths, [&](const Coordinates& state) {
      if (problem.rank.evaluate(value_at(state)) != index)
        throw Inadmissible("the states of " + problem.name + " cannot be counted by a polynomial: at lengths " +
                           point(lengths) + " the state " + point(state) + " has rank " + index.str() +
                           "; a loop may be empty only when its upper bound is its lower bound minus one");
      ++index;
    });
    if (index == 0 || problem.count.evaluate(value_at({})) != index)
      throw Inadmissible("the states of " + problem.name + " cannot be counted by a polynomial: at lengths " +
                         point(lengths) + " there are " + index.str());
    for (k = 0; k < lengths.size() && lengths[k] == largest; ++k) lengths[k] = 1;
    if (k < lengths.size()) ++lengths[k];
  }
}

}  // namespace wrought
