#include "constructions/lookup/fetch_telescoping.hpp"

#include "constructions/gadgets/clamp.hpp"
#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/scatter_difference.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

namespace {

// r_q = (r_p - (p - q)) mod m', from how far q lies back.
Form address_of(Program& program, const Memory& memory, const Request& request) {
  const Form unwrapped = Form(memory.at.address) - (Form(memory.at.p) - request.position);
  const Form wraps = program.compute("wraps " + request.name, at_most(unwrapped, -1));
  const Rational capacity(memory.A * memory.B);
  return (unwrapped + capacity * wraps).within({0, capacity - 1});
}

// The block asked for: its number and square, and how many of its tokens this round of addresses has so far.
struct Block {
  Form a, a_squared, now;
};

Block block_of(Program& program, const Memory& memory, const std::string& name, const Form& address) {
  const Rational B(memory.B);
  const Form a = program.compute("block " + name, staircase(address, memory.B, memory.A));
  const Form a_squared = program.compute("block² " + name, staircase_square(address, memory.B, memory.A));
  const Form now = program.compute("now in block " + name, clamp(Form(memory.at.address) + 1 - B * a, B, 1));
  return {a, a_squared, now};
}

// Z += C · (what the head returns), that is, the newest payload at every address of the block.
std::vector<Register> add_block(Program& program, const Memory& memory, const std::string& name,
                                const std::vector<Register>& written, const Block& block, const Range& range) {
  const Rational C(memory.plan.C);
  const PositionRegisters& at = memory.at;
  AttentionStep step;
  const auto sum = accumulate_onto(program, written, range, step);
  std::vector<QueryKeyForm> query = one_hot(block.a, block.a_squared, memory.A);
  std::vector<QueryKeyForm> key = one_hot(at.block, at.block_squared, memory.A);
  query.push_back({C - 1 - Form(at.before) - block.now, 0});
  key.push_back({0, Form(at.first) - 1});
  step.heads.push_back({"fetch " + name, query, key, region_values(written, sum, C),
                        {"anchored_head",
                         {block.a, block.a_squared, at.block, at.block_squared, at.first, block.now, at.before, at.address},
                         {Rational(memory.A), C, Rational(memory.B)}}});
  program.attend("fetch block for " + name, std::move(step));
  return sum;
}

}  // namespace

Form fetch_telescoping(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const PositionRegisters& at = memory.at;
  const Form address = address_of(program, memory, request);
  const Block block = block_of(program, memory, request.name, address);
  const Form slot = address - B * block.a;
  const Form own_slot = program.compute("own slot " + request.name, equals(slot - Form(at.residue), 0));
  const Form written_now = (request.payload - request.evicted).within({-V, V});
  const Form own_write = program.compute("own write " + request.name, gate(written_now, own_slot));

  const auto written =
      program.compute_all("Z@" + request.name,
                          scatter_difference(request.payload, request.evicted, at.residue, memory.B),
                          memory.region_free);
  // An address adds up to the newest payload less `none`, and the token's own slot holds what it wrote besides. Pick wants
  // both at 0 or above.
  const Rational lowest = -V - request.none;
  const auto sum = add_block(program, memory, request.name, written, block, {lowest, lowest + 3 * V});
  std::vector<Form> shifted;
  for (const Register slot_register : sum) shifted.push_back(Form(slot_register) - lowest);
  const Form picked = program.compute("picked " + request.name, pick(shifted, slot));
  release_region(program, memory);
  return program.claim("fetch_telescoping",
                       claim_arguments({request.position, request.payload, request.evicted, address, block.a, own_slot, own_write,
                                        picked, at.p, at.address, at.block, at.residue},
                                       {written, sum}),
                       {Rational(memory.A) * B, B, Rational(memory.A), Rational(memory.plan.C)},
                       (picked + lowest - own_write + request.none).within({0, V}));
}

}  // namespace wrought
