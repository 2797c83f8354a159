#include "constructions/lookup/fetch_window.hpp"

namespace wrought {

Form fetch_window(Program& program, const Memory& memory, const Request& request) {
  const Register result = program.declare(request.name, request.payload.range());
  program.attend("fetch " + request.name, {{{"fetch " + request.name,
                                             position_query(request.position),
                                             position_key(memory.at),
                                             {{request.payload, 1, result}}}},
                                           {}});
  return result;
}

}  // namespace wrought
