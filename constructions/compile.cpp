#include "constructions/compile.hpp"

#include <map>
#include <stdexcept>

#include "constructions/dp/positions.hpp"
#include "constructions/dp/ranges.hpp"
#include "constructions/gadgets/clamp.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/select.hpp"
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
};

class Compiler {
 public:
  Compiler(const Problem& problem, const std::vector<std::int64_t>& max_lengths, const Attention& attention,
           std::size_t length, Schedule schedule)
      : problem_(problem),
        format_(problem),
        ranges_(problem, max_lengths),
        variables_(problem),
        program_(length),
        memory_(program_, attention, attention.block, schedule != Schedule::shallow),
        tokens_(embed()) {}

  Program run() {
    const std::vector<Form> lengths = locate_lengths();
    const StateRegisters now{tokens_.separators.back(), tokens_.is_state, tokens_.coordinates, lengths};
    const Successor next = successor(program_, problem_, now, ranges_.loops);

    ExpressionCompiler compiler(program_, [&](const Expr& leaf) { return leaf_form(leaf, next, lengths); });
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
    for (std::size_t f = 0; f < problem_.fields.size(); ++f) {
      tokens.values.emplace_back(program_.token(problem_.fields[f].name, format_.value(f), ranges_.carried(f)));
    }
    return tokens;
  }

  // n_k is the distance between separators.
  std::vector<Form> locate_lengths() {
    std::vector<Form> lengths;
    Form before = -1;
    for (std::size_t k = 0; k < problem_.inputs.size(); ++k) {
      const Form separator =
          locate_marked(program_, memory_, "end " + problem_.inputs[k].name, tokens_.separators[k]);
      lengths.push_back((separator - before - 1).within(ranges_.lengths[k]));
      before = separator;
    }
    return lengths;
  }

  Form leaf_form(const Expr& leaf, const Successor& next, const std::vector<Form>& lengths) const {
    const ExprVariant& kind = leaf.node().kind;
    if (const auto* v = std::get_if<expr::LoopVariable>(&kind)) return next.coordinates[v->index];
    if (const auto* n = std::get_if<expr::Length>(&kind)) return lengths[n->sequence];
    if (const auto* last = std::get_if<expr::LastValue>(&kind)) return tokens_.values[last->field];
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
    const Form position = position_of(compiler, d, name);
    const Form payload = tokens_.values[d.field];
    const Form lowest = payload.range().lo;  // payloads start at 0
    const Request request{name, payload - lowest, asked_position(position, now, name)};
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
    if (cheaper_anchor(d, variables_) == Anchor::sequence_start)
      return compile_polynomial(program_, "position " + name, d.position, value);
    const Form distance = compile_polynomial(program_, "distance " + name, d.distance, value);
    return Form(memory_.at.p) + 1 - distance;
  }

  // Standard attention answers any question with some token's payload; the other kinds compute with the position, so
  // it is kept within 0..p where nothing sensible is asked.
  Form asked_position(const Form& position, const StateRegisters& now, const std::string& name) {
    if (memory_.attention.kind == AttentionKind::standard) return position;
    const Form generates = (now.is_start + now.is_state).within({0, 1});
    return program_.compute("position " + name, clamp(position, memory_.at.p, generates));
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
  }

  const Problem& problem_;
  TokenFormat format_;
  ProblemRanges ranges_;
  Variables variables_;
  Program program_;
  Memory memory_;
  TokenRegisters tokens_;
  std::map<std::string, Form> fetched_;
};

std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

}  // namespace

Attention attention_for(AttentionKind kind, std::size_t length, std::optional<std::size_t> block) {
  Attention attention;
  attention.kind = kind;
  attention.block = block.value_or(ceil_sqrt(length));
  if (attention.block < 1 || attention.block > length)
    throw std::invalid_argument("the block must be in 1.." + std::to_string(length) + ", not " +
                                std::to_string(attention.block));
  return attention;
}

Construction compile(const Problem& problem, const std::vector<std::int64_t>& max_lengths, AttentionKind kind,
                     Schedule schedule, std::optional<std::size_t> block) {
  if (max_lengths.size() != problem.inputs.size())
    throw std::invalid_argument(problem.name + " has " + std::to_string(problem.inputs.size()) + " inputs, not " +
                                std::to_string(max_lengths.size()));
  for (const std::int64_t n : max_lengths)
    if (n < 1) throw std::invalid_argument("lengths start at 1, not at " + std::to_string(n));

  const auto length = static_cast<std::size_t>(max_sequence_length(problem, max_lengths));
  const Attention attention = attention_for(kind, length, block);
  const Program program = Compiler(problem, max_lengths, attention, length, schedule).run();
  return {problem, max_lengths, schedule,
          lay_out(program, attention, TokenFormat(problem).width(), schedule)};
}

}  // namespace wrought
