#include "constructions/lookup/fetch_linear.hpp"

#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/scatter.hpp"
#include "constructions/gadgets/threshold.hpp"
#include "constructions/lookup/anchored_block.hpp"

namespace wrought {

namespace {

Register read_first(Program& program, const Memory& memory, const Request& request) {
  const Register first = program.declare("first " + request.name, request.payload.range());
  program.attend("fetch first " + request.name,
                 {{{"fetch first",
                    {{0, 0}},
                    {{0, Form(memory.at.first) - 1}},
                    {{request.payload, 1, first}},
                    {"first_head", {memory.at.first}}}},
                  {}});
  return first;
}

}  // namespace

Form fetch_linear(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const PositionRegisters& at = memory.at;
  const Block block = block_of(program, memory, request.name, request.position);
  const Form slot = request.position - B * block.a;
  const Form own_slot = program.compute("own slot " + request.name, equals(slot - Form(at.written), 0));
  const Form own_payload = program.compute("own payload " + request.name, gate(request.payload, own_slot));
  const Form asks_first = program.compute("asks first " + request.name, at_most(request.position, 0));

  const auto written =
      program.compute_all("Z@" + request.name, scatter(request.payload, at.written, memory.B), memory.region_free);
  const auto sum = add_block(program, memory, request.name, written, block, {0, 2 * V});
  const Register first = read_first(program, memory, request);

  const ReluSum result = pick(forms(sum), slot) - linear(own_payload) + gate(first, asks_first);
  const Form value = program.compute(request.name, with_range(result, {0, V}));
  release_region(program, memory);
  return program.claim("fetch_linear",
                       claim_arguments({request.position, request.payload, block.a, own_slot, own_payload, asks_first, first,
                                        at.p, at.block, at.written, at.first},
                                       {written, sum}),
                       {B, Rational(memory.A), Rational(memory.plan.C)}, value);
}

}  // namespace wrought
