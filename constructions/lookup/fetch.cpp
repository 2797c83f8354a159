#include "constructions/lookup/fetch.hpp"

#include <stdexcept>

#include "constructions/lookup/fetch_linear.hpp"
#include "constructions/lookup/fetch_sparse.hpp"
#include "constructions/lookup/fetch_strided.hpp"
#include "constructions/lookup/fetch_telescoping.hpp"
#include "constructions/lookup/fetch_window.hpp"

namespace wrought {

Form fetch(Program& program, Memory& memory, const Request& request) {
  switch (memory.plan.method) {
    case LookupMethod::window: return fetch_window(program, memory, request);
    case LookupMethod::block: return fetch_sparse(program, memory, request);
    case LookupMethod::stride: return fetch_strided(program, memory, request);
    case LookupMethod::block_sum: return fetch_linear(program, memory, request);
    case LookupMethod::telescoping: return fetch_telescoping(program, memory, request);
  }
  throw std::logic_error("no such lookup method");
}

}  // namespace wrought
