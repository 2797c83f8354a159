#include "constructions/lookup/fetch_strided.hpp"

#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/rescale.hpp"
#include "constructions/gadgets/staircase.hpp"

namespace wrought {

namespace {

// Z += average of Z over everything visible.
std::vector<Register> gather_window(Program& program, const std::string& name, const std::vector<Register>& region,
                                    const Rational& V) {
  AttentionStep step;
  const std::vector<Register> gathered = accumulate_onto(program, region, {0, 2 * V}, step);
  step.heads.push_back({"gather " + name, {{0, 0}}, {{0, 0}}, region_values(region, gathered, 1), {"uniform_head", {}}});
  program.attend("gather window for " + name, std::move(step));
  return gathered;
}

struct Fetched {
  std::vector<Register> sum;  // own Z and that of h
  Register payload, visible;  // of h
};

// Z += Z of h.
Fetched add_window(Program& program, const Memory& memory, const Request& request,
                   const std::vector<Register>& gathered, const Form& h, const Rational& V) {
  AttentionStep step;
  Fetched fetched{accumulate_onto(program, gathered, {0, 4 * V}, step),
                  program.declare("payload at h for " + request.name, request.payload.range()),
                  program.declare("visible at h for " + request.name, memory.at.visible->range)};
  std::vector<HeadValue> values = region_values(gathered, fetched.sum, 1);
  values.push_back({request.payload, 1, fetched.payload});
  values.push_back({memory.at.visible, 1, fetched.visible});
  step.heads.push_back(position_head("fetch window", h, memory.at, values));
  program.attend("fetch window for " + request.name, std::move(step));
  return fetched;
}

}  // namespace

Form fetch_strided(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B);
  const Rational V = request.payload.range().hi;
  const Form back = Form(memory.at.p) - request.position;
  const Form strides = program.compute("strides " + request.name, staircase(back, memory.B, memory.A));
  // 0 <= rest < B is how far q lies before h; the residue of q is that of p minus rest, wrapped around.
  const Form rest = back - B * strides;
  const Form wrapped = program.compute("wrapped " + request.name, at_least(rest - Form(memory.at.residue), 1));
  const Form at_h = program.compute("at h " + request.name, at_most(rest, 0));

  // The own slot of h is polluted; at h itself the slot is negative and nothing is picked.
  const Form slot = Form(memory.at.residue) - rest + B * wrapped - B * at_h;

  const auto scattered = scatter_payload(program, memory, request);
  const auto gathered = gather_window(program, request.name, scattered, V);
  const Form own_share = program.compute("own share " + request.name, pick(forms(gathered), slot));
  const Fetched fetched = add_window(program, memory, request, gathered, Form(memory.at.p) - B * strides, V);
  const Form both_shares = program.compute("both shares " + request.name, pick(forms(fetched.sum), slot));
  const std::vector<Form> arguments =
      claim_arguments({request.position, request.payload, strides, wrapped, at_h, own_share, both_shares, fetched.payload,
                       fetched.visible, memory.at.p, memory.at.residue, memory.at.visible},
                      {scattered, gathered, fetched.sum});
  const std::vector<Rational> numbers{B, Rational(memory.A)};
  const Form share = program.claim("share_strided", arguments, numbers, (both_shares - own_share).within({0, V}));
  const Form visible = program.claim("visible_strided", arguments, numbers, fetched.visible);
  release_region(program, memory);
  const auto C = static_cast<std::size_t>(memory.at.visible->range.hi);
  const ReluSum result = rescale(share, visible, C, {0, V}) + gate(fetched.payload, at_h);
  const Form value = program.compute(request.name, with_range(result, {0, V}));
  return program.claim("fetch_strided", arguments, numbers, value);
}

}  // namespace wrought
