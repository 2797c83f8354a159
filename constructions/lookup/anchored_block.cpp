#include "constructions/lookup/anchored_block.hpp"

#include "constructions/gadgets/clamp.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

Block block_of(Program& program, const Memory& memory, const std::string& name, const Form& address) {
  const Rational B(memory.B);
  const Form a = program.compute("block " + name, staircase(address, memory.B, memory.A));
  const Form a_squared = program.compute("block² " + name, staircase_square(address, memory.B, memory.A));
  const Form now = program.compute("now in block " + name, clamp(Form(memory.at.address) + 1 - B * a, B, 1));
  return {a, a_squared, now};
}

std::vector<Register> add_block(Program& program, const Memory& memory, const std::string& name,
                                const std::vector<Register>& written, const Block& block, const Range& range) {
  const Rational C(memory.plan.C);
  const PositionRegisters& at = memory.at;
  AttentionStep step;
  const auto sum = accumulate_onto(program, written, range, step);
  std::vector<QueryKeyForm> query = one_hot(block.a, block.a_squared, memory.A);
  std::vector<QueryKeyForm> key = one_hot(at.block, at.block_squared, memory.A);
  query.push_back({C - 1 - at.before - block.now, 0});
  key.push_back({0, Form(at.first) - 1});
  step.heads.push_back({"fetch " + name, query, key, region_values(written, sum, C),
                        {"anchored_head",
                         {block.a, block.a_squared, at.block, at.block_squared, at.first, block.now, at.before, at.address},
                         {Rational(memory.A), C, Rational(memory.B)}}});
  program.attend("fetch block for " + name, std::move(step));
  return sum;
}

}  // namespace wrought
