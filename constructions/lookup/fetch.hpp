// fetch(q): the payload of the token at position q, under any attention kind (mathematics.md §5).
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

Form fetch(Program& program, Memory& memory, const Request& request);

}  // namespace wrought
