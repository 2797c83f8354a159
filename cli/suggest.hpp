// The nearest valid names to one that is not valid.
#pragma once

#include <string>
#include <vector>

#include "cli/error.hpp"

namespace wrought::cli {

// Valid names close enough to be what was meant, nearest first.
std::vector<std::string> nearest(const std::string& given, const std::vector<std::string>& valid);

// "unknown task 'lsi'; did you mean lis? Valid: edit-distance, lis, reversed-sums".
UsageError unknown_name(const std::string& what, const std::string& given,
                        const std::vector<std::string>& valid);

// The entry whose `name` member is the given one, alone; all if none is given. Throws unknown_name() for the rest.
template <class Entry>
std::vector<Entry> chosen(const std::string& given, std::vector<Entry> all, const std::string& what,
                          std::string Entry::*name) {
  if (given.empty()) return all;
  std::vector<std::string> names;
  for (const Entry& entry : all) {
    if (entry.*name == given) return {entry};
    names.push_back(entry.*name);
  }
  throw unknown_name(what, given, names);
}

}  // namespace wrought::cli
