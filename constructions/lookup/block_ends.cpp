#include "constructions/lookup/block_ends.hpp"

#include <algorithm>

#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

namespace {

// Whoever is nearest to 4a, or at an end to 4a + halves/2.
HeadSpec group_head(std::string name, const Memory& memory, int halves, std::vector<HeadValue> values) {
  const PositionRegisters& at = memory.at;
  std::vector<Rational> numbers{Rational(memory.B)};
  if (halves > 0) numbers.emplace_back(halves);
  return {std::move(name),
          {{Rational(8) * Form(at.block) + Rational(halves) * Form(at.end), 0}, {-1, 0}},
          {{at.group, 0}, {at.group_squared, 0}},
          std::move(values),
          {"group_head", {at.block, at.end, at.group, at.group_squared}, std::move(numbers)}};
}

// Adds `weight` times what a head finds in slots first..last, if there are any.
void collect_slots(Program& program, const Memory& memory, const std::string& name, int halves, std::size_t first, std::size_t last,
                   const Rational& weight, const Rational& V, std::vector<Register>& region) {
  if (first > last) return;
  AttentionStep step;
  const std::vector<Register> before(region.begin() + static_cast<std::ptrdiff_t>(first),
                                     region.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  const std::vector<Register> after = accumulate_onto(program, before, {0, 2 * V}, step);
  step.heads.push_back(group_head(name, memory, halves, region_values(before, after, weight)));
  program.attend(name, std::move(step));
  std::copy(after.begin(), after.end(), region.begin() + static_cast<std::ptrdiff_t>(first));
}

// The payload at q if its block is unfinished: then q is in the own window. Otherwise the head looks before the first token, so
// that some token is nearest.
Register fetch_near(Program& program, const Memory& memory, const Request& request, const Form& unfinished) {
  const Register near = program.declare("near " + request.name, request.payload.range());
  const Form target = request.position - Rational(program.max_length()) * (1 - unfinished);
  program.attend("fetch near " + request.name,
                 {{position_head("fetch near", target, memory.at, {{request.payload, 1, near}})}, {}});
  return near;
}

}  // namespace

std::vector<Register> collect_blocks(Program& program, const Memory& memory, const std::string& name,
                                     const std::vector<Register>& written, const Rational& V) {
  std::vector<Register> region = written;
  if (memory.B < 2) return region;
  // Low and high get about as many slots, so that no head is wide; neither more than K, since K >= B/2.
  const std::size_t last = memory.B - 2, low = (memory.B - 1) / 2;
  const Rational K(averaged_tokens(memory.B));
  collect_slots(program, memory, "collect first for " + name, 0, 0, 0, 1, V, region);
  collect_slots(program, memory, "collect low for " + name, 3, 1, std::min(low, last), K, V, region);
  collect_slots(program, memory, "collect high for " + name, 5, low + 1, last, K, V, region);
  return region;
}

AskedBlock asked_block(Program& program, const Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Form a = program.compute("block " + request.name, staircase(request.position, memory.B, memory.A));
  const Form unfinished = program.compute("unfinished " + request.name, at_most(Form(memory.at.finished) - a, 0));
  return {a, unfinished, request.position - B * a - B * unfinished};
}

Form read_block(Program& program, Memory& memory, const Request& request, const std::vector<Register>& region,
                const Reading& reading, std::vector<std::vector<Register>> earlier) {
  const AskedBlock& asked = reading.asked;
  const PositionRegisters& at = memory.at;
  const Form own = program.compute("own " + request.name, pick(forms(region), asked.slot));
  AttentionStep step;
  const auto sum = accumulate_onto(program, region, {0, 2 * reading.most}, step);
  step.heads.push_back(position_head("fetch block", reading.holder, at, region_values(region, sum, 1)));
  program.attend("fetch block for " + request.name, std::move(step));
  const Register near = fetch_near(program, memory, request, asked.unfinished);

  const ReluSum result = pick(forms(sum), asked.slot) - linear(own) + gate(near, asked.unfinished);
  const Form value = program.compute(request.name, with_range(result, {0, request.payload.range().hi}));
  release_region(program, memory);
  earlier.push_back(sum);
  return program.claim(reading.claim,
                       claim_arguments({request.position, request.payload, asked.a, asked.unfinished, own, near, at.p, at.block,
                                        at.residue, at.finished},
                                       earlier),
                       {Rational(memory.B), Rational(memory.A)}, value);
}

}  // namespace wrought
