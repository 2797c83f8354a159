#include "constructions/compile.hpp"

#include <map>

#include "constructions/dp/positions.hpp"
#include "constructions/dp/ranges.hpp"
#include "constructions/gadgets/clamp.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/select.hpp"
#include "constructions/gadgets/threshold.hpp"
#include "constructions/lookup/fetch.hpp"
#include "constructions/lookup/marker.hpp"
#include "constructions/successor.hpp"
#include "constructions/transition.hpp"

namespace wrought {

namespace {

// What the token itself says.
struct TokenRegisters {
  std::vector<Register> separators;
  Register is_state;
  std::vector<Form> coordinates, values;
  std::vector<Form> evicted;  // by field; 0 for fields that are not fetched
};

class Compiler {
 public:
  Compiler(const Problem& problem, const std::vector<std::int64_t>& max_lengths, const ConstructionPlan& plan,
           const TokenFormat& format)
      : problem_(problem),
        format_(format),
        ranges_(problem, max_lengths),
        variables_(problem),
        program_(plan.max_length),
        memory_(program_, plan.attention, plan.memory),
        tokens_(embed()) {}

  Program run() {
    const std::vector<Form> lengths = locate_lengths();
    const StateRegisters now{tokens_.separators.back(), tokens_.is_state, tokens_.coordinates, lengths};
    Successor next;
    ExpressionCompiler compiler(program_, [&](const Expr& leaf) { return leaf_form(leaf, next, lengths); });
    next = problem_.repetition ? Successor{{}, ends(compiler)} : successor(program_, problem_, now, ranges_.loops);
    watch_state(lengths, next);
    fetch_dependencies(compiler, now);
    generate(compiler, next);
    return std::move(program_);
  }

 private:
  TokenRegisters embed() {
    TokenRegisters tokens;
    for (std::size_t k = 0; k < problem_.inputs.size(); ++k)
      tokens.separators.push_back(
          program_.token("separator " + problem_.inputs[k].name, format_.separator(k), {0, 1}));
    tokens.is_state = program_.token("state", format_.state(), {0, 1});
    for (std::size_t k = 0; k < problem_.loops.size(); ++k)
      tokens.coordinates.emplace_back(
          program_.token(problem_.loops[k].name, format_.coordinate(k), hull({0, 0}, ranges_.loops[k])));
    for (std::size_t f = 0; f < problem_.fields.size(); ++f)
      tokens.values.emplace_back(program_.token(problem_.fields[f].name, format_.value(f), ranges_.carried(f)));
    tokens.evicted.assign(problem_.fields.size(), Form(0));
    for (std::size_t k = 0; k < format_.evicted_fields().size(); ++k) {
      const std::size_t field = format_.evicted_fields()[k];
      tokens.evicted[field] = program_.token(format_.names()[format_.evicted(k)], format_.evicted(k),
                                             hull({0, 0}, ranges_.carried(field)));
    }
    return tokens;
  }

  // n_k is the distance between separators.
  std::vector<Form> locate_lengths() {
    std::vector<Form> lengths;
    Form before = format_.has_bos() ? 0 : -1;
    for (std::size_t k = 0; k < problem_.inputs.size(); ++k) {
      const Form separator =
          locate_marked(program_, memory_, "end " + problem_.inputs[k].name, tokens_.separators[k]);
      lengths.push_back((separator - before - 1).within(ranges_.lengths[k]));
      before = separator;
    }
    return lengths;
  }

  // Whether the token at hand is the last state of a repetition.
  Form ends(ExpressionCompiler& compiler) {
    const Form until = compiler.compile(problem_.repetition->until);
    return program_.compute("done", at_least(until + tokens_.is_state, 2));
  }

  void watch_state(const std::vector<Form>& lengths, const Successor& next) {
    for (std::size_t k = 0; k < lengths.size(); ++k)
      program_.watch("length(" + problem_.inputs[k].name + ")", lengths[k]);
    for (std::size_t k = 0; k < next.coordinates.size(); ++k)
      program_.watch("next " + problem_.loops[k].name, next.coordinates[k]);
    program_.watch("done", next.done);
  }

  Form leaf_form(const Expr& leaf, const Successor& next, const std::vector<Form>& lengths) const {
    const ExprVariant& kind = leaf.node().kind;
    if (const auto* v = std::get_if<expr::LoopVariable>(&kind)) return next.coordinates[v->index];
    if (const auto* n = std::get_if<expr::Length>(&kind)) return lengths[n->sequence];
    if (const auto* last = std::get_if<expr::LastValue>(&kind)) return tokens_.values[last->field];
    if (std::holds_alternative<expr::IsFirst>(kind)) return tokens_.separators.back();
    return fetched_.at(to_string(leaf));
  }

  // The previous token is the one that generates; everything else is fetched from its position.
  void fetch_dependencies(ExpressionCompiler& compiler, const StateRegisters& now) {
    for (const Dependency& d : dependencies(problem_, variables_)) {
      const std::string name = to_string(d.expression);
      fetched_[name] = is_previous_token(d) ? tokens_.values[d.field] : fetch_dependency(compiler, now, d, name);
    }
  }

  Form fetch_dependency(ExpressionCompiler& compiler, const StateRegisters& now, const Dependency& d,
                        const std::string& name) {
    const Form position = asked_position(position_of(compiler, d, name), now, name);
    const Form value = fetch_field(name, d.field, position);
    program_.watch("position " + name, position);
    program_.watch(name, value);
    return value;
  }

  // Memory holds numbers from 0 on; what is fetched is shifted there and back. A token that carries nothing carries 0.
  Form fetch_field(const std::string& name, std::size_t field, const Form& position) {
    const Rational lowest = tokens_.values[field].range().lo;
    const Request request{name, tokens_.values[field] - lowest, position, tokens_.evicted[field] - lowest, -lowest};
    return fetch(program_, memory_, request) + lowest;
  }

  Form position_of(ExpressionCompiler& compiler, const Dependency& d, const std::string& name) {
    const auto value = [&](Polynomial::Variable v) {
      if (variables_.is_loop(v)) return compiler.compile(make_expr(expr::LoopVariable{v, variables_.name(v)}));
      if (variables_.is_length(v)) {
        const std::size_t k = variables_.sequence_of(v);
        return compiler.compile(make_expr(expr::Length{k, problem_.inputs[k].name}));
      }
      return compiler.compile(variables_.atom_of(v));
    };
    const Rational start = format_.has_bos() ? 1 : 0;
    if (cheaper_anchor(d, variables_) == Anchor::sequence_start)
      return compile_polynomial(program_, "position " + name, *d.position + start, value);
    const Form distance = compile_polynomial(program_, "distance " + name, d.distance, value);
    return Form(memory_.at.p) + 1 - distance;
  }

  // A head that looks for a position answers any question with some token's payload. The other lookups compute with the
  // position, so it is kept where a token can be: at tokens of the prompt, which ask nothing sensible, at the first or the own.
  Form asked_position(const Form& position, const StateRegisters& now, const std::string& name) {
    if (memory_.plan.method == LookupMethod::window) return position;
    const Form generates = (now.is_start + now.is_state).within({0, 1});
    if (memory_.plan.method != LookupMethod::telescoping)
      return program_.compute("position " + name, clamp(position.at_any_token(), memory_.at.p, generates));
    const Form back = Form(memory_.at.p) - position;
    const Rational furthest = Rational(memory_.A * memory_.B) - 1;
    return Form(memory_.at.p) - program_.compute("back " + name, clamp(back.at_any_token(), furthest, generates));
  }

  // (state, c', dp(c')), or the answer after the last state.
  void generate(ExpressionCompiler& compiler, const Successor& next) {
    const Form going_on = 1 - next.done;
    for (std::size_t k = 0; k < problem_.inputs.size(); ++k) program_.output(format_.separator(k), 0);
    program_.output(format_.state(), going_on);
    program_.output(format_.answer(), next.done);
    for (std::size_t k = 0; k < problem_.loops.size(); ++k)
      program_.output(format_.coordinate(k), program_.compute("output " + problem_.loops[k].name,
                                                              gate(next.coordinates[k], going_on)));
    for (std::size_t f = 0; f < problem_.fields.size(); ++f) {
      const Form value = compiler.compile(problem_.transition[f]);
      const ReluSum output =
          f == 0 ? select(next.done, compiler.compile(problem_.answer), value) : gate(value, going_on);
      program_.output(format_.value(f), program_.compute("output " + problem_.fields[f].name, output));
    }
    for (std::size_t k = 0; k < format_.evicted_fields().size(); ++k) generate_evicted(k, going_on);
  }

  // The payload A·B positions before the token that is generated.
  void generate_evicted(std::size_t k, const Form& going_on) {
    const std::string& name = format_.names()[format_.evicted(k)];
    const Form oldest = Form(memory_.at.p) + 1 - Rational(memory_.A * memory_.B);
    const Form value = fetch_field(name, format_.evicted_fields()[k], oldest);
    program_.output(format_.evicted(k), program_.compute("output " + name, gate(value, going_on)));
  }

  const Problem& problem_;
  const TokenFormat& format_;
  ProblemRanges ranges_;
  Variables variables_;
  Program program_;
  Memory memory_;
  TokenRegisters tokens_;
  std::map<std::string, Form> fetched_;
};

// Token t of a sequence, with what it evicts: the values `capacity` tokens earlier.
void add_evicted(const TokenFormat& format, const std::vector<Token>& sequence, std::size_t t, std::size_t capacity,
                 Token& token) {
  if (t < capacity || format.is_answer(token)) return;
  for (std::size_t k = 0; k < format.evicted_fields().size(); ++k)
    token[format.evicted(k)] = sequence[t - capacity][format.value(format.evicted_fields()[k])];
}

// The solver's chain of thought with what telescoping memory adds: the BOS and the evicted fields.
ChainOfThought encoded(const Problem& problem, const TokenFormat& format, std::size_t capacity, const Inputs& inputs) {
  ChainOfThought chain = solve(problem, inputs);
  if (!format.has_bos()) return chain;
  std::vector<Token> sequence{format.bos_token()};
  sequence.insert(sequence.end(), chain.prompt.begin(), chain.prompt.end());
  sequence.insert(sequence.end(), chain.generated.begin(), chain.generated.end());
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    sequence[t].resize(format.width());
    add_evicted(format, sequence, t, capacity, sequence[t]);
  }
  const auto generated = sequence.begin() + static_cast<std::ptrdiff_t>(chain.prompt.size()) + 1;
  chain.prompt.assign(sequence.begin(), generated);
  chain.generated.assign(generated, sequence.end());
  return chain;
}

}  // namespace

Program program_for(const Problem& problem, const std::vector<std::int64_t>& max_lengths, const ConstructionPlan& plan,
                    const TokenFormat& format) {
  return Compiler(problem, max_lengths, plan, format).run();
}

Construction compile(const Problem& problem, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                     Schedule schedule, std::optional<std::size_t> block) {
  const ConstructionPlan plan = plan_construction(problem, max_lengths, kind, schedule, block);
  const TokenFormat format(problem, plan.has_bos() ? plan.fetched_fields : std::vector<std::size_t>{});
  const auto program = std::make_shared<const Program>(program_for(problem, max_lengths, plan, format));
  Layout layout = lay_out(*program, plan.attention, format.width(), schedule);
  const std::size_t capacity = plan.memory.A * plan.memory.B;
  auto chain = [problem, format, capacity](const Inputs& inputs) { return encoded(problem, format, capacity, inputs); };
  return {problem, max_lengths, schedule, plan, format, std::move(layout), program, std::move(chain)};
}

}  // namespace wrought
