#include "constructions/lookup/memory.hpp"

#include <bit>
#include <cstdint>

#include "constructions/gadgets/scatter.hpp"

namespace wrought {

namespace {

template <class Function>
std::vector<std::int64_t> tabulate(std::size_t count, Function f) {
  std::vector<std::int64_t> values;
  for (std::size_t p = 0; p < count; ++p) values.push_back(static_cast<std::int64_t>(f(p)));
  return values;
}

std::size_t group_in_block(std::size_t residue, std::size_t B) {
  if (residue == 0) return 0;
  const std::size_t K = averaged_tokens(B);
  return residue > K ? 3 : residue < B - K ? 1 : 2;
}

}  // namespace

std::size_t averaged_tokens(std::size_t B) { return std::bit_floor(B - 1); }

Integer anchored_divisor(std::size_t L, std::size_t A, std::size_t B) {
  const std::size_t rounds = (L + A * B - 1) / (A * B);
  return std::bit_ceil(rounds * B + 1);
}

Memory::Memory(Program& program, const Attention& pattern, const MemoryPlan& memory_plan)
    : attention(pattern), plan(memory_plan), B(memory_plan.B), A(memory_plan.A) {
  const std::size_t L = program.max_length();
  const bool wraps = plan.method == LookupMethod::telescoping;
  const auto r = [&](std::size_t p) { return wraps ? p % (A * B) : p; };
  at.p = program.position("p", tabulate(L, [](std::size_t p) { return p; }));
  at.p_squared = program.position("p²", tabulate(L, [](std::size_t p) { return p * p; }));
  at.address = wraps ? program.position("address", tabulate(L, r)) : at.p;
  at.block = program.position("block", tabulate(L, [&](std::size_t p) { return r(p) / B; }));
  at.block_squared = program.position("block²", tabulate(L, [&](std::size_t p) { return (r(p) / B) * (r(p) / B); }));
  at.residue = program.position("residue", tabulate(L, [&](std::size_t p) { return r(p) % B; }));
  at.written = program.position("written", tabulate(L, [&](std::size_t p) {
                                  return p == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(r(p) % B);
                                }));
  at.end = program.position("end", tabulate(L, [&](std::size_t p) { return r(p) % B + 1 == B; }));
  at.finished = program.position("finished", tabulate(L, [&](std::size_t p) { return (r(p) + 1) / B; }));
  const auto group = [&](std::size_t p) { return 4 * (r(p) / B) + group_in_block(r(p) % B, B); };
  at.group = program.position("group", tabulate(L, group));
  at.group_squared = program.position("group²", tabulate(L, [&](std::size_t p) { return group(p) * group(p); }));
  at.relay = program.position("relay", tabulate(L, [&](std::size_t p) {
                                const std::size_t last = r(p) % B + 1 == B ? p : r(p) / B * B;
                                return static_cast<std::int64_t>(last) - 1;
                              }));
  at.first = program.position("first", tabulate(L, [](std::size_t p) { return p == 0 ? 1 : 0; }));
  at.before = wraps ? Form(program.position("before", tabulate(L, [&](std::size_t p) { return p / (A * B) * B; }))) : Form(0);
}

std::vector<QueryKeyForm> position_query(const Form& target) { return {{Rational(2) * target, 0}, {-1, 0}}; }

std::vector<QueryKeyForm> position_key(const PositionRegisters& at) { return {{at.p, 0}, {at.p_squared, 0}}; }

HeadSpec position_head(std::string name, const Form& target, const PositionRegisters& at, std::vector<HeadValue> values) {
  return {std::move(name), position_query(target), position_key(at), std::move(values),
          {"position_head", {target, at.p, at.p_squared}}};
}

std::vector<QueryKeyForm> one_hot(const Form& x, const Form& x_squared, std::size_t A) {
  std::vector<QueryKeyForm> result;
  for (std::size_t i = 0; i < A; ++i) {
    const Rational a(i);
    result.push_back({0, 2 * a * x - a * a - x_squared});
  }
  return result;
}

std::vector<Register> scatter_payload(Program& program, Memory& memory, const Request& request) {
  return program.compute_all("Z@" + request.name, scatter(request.payload, memory.at.residue, memory.B),
                             memory.region_free);
}

void release_region(Program& program, Memory& memory) {
  if (memory.plan.one_region) memory.region_free = program.last_step();
}

std::vector<Register> accumulate_onto(Program& program, const std::vector<Register>& region, const Range& range,
                                      AttentionStep& step) {
  std::vector<Register> result;
  for (const Register old : region) {
    result.push_back(program.declare(old->name, range));
    step.accumulated.emplace_back(result.back(), old);
  }
  return result;
}

std::vector<HeadValue> region_values(const std::vector<Register>& from, const std::vector<Register>& to,
                                     const Rational& weight) {
  std::vector<HeadValue> values;
  for (std::size_t b = 0; b < from.size(); ++b) values.push_back({from[b], weight, to[b]});
  return values;
}

std::vector<Form> forms(const std::vector<Register>& registers) { return {registers.begin(), registers.end()}; }

std::vector<Form> claim_arguments(std::vector<Form> first, const std::vector<std::vector<Register>>& regions) {
  for (const std::vector<Register>& region : regions) first.insert(first.end(), region.begin(), region.end());
  return first;
}

}  // namespace wrought
