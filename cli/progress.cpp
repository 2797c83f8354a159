#include "cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace wrought::cli {

namespace {

constexpr auto first_after = std::chrono::milliseconds(500);
constexpr auto then_every = std::chrono::milliseconds(100);

void show(const std::string& line) {
  std::fputs(("\r\x1b[K" + line).c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace

Progress::Progress(std::string what, std::size_t total, bool quiet)
    : what_(std::move(what)),
      total_(total),
      visible_(!quiet && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_shown_(start_ + first_after) {}

Progress::~Progress() {
  if (visible_) show("");
}

void Progress::advance() {
  const std::lock_guard lock(mutex_);
  ++done_;
  if (!visible_ || Clock::now() < next_shown_) return;
  next_shown_ = Clock::now() + then_every;
  const double elapsed = std::chrono::duration<double>(Clock::now() - start_).count();
  const double left = elapsed / static_cast<double>(done_) * static_cast<double>(total_ - done_);
  show(fmt::format("{} {} of {}, about {:.0f} s left", what_, done_, total_, left));
}

}  // namespace wrought::cli
