// Writing results: all of them or nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wrought::cli {

// Where the results go: a file, or standard output.
class Output {
 public:
  // Throws UsageError if the file cannot be written, before any work is done. Leaves nothing behind.
  explicit Output(std::optional<std::string> path);

  // A file is replaced in one step, so nobody ever sees half of it. Throws OutputError.
  void write(const std::string& text) const;

 private:
  std::optional<std::string> path_;
};

// Writes every file into a folder, which is made if there is none. Throws UsageError if it cannot be made, OutputError.
void write_files(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace wrought::cli
