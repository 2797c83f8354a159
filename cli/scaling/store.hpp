// Finished cells of a scaling table on disk, so that a sweep that was stopped goes on where it was.
//
// The file is the JSON document of `wrought scale --format json` as far as it has come: an object with tool, task, params,
// `sweep` (what else shapes a cell: schedule, arithmetic, block, sharpness, inputs), `runs` (the cells) and fits. It is
// replaced in one step whenever a cell is finished. Cells are used again only if everything else agrees.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "cli/scaling/cell.hpp"

namespace wrought::cli {

class CellStore {
 public:
  // Reads what `path` holds. Throws UsageError if that is another table, of another version, or no table at all.
  // Without a path, cells are only remembered.
  CellStore(const Options& options, std::optional<std::string> path);

  const Cell* find(std::int64_t size, AttentionKind kind) const;

  // Any thread may add. Throws UsageError if the file cannot be written (a full disk); what it held before is kept.
  void add(Cell cell);

  const std::vector<Cell>& all() const { return cells_; }

  // The cells of the given sizes, by attention kind and size.
  std::vector<Cell> cells(const std::vector<std::int64_t>& sizes, const std::vector<AttentionKind>& kinds) const;

 private:
  Options options_;
  std::optional<std::string> path_;
  std::vector<Cell> cells_;
  std::mutex mutex_;
};

// The JSON document of a scaling table.
std::string scaling_json(const Options& options, const std::vector<Cell>& cells);

}  // namespace wrought::cli
