#include "constructions/residual/layout.hpp"

#include <doctest/doctest.h>

#include <map>

#include "tests/constructions/residual/interpreter.hpp"
#include "tests/constructions/residual/programs.hpp"
#include "verifier/runtime/runtime.hpp"

using namespace wrought;

namespace {

// Where a register of the program lives in the network.
struct Home {
  Register r;
  std::size_t coordinate, first_stage, last_stage;
};

// Placements name registers; of registers with the same name the one that the program made first is placed first.
std::vector<Home> homes(const Program& program, const Layout& layout) {
  std::map<std::string, std::vector<Placement>> by_name;
  for (const Placement& placement : layout.placements) by_name[placement.name].push_back(placement);
  std::map<std::string, std::vector<Register>> registers;
  for (const RegisterInfo& info : program.registers()) registers[info.name].push_back(&info);
  std::vector<Home> result;
  for (const auto& [name, placements] : by_name) {
    const std::vector<Register>& same_name = registers.at(name);
    REQUIRE(placements.size() == same_name.size());
    for (std::size_t k = 0; k < placements.size(); ++k)
      result.push_back(
          {same_name[k], placements[k].coordinate, placements[k].first_stage, placements[k].last_stage});
  }
  return result;
}

// Runs the network and the interpreter side by side. "" if every register that is alive after a stage has, in its
// coordinate, the value that the interpreter gives it, at every token; otherwise the first one that has not.
std::string first_difference(const Program& program, const Layout& layout, const std::vector<Token>& tokens,
                             std::size_t* compared = nullptr) {
  const std::vector<Home> placed = homes(program, layout);
  Interpreter interpreter(program, layout.network.attention);
  const auto runner = make_runner(layout.network, {});
  std::string difference;
  runner->observe([&](std::size_t position, std::size_t stage, const RowView& row) {
    for (const Home& home : placed) {
      if (stage < home.first_stage || stage >= home.last_stage || !difference.empty()) continue;
      const Rational expected = interpreter.row().at(home.r), found = row.enclosure(home.coordinate)->lower;
      if (compared) ++*compared;
      if (found != expected)
        difference = home.r->name + " at token " + std::to_string(position) + " after stage " +
                     std::to_string(stage) + " is " + to_string(found) + ", not " + to_string(expected);
    }
  });
  for (const Token& token : tokens) {
    interpreter.append(token);
    runner->append(token);
    const std::vector<Rational> outputs = interpreter.outputs();
    for (std::size_t c = 0; c < outputs.size() && difference.empty(); ++c)
      if (runner->output().enclosure(c)->lower != outputs[c]) difference = "output " + std::to_string(c);
    if (!difference.empty()) break;
  }
  return difference;
}

std::vector<Token> all_tokens(const ChainOfThought& chain) {
  std::vector<Token> tokens = chain.prompt;
  tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end() - 1);
  return tokens;
}

}  // namespace

TEST_CASE("every live register of a task's network has the value that the program gives it") {
  for (const SmallTask& task : small_tasks())
    for (const AttentionKind kind : attention_kinds)
      for (const Schedule schedule : all_schedules()) {
        const Construction c = compile(task.problem, task.max_lengths, kind, schedule);
        INFO(task.problem.name, ", ", name(kind), ", ", name(schedule));
        std::size_t compared = 0;
        CHECK(first_difference(program_of(c), c.layout, all_tokens(c.encode(task.inputs)), &compared) == "");
        CHECK(compared > 500);
      }
}

TEST_CASE("every live register of a random program's network has the value that the program gives it") {
  for (unsigned seed = 0; seed < 60; ++seed)
    for (const AttentionKind kind : attention_kinds)
      for (const Schedule schedule : all_schedules()) {
        RandomProgram random(seed, kind == AttentionKind::linear);
        Attention attention;
        attention.kind = kind;
        attention.block = 3;
        INFO("seed ", seed, ", ", name(kind), ", ", name(schedule));
        const Layout layout = lay_out(random.program(), attention, RandomProgram::token_width, schedule);
        CHECK(first_difference(random.program(), layout, random.tokens()) == "");
      }
}

TEST_CASE("one changed weight of a random program's network is noticed in a register") {
  std::size_t noticed = 0, tried = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    RandomProgram random(seed, false);
    Layout layout = lay_out(random.program(), {}, RandomProgram::token_width, Schedule::narrow);
    Matrix& w2 = layout.network.layers.front().w2;
    if (w2.nonZeros() == 0) continue;
    w2.coeffs()[0] += 1;
    ++tried;
    noticed += first_difference(random.program(), layout, random.tokens()) != "" ? 1 : 0;
  }
  CHECK(noticed * 2 > tried);  // the others belong to units that are inactive on these tokens
}

TEST_CASE("steps and registers that nobody reads take no place") {
  Program program(3);
  const Register x = program.token("x", 0, {0, 5}), unread = program.token("unread", 1, {0, 5});
  program.position("unread position", {0, 1, 2});
  program.compute("dead", {Form(), {relu(Form(unread))}, {0, 5}});
  program.output(0, x);
  program.output(1, Form(0));
  const Layout layout = lay_out(program, {}, 2, Schedule::narrow);
  CHECK(layout.network.width == 1);
  CHECK(layout.network.layers.empty());
  CHECK(layout.network.positions.empty());
}

TEST_CASE("equal pre-activations are one hidden unit, and units that cannot be active none") {
  Program program(3);
  const Register x = program.token("x", 0, {0, 5});
  const ReluSum sum{Form(), {relu(Form(x) - 2), relu(Form(x) - 9)}, {0, 3}};
  const auto results = program.compute_all("twice", {sum, Rational(3) * sum});
  program.output(0, results[0]);
  program.output(1, Form(results[1]) + x + 1);  // x and the constant stay, so that nothing has to be cleared
  CHECK(lay_out(program, {}, 2, Schedule::shallow).network.layers.at(0).w1.rows() == 1);
}
