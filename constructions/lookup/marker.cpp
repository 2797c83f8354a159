#include "constructions/lookup/marker.hpp"

#include "constructions/gadgets/gate.hpp"

namespace wrought {

namespace {

// Twice the mean over the flagged token and the first one, whose position is 0.
Register read_with_first(Program& program, const Memory& memory, const std::string& name, const Form& flag) {
  const Register result = program.declare(name, memory.at.p->range);
  const HeadUse use{"marker_head", {flag, memory.at.first}};
  program.attend("locate " + name,
                 {{{"locate " + name, {{0, 0}}, {{0, flag + Form(memory.at.first) - 1}}, {{memory.at.p, 2, result}}, use}}, {}});
  return result;
}

// The last of the flagged tokens that are visible; the own one if none is.
HeadSpec latest_head(const Program& program, const Memory& memory, std::string name, const Form& flag,
                     std::vector<HeadValue> values) {
  const Rational W(program.max_length());
  return {std::move(name), {{1, 0}}, {{W * flag + Form(memory.at.p), 0}}, std::move(values),
          {"latest_head", {flag, memory.at.p}, {W}}};
}

Register read_latest(Program& program, const Memory& memory, const std::string& name, const Form& flag, const Form& position) {
  const Register result = program.declare(name, memory.at.p->range);
  program.attend("locate " + name, {{latest_head(program, memory, "locate " + name, flag, {{position, 1, result}})}, {}});
  return result;
}

}  // namespace

Form locate_marked(Program& program, const Memory& memory, const std::string& name, const Form& flag) {
  const Register p = memory.at.p;
  if (memory.attention.is_linear()) {
    const Register position = read_with_first(program, memory, name, flag);
    return program.claim("locate", {flag, p, memory.at.first}, {}, position);
  }
  if (memory.attention.kind == AttentionKind::standard) {
    const Register position = read_latest(program, memory, name, flag, p);
    return program.claim("locate", {flag, p}, {}, position);
  }
  const Register seen = program.declare("saw " + name, {0, 1});
  const Register position = program.declare("hop " + name, p->range);
  program.attend("locate " + name + ", first hop",
                 {{latest_head(program, memory, "first hop", flag, {{flag, 1, seen}, {p, 1, position}})}, {}});
  const Form known = program.compute("known " + name, gate(position, seen));
  const Register located = read_latest(program, memory, name, seen, known);
  return program.claim("locate", {flag, p, seen, position, known}, {}, located);
}

}  // namespace wrought
