#include "constructions/lookup/fetch_strided.hpp"

#include "constructions/gadgets/gate.hpp"
#include "constructions/lookup/block_ends.hpp"

namespace wrought {

namespace {

std::vector<Register> clear_but_at_ends(Program& program, const Memory& memory, const std::string& name,
                                        const std::vector<Register>& region) {
  std::vector<ReluSum> gated;
  for (const Register slot : region) gated.push_back(gate(slot, memory.at.end));
  return program.compute_all("end's Z@" + name, gated);
}

std::vector<Register> copy_last_end(Program& program, const Memory& memory, const std::string& name,
                                    const std::vector<Register>& region, const Rational& most) {
  AttentionStep step;
  const auto copied = accumulate_onto(program, region, {0, 2 * most}, step);
  step.heads.push_back(position_head("copy last end", memory.at.relay, memory.at, region_values(region, copied, 1)));
  program.attend("copy last end for " + name, std::move(step));
  return copied;
}

}  // namespace

Form fetch_strided(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B), V = request.payload.range().hi;
  const PositionRegisters& at = memory.at;
  const AskedBlock asked = asked_block(program, memory, request);
  const auto written = scatter_payload(program, memory, request);
  const auto collected = collect_blocks(program, memory, request.name, written, V);
  const auto ends = clear_but_at_ends(program, memory, request.name, collected);
  const auto last = copy_last_end(program, memory, request.name, ends, 2 * V);
  const Form holder = Form(at.p) - B * (Form(at.finished) - 1 - asked.a);
  return read_block(program, memory, request, last, {asked, holder, 4 * V, "fetch_strided"}, {written, collected, ends, last});
}

}  // namespace wrought
