#include "constructions/lookup/fetch_sparse.hpp"

#include "constructions/lookup/block_ends.hpp"

namespace wrought {

Form fetch_sparse(Program& program, Memory& memory, const Request& request) {
  const Rational B(memory.B), V = request.payload.range().hi;
  const AskedBlock asked = asked_block(program, memory, request);
  const auto written = scatter_payload(program, memory, request);
  const auto collected = collect_blocks(program, memory, request.name, written, V);
  return read_block(program, memory, request, collected, {asked, B * asked.a + B - 1, 2 * V, "fetch_sparse"},
                    {written, collected});
}

}  // namespace wrought
