#include "constructions/lookup/fetch_telescoping.hpp"

#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/scatter_difference.hpp"
#include "constructions/lookup/anchored_block.hpp"

namespace wrought {

namespace {

// r_q = (r_p - (p - q)) mod m', from how far q lies back.
Form address_of(Program& program, const Memory& memory, const Request& request) {
  const Form unwrapped = Form(memory.at.address) - (Form(memory.at.p) - request.position);
  const Form wraps = program.compute("wraps " + request.name, at_most(unwrapped, -1));
  const Rational capacity(memory.A * memory.B);
  return (unwrapped + capacity * wraps).within({0, capacity - 1});
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
