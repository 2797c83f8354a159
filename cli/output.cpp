#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "cli/error.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

namespace fs = std::filesystem;

// Writes everything; false, with errno set, if that fails.
bool write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return true;
}

// A device or a pipe is written to, not replaced.
bool is_stream(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

// The file that a path names in the end, through links.
std::string resolved(const std::string& path) {
  std::error_code ignored;
  const fs::path target = fs::weakly_canonical(path, ignored);
  return ignored ? path : target.string();
}

mode_t permissions_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

// A new file next to `path`, removed again unless it takes the path's place.
class Replacement {
 public:
  explicit Replacement(const std::string& path) : target_(resolved(path)), name_(target_ + ".XXXXXX") {
    file_ = mkstemp(name_.data());
  }
  ~Replacement() {
    if (file_ < 0) return;
    close(file_);
    if (!kept_) unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  bool exists() const { return file_ >= 0; }

  bool fill_and_keep(const std::string& text) {
    kept_ = exists() && write_all(file_, text) && fchmod(file_, permissions_of(target_)) == 0 &&
            fsync(file_) == 0 && rename(name_.c_str(), target_.c_str()) == 0;
    return kept_;
  }

 private:
  std::string target_, name_;
  int file_ = -1;
  bool kept_ = false;
};

std::string cannot_write(const std::string& path) {
  return "cannot write " + in_quotes(path) + ": " + std::strerror(errno);
}

void write_stream(const std::string& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  const bool written = file >= 0 && write_all(file, text);
  const std::string problem = written ? "" : cannot_write(path);
  if (file >= 0) close(file);
  if (!written) throw OutputError(problem);
}

}  // namespace

Output::Output(std::optional<std::string> path) : path_(std::move(path)) {
  if (!path_) return;
  if (fs::is_directory(*path_)) throw UsageError("cannot write " + in_quotes(*path_) + ": it is a directory");
  const bool present = access(path_->c_str(), F_OK) == 0;
  if (present && access(path_->c_str(), W_OK) != 0) throw UsageError(cannot_write(*path_));
  if (is_stream(*path_)) return;
  if (!Replacement(*path_).exists()) throw UsageError(cannot_write(*path_));
}

void Output::write(const std::string& text) const {
  if (!path_) {
    if (!write_all(STDOUT_FILENO, text)) throw OutputError(cannot_write("standard output"));
  } else if (is_stream(*path_)) {
    write_stream(*path_, text);
  } else if (!Replacement(*path_).fill_and_keep(text)) {
    throw OutputError(cannot_write(*path_));
  }
}

void write_files(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) throw UsageError("cannot make the folder " + in_quotes(folder));
  for (const auto& [name, content] : files) Output((fs::path(folder) / name).string()).write(content);
}

}  // namespace wrought::cli
