#include "cli/parallel.hpp"

#include <mpfr.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace wrought::cli {

namespace {

// The items still to be taken, and what went wrong.
class Queue {
 public:
  Queue(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work)
      : count_(count), work_(work) {}

  void serve(std::size_t worker) {
    try {
      for (std::size_t item = next_++; item < count_; item = next_++) work_(item, worker);
    } catch (...) {
      next_ = count_;
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::size_t count_;
  const std::function<void(std::size_t, std::size_t)>& work_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace

std::size_t worker_count(std::size_t count) {
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  return std::max<std::size_t>(1, std::min(cores, count));
}

void for_each_parallel(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work) {
  Queue queue(count, work);
  std::vector<std::thread> threads;
  for (std::size_t worker = 1; worker < worker_count(count); ++worker)
    threads.emplace_back([&queue, worker] {
      queue.serve(worker);
      mpfr_free_cache();  // MPFR keeps constants per thread
    });
  queue.serve(0);
  for (std::thread& thread : threads) thread.join();
  queue.rethrow();
}

}  // namespace wrought::cli
