#include "cli/output.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/error.hpp"

using namespace wrought::cli;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / "wrought_output_test.XXXXXX") {
    std::string name = path_.string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(path_), fs::directory_iterator());
  }

 private:
  fs::path path_;
};

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a file is checked before and replaced after the work, and nothing else is left") {
  const Folder folder;
  const std::string path = folder / "result.txt";
  const Output output(path);
  CHECK(folder.files() == 0);
  output.write("first");
  output.write("second");
  CHECK(content(path) == "second");
  CHECK(folder.files() == 1);
}

TEST_CASE("a replaced file keeps its permissions, and a link stays a link") {
  const Folder folder;
  const std::string path = folder / "result.txt", link = folder / "link.txt";
  Output(path).write("first");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, link);
  Output(link).write("second");
  CHECK(fs::is_symlink(link));
  CHECK(content(path) == "second");
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("what cannot be written is refused at once") {
  const Folder folder;
  CHECK_THROWS_AS(Output(folder / "no/such/folder.txt"), UsageError);
  CHECK_THROWS_AS(Output(folder / ""), UsageError);
  CHECK(folder.files() == 0);
}
