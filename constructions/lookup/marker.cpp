#include "constructions/lookup/marker.hpp"

#include "constructions/gadgets/gate.hpp"

namespace wrought {

namespace {

// A head that averages over the flagged tokens it sees.
HeadSpec flagged_head(const Memory& memory, const std::string& name, const Form& flag, std::vector<HeadValue> values) {
  if (memory.attention.is_linear()) return {name, {{0, 0}}, {{0, flag - 1}}, std::move(values), {"linear_flag_head", {flag}}};
  return {name, {{1, 0}}, {{flag, 0}}, std::move(values), {"flag_head", {flag}}};
}

Register read_flagged(Program& program, const Memory& memory, const std::string& name, const Form& flag,
                      const Form& position) {
  const Register result = program.declare(name, memory.at.p->range);
  program.attend("locate " + name, {{flagged_head(memory, "locate " + name, flag, {{position, 1, result}})}, {}});
  return result;
}

}  // namespace

Form locate_marked(Program& program, const Memory& memory, const std::string& name, const Form& flag) {
  const bool sees_everything = memory.attention.kind == AttentionKind::standard || memory.attention.is_linear();
  if (sees_everything)
    return program.claim("locate", {flag, memory.at.p}, {}, read_flagged(program, memory, name, flag, memory.at.p));

  const Register seen = program.declare("saw " + name, {0, 1});
  const Register position = program.declare("hop " + name, memory.at.p->range);
  program.attend("locate " + name + ", first hop",
                 {{flagged_head(memory, "first hop", flag, {{flag, 1, seen}, {memory.at.p, 1, position}})}, {}});
  const Form known = program.compute("known " + name, gate(position, seen));
  return program.claim("locate", {flag, seen, position, known, memory.at.p}, {}, read_flagged(program, memory, name, seen, known));
}

}  // namespace wrought
