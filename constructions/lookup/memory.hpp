// What every token carries so that others can look it up: its position, in the parts the lookups need.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "constructions/residual/program.hpp"
#include "verifier/network/attention.hpp"

namespace wrought {

// How fetch(q) works.
enum class LookupMethod {
  window,       // q is always visible: standard attention, or a window as wide as the largest distance (C0, C3)
  block,        // sparse attention, through the ends of blocks (C1)
  stride,       // strided attention (C1)
  block_sum,    // linear attention, through the sum over a block (C2)
  telescoping,  // linear attention, for distances up to m only (C4)
};

// A random-access memory for L tokens (mathematics.md §5, §6.1): A blocks of B addresses, L <= A·B; with telescoping
// memory the distances are at most A·B instead.
struct MemoryPlan {
  LookupMethod method = LookupMethod::window;
  std::size_t B = 1, A = 1;
  // All fetches work in one region of B coordinates, in turn, rather than each in a region of its own.
  bool one_region = true;
  // Linear attention only: what the anchor and the tokens of a block weigh together (anchored_divisor).
  Integer C = 0;
};

// C for L tokens: the power of two next above how many of them any block has, B in every round of A·B addresses. A power of two
// so that p-bit arithmetic divides exactly.
Integer anchored_divisor(std::size_t L, std::size_t A, std::size_t B);

// K: over how many tokens the end of a block of B >= 2 tokens averages at a time, the largest power of two below B.
std::size_t averaged_tokens(std::size_t B);

// Functions of the position p, written by the position embedding. Registers that no lookup reads are dropped when the
// program is laid out.
struct PositionRegisters {
  Register p, p_squared;
  Register address;               // r = p, or p mod A·B with telescoping memory
  Register block, block_squared;  // a = ⌊r/B⌋ and a²
  Register residue;               // b = r mod B
  Register written;               // b, or -1 at p = 0: the slot where a token writes if the first one is to write nothing
  Register end;                   // [b = B-1]: the last token of a block
  Register finished;              // ⌊(p+1)/B⌋: how many blocks are finished at p
  Register group, group_squared;  // of the tokens of a block that its end averages over (block_ends.hpp), and its square
  Register relay;                 // where to copy the last finished block from (fetch_strided.hpp)
  Register first;                 // [p = 0]
  Form before;                    // B·⌊p/(A·B)⌋: tokens of any one block in earlier rounds of addresses
};

struct Memory {
  Memory(Program& program, const Attention& attention, const MemoryPlan& plan);

  Attention attention;
  MemoryPlan plan;
  std::size_t B, A;
  PositionRegisters at;
  // The step that emptied the region last, if all fetches share it.
  std::optional<StepId> region_free;
};

// What is fetched, and under which name it is shown.
struct Request {
  std::string name;
  Form payload;   // of the token that holds it; range within [0, V]
  Form position;  // q, with 0 <= q <= p at every token that asks
  // Telescoping only: the payload A·B positions before the token that holds it, and the number that says "none" there.
  Form evicted = 0;
  Rational none = 0;
};

// A softmax head's query for the position that `target` names, and the key that answers it (§4.1): the score is
// target² - (target - p_j)², so the visible token nearest to `target` wins, with gap >= 1 if it is there.
std::vector<QueryKeyForm> position_query(const Form& target);
std::vector<QueryKeyForm> position_key(const PositionRegisters& at);

// The head that reads whoever stands nearest to `target`.
HeadSpec position_head(std::string name, const Form& target, const PositionRegisters& at, std::vector<HeadValue> values);

// -λ(a - x)² for a = 0..A-1, from x and x²: a query or key that the feature map makes one-hot (§4.5).
std::vector<QueryKeyForm> one_hot(const Form& x, const Form& x_squared, std::size_t A);

// The payload of every token in slot p mod B of a fresh region, its turn taken after the region's last use.
std::vector<Register> scatter_payload(Program& program, Memory& memory, const Request& request);

// Marks the region as free for the next fetch from the program's last step on.
void release_region(Program& program, Memory& memory);

// Registers that accumulate onto the ones given, slot by slot, and stay within `range`.
std::vector<Register> accumulate_onto(Program& program, const std::vector<Register>& region, const Range& range,
                                      AttentionStep& step);

// One value per slot of a region, written with `weight` into the slots of another.
std::vector<HeadValue> region_values(const std::vector<Register>& from, const std::vector<Register>& to,
                                     const Rational& weight);

std::vector<Form> forms(const std::vector<Register>& registers);

// `first` and then all of `regions`, slot by slot: the arguments of a claim about a lookup.
std::vector<Form> claim_arguments(std::vector<Form> first, const std::vector<std::vector<Register>>& regions);

}  // namespace wrought
