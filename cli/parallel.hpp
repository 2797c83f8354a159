// Independent work on all cores.
#pragma once

#include <cstddef>
#include <functional>

namespace wrought::cli {

// How many workers `count` items are given.
std::size_t worker_count(std::size_t count);

// Calls work(item, worker) once for every item below `count`, items in increasing order per worker. Which worker gets
// which item is left to chance, so work must put its results in a place of the item's own. Rethrows the first
// exception after all workers have stopped.
void for_each_parallel(std::size_t count,
                       const std::function<void(std::size_t item, std::size_t worker)>& work);

}  // namespace wrought::cli
