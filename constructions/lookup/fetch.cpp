#include "constructions/lookup/fetch.hpp"

#include <stdexcept>

#include "constructions/lookup/fetch_linear.hpp"
#include "constructions/lookup/fetch_sparse.hpp"
#include "constructions/lookup/fetch_standard.hpp"
#include "constructions/lookup/fetch_strided.hpp"

namespace wrought {

Form fetch(Program& program, Memory& memory, const Request& request) {
  switch (memory.attention.kind) {
    case AttentionKind::standard: return fetch_standard(program, memory, request);
    case AttentionKind::sparse: return fetch_sparse(program, memory, request);
    case AttentionKind::strided: return fetch_strided(program, memory, request);
    case AttentionKind::linear: return fetch_linear(program, memory, request);
  }
  throw std::logic_error("no such attention kind");
}

}  // namespace wrought
