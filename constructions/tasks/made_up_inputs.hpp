// Inputs of a task that nobody wrote: by chance, or all there are.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "constructions/dp/solver.hpp"
#include "constructions/tasks/catalogue.hpp"

namespace wrought::made_up {

// `count` admissible inputs of random lengths in 1..size with random symbols; the same for the same seed on every
// machine. Throws std::invalid_argument if there seem to be none.
std::vector<Inputs> random(const TaskInstance& instance, std::int64_t size, std::size_t count, std::uint64_t seed);

// `count` >= 1 admissible inputs: first one of full size (all lengths `size`, or the longest of some random ones where that is
// not admissible), then random ones. Throws like random().
std::vector<Inputs> full_and_random(const TaskInstance& instance, std::int64_t size, std::size_t count,
                                    std::uint64_t seed);

// How many inputs with admissible lengths in 1..size there are; counting stops above `enough`.
Integer count(const Problem& problem, std::int64_t size, const Integer& enough);

// Calls visit(input) for every admissible input of these lengths.
void for_each_input(const Problem& problem, const std::vector<std::int64_t>& lengths,
                    const std::function<void(const Inputs&)>& visit);

// Every admissible input of every length in 1..size.
std::vector<Inputs> all(const Problem& problem, std::int64_t size);

}  // namespace wrought::made_up
