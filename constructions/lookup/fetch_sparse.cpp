#include "constructions/lookup/fetch_sparse.hpp"

#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

namespace {

// Z += average of Z over the visible tokens of the own block.
std::vector<Register> gather_block(Program& program, const Memory& memory, const std::string& name,
                                   const std::vector<Register>& region, const Rational& V) {
  AttentionStep step;
  const std::vector<Register> gathered = accumulate_onto(program, region, {0, 2 * V}, step);
  step.heads.push_back({"gather " + name,
                        {{Rational(2) * Form(memory.at.block), 0}, {-1, 0}},
                        {{memory.at.block, 0}, {memory.at.block_squared, 0}},
                        region_values(region, gathered, 1),
                        {"block_head", {memory.at.block, memory.at.block_squared}}});
  program.attend("gather block for " + name, std::move(step));
  return gathered;
}

// Z += Z of the end of block a, every payload of the block over B.
std::vector<Register> add_block_end(Program& program, const Memory& memory, const std::string& name,
                                    const std::vector<Register>& gathered, const Form& a, const Rational& V) {
  const Rational B(memory.B);
  AttentionStep step;
  const std::vector<Register> sum = accumulate_onto(program, gathered, {0, 4 * V}, step);
  std::vector<HeadValue> values = region_values(gathered, sum, 1);
  values.back().value *= 1 / (B + 1);
  step.heads.push_back(position_head("fetch block end", B * a + B - 1, memory.at, values));
  program.attend("fetch block for " + name, std::move(step));
  return sum;
}

Register fetch_near(Program& program, const Memory& memory, const Request& request) {
  const Register near = program.declare("near " + request.name, request.payload.range());
  program.attend("fetch near " + request.name, {{position_head("fetch near", request.position, memory.at,
                                                                {{request.payload, 1, near}})},
                                                 {}});
  return near;
}

}  // namespace

Form fetch_sparse(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const Form a = program.compute("block " + request.name, staircase(request.position, memory.B, memory.A));
  const Form own = program.compute("own " + request.name, at_most(Form(memory.at.block) - a, 0));

  // In the own block the slot is negative, and nothing is picked.
  const Form slot = request.position - B * a - B * own;

  const auto scattered = scatter_payload(program, memory, request);
  const auto gathered = gather_block(program, memory, request.name, scattered, V);
  const Form own_share = program.compute("own share " + request.name, pick(forms(gathered), slot));
  const auto sum = add_block_end(program, memory, request.name, gathered, a, V);
  const Register near = fetch_near(program, memory, request);

  const ReluSum share = pick(forms(sum), slot) - linear(own_share);
  const Form value = program.compute(request.name, with_range(B * share + gate(near, own), {0, V}));
  release_region(program, memory);
  return program.claim("fetch_sparse",
                       claim_arguments({request.position, request.payload, a, own, own_share, near, memory.at.p,
                                        memory.at.block, memory.at.residue},
                                       {scattered, gathered, sum}),
                       {B, Rational(memory.A)}, value);
}

}  // namespace wrought
