// How far long work has come and what is left at this pace, on standard error. Silent unless that is a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace wrought::cli {

class Progress {
 public:
  Progress(std::string what, std::size_t total, bool quiet);
  ~Progress();  // leaves the line as it was
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more piece is done. Any thread may say so.
  void advance();

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  std::size_t total_, done_ = 0;
  bool visible_;
  Clock::time_point start_, next_shown_;
  std::mutex mutex_;
};

}  // namespace wrought::cli
