#include "constructions/lookup/fetch_linear.hpp"

#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/rescale.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

Form fetch_linear(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const PositionRegisters& at = memory.at;
  const Form a = program.compute("block " + request.name, staircase(request.position, memory.B, memory.A));
  const Form a_squared =
      program.compute("block² " + request.name, staircase_square(request.position, memory.B, memory.A));
  const Form slot = request.position - B * a;
  const Form own_block = program.compute("own " + request.name, at_most(Form(at.block) - a, 0));
  const Form own_slot = program.compute("own slot " + request.name, equals(slot - Form(at.residue), 0));
  const Form missing =
      program.compute("missing " + request.name, gate(B - 1 - Form(at.residue), own_block));  // B - c
  const Form own_payload = program.compute("own payload " + request.name, gate(request.payload, own_slot));

  const auto scattered = scatter_payload(program, memory, request);
  AttentionStep step;
  const auto gathered = accumulate_onto(program, scattered, {0, 2 * V}, step);
  step.heads.push_back({"fetch " + request.name, one_hot(a, a_squared, memory.A),
                        one_hot(at.block, at.block_squared, memory.A), region_values(scattered, gathered, 1),
                        {"one_hot_head", {a, a_squared, at.block, at.block_squared}, {Rational(memory.A)}}});
  program.attend("fetch block for " + request.name, std::move(step));

  const Form picked = program.compute("share " + request.name, pick(forms(gathered), slot));
  release_region(program, memory);
  const std::vector<Form> arguments =
      claim_arguments({request.position, request.payload, a, own_block, own_slot, missing, own_payload, picked, at.p,
                       at.block, at.residue},
                      {scattered, gathered});
  const Form share = program.claim("share_linear", arguments, {B, Rational(memory.A)},
                                   (picked - own_payload).within({0, V}));
  const Form value = program.compute(request.name, rescale(share, B - missing, memory.B, {0, V}));
  return program.claim("fetch_linear", arguments, {B, Rational(memory.A)}, value);
}

}  // namespace wrought
