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
                        region_values(region, gathered, 1)});
  program.attend("gather block for " + name, std::move(step));
  return gathered;
}

struct Fetched {
  std::vector<Register> block;  // Z of the block end, every payload over B
  Register near;                // the payload at q, if q is in the window
};

Fetched fetch_block(Program& program, const Memory& memory, const Request& request,
                    const std::vector<Register>& gathered, const Form& a, const Rational& V) {
  const Rational B(memory.B);
  AttentionStep step;
  Fetched fetched{accumulate_onto(program, gathered, {0, 2 * V}, step),
                  program.declare("near " + request.name, request.payload.range())};
  const auto key = position_key(memory.at);
  std::vector<HeadValue> far = region_values(gathered, fetched.block, 1);
  far.back().value *= 1 / (B + 1);
  step.heads.push_back({"fetch block end", position_query(B * a + B - 1), key, far});
  step.heads.push_back({"remove own region", position_query(memory.at.p), key,
                        region_values(gathered, fetched.block, -1)});
  step.heads.push_back({"fetch near", position_query(request.position), key, {{request.payload, 1, fetched.near}}});
  program.attend("fetch block for " + request.name, std::move(step));
  return fetched;
}

}  // namespace

Form fetch_sparse(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const Form a = program.compute("block " + request.name, staircase(request.position, memory.B, memory.A));
  const Form own = program.compute("own " + request.name, at_most(Form(memory.at.block) - a, 0));

  const auto scattered = scatter_payload(program, memory, request);
  const auto gathered = gather_block(program, memory, request.name, scattered, V);
  const Fetched fetched = fetch_block(program, memory, request, gathered, a, V);

  // In the own block the slot is negative, and nothing is picked.
  const Form slot = request.position - B * a - B * own;
  const ReluSum result = B * pick(forms(fetched.block), slot) + gate(fetched.near, own);
  const Form value = program.compute(request.name, with_range(result, {0, V}));
  release_region(program, memory);
  return value;
}

}  // namespace wrought
