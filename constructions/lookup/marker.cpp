#include "constructions/lookup/marker.hpp"

#include "constructions/gadgets/gate.hpp"

namespace wrought {

HeadSpec flagged_head(const Memory& memory, const std::string& name, const Form& flag, std::vector<HeadValue> values) {
  if (memory.attention.is_linear()) return {name, {{0, 0}}, {{0, flag - 1}}, std::move(values), {"linear_flag_head", {flag}}};
  return {name, {{1, 0}}, {{flag, 0}}, std::move(values), {"flag_head", {flag}}};
}

namespace {

// The flagged token and the first one, whose position is 0, weigh the same: twice the mean is the position of the flagged
// token, and 0 before that.
Register read_with_first(Program& program, const Memory& memory, const std::string& name, const Form& flag) {
  const Register result = program.declare(name, memory.at.p->range);
  HeadSpec head = flagged_head(memory, "locate " + name, flag + Form(memory.at.first), {{memory.at.p, 2, result}});
  head.use = {memory.attention.is_linear() ? "linear_marker_head" : "marker_head", {flag, memory.at.first}};
  program.attend("locate " + name, {{std::move(head)}, {}});
  return result;
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
  if (sees_everything) {
    const Register position = read_with_first(program, memory, name, flag);
    return program.claim("locate", {flag, memory.at.p, memory.at.first}, {}, position);
  }

  const Register seen = program.declare("saw " + name, {0, 1});
  const Register position = program.declare("hop " + name, memory.at.p->range);
  program.attend("locate " + name + ", first hop",
                 {{flagged_head(memory, "first hop", flag, {{flag, 1, seen}, {memory.at.p, 1, position}})}, {}});
  const Form known = program.compute("known " + name, gate(position, seen));
  return program.claim("locate", {flag, memory.at.p, seen, position, known}, {}, read_flagged(program, memory, name, seen, known));
}

}  // namespace wrought
