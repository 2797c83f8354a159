#include "constructions/lookup/fetch_window.hpp"

namespace wrought {

Form fetch_window(Program& program, const Memory& memory, const Request& request) {
  const Register result = program.declare(request.name, request.payload.range());
  program.attend("fetch " + request.name, {{position_head("fetch " + request.name, request.position, memory.at,
                                                           {{request.payload, 1, result}})},
                                            {}});
  // How far back the window reaches; everything is visible to standard attention, and with a stride of 1.
  const Attention& pattern = memory.attention;
  const std::size_t reach =
      pattern.kind == AttentionKind::sparse ? pattern.window * pattern.block : program.max_length();
  return program.claim("fetch_window", {request.position, request.payload}, {Rational(reach)}, result);
}

}  // namespace wrought
