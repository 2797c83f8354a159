// Reading JSON so that whatever is wrong is said by name and place.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "verifier/certificate/json.hpp"

namespace wrought::certificate {

using Json = nlohmann::ordered_json;

// A value and where it stands, for messages.
class Reader {
 public:
  Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  [[noreturn]] void fail(const std::string& wanted) const { throw Unreadable(where_ + " must be " + wanted); }

  Reader at(const char* key) const {
    if (!json_.is_object()) fail("an object");
    const auto found = json_.find(key);
    if (found == json_.end()) throw Unreadable(where_ + " has no \"" + key + "\"");
    return {*found, where_ + "." + key};
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  std::size_t size_of_object() const { return json_.size(); }
  std::size_t size() const {
    if (!json_.is_array()) fail("a list");
    return json_.size();
  }
  Reader at(std::size_t i) const {
    if (i >= size()) throw Unreadable(where_ + " has fewer than " + std::to_string(i + 1) + " entries");
    return {json_[i], where_ + "[" + std::to_string(i) + "]"};
  }
  std::string text() const {
    if (!json_.is_string()) fail("a text");
    return json_.get<std::string>();
  }
  bool flag() const {
    if (!json_.is_boolean()) fail("true or false");
    return json_.get<bool>();
  }
  std::int64_t integer() const {
    if (!json_.is_number_integer() || (json_.is_number_unsigned() && json_.get<std::uint64_t>() > INT64_MAX))
      fail("an integer");
    return json_.get<std::int64_t>();
  }
  std::size_t count(std::size_t most = std::size_t{1} << 40) const {
    const std::int64_t n = integer();
    if (n < 0 || static_cast<std::uint64_t>(n) > most) fail("an integer in 0.." + std::to_string(most));
    return static_cast<std::size_t>(n);
  }
  Rational rational() const {
    if (json_.is_number_integer()) return integer();
    if (!json_.is_string()) fail("an integer or a text like \"7/3\"");
    const auto& written = json_.get_ref<const std::string&>();
    const auto value = written.size() <= 200'000 ? parse_rational(written) : std::nullopt;
    if (!value) fail("an integer or a text like \"7/3\"");
    return *value;
  }
  template <class Read>
  auto list(Read read) const -> std::vector<decltype(read(std::declval<Reader>()))> {
    std::vector<decltype(read(std::declval<Reader>()))> result;
    for (std::size_t i = 0; i < size(); ++i) result.push_back(read(at(i)));
    return result;
  }

 private:
  const Json& json_;
  std::string where_;
};

inline std::int64_t read_integer(const Reader& r) { return r.integer(); }
inline std::size_t read_count(const Reader& r) { return r.count(); }
inline Rational read_rational(const Reader& r) { return r.rational(); }

}  // namespace wrought::certificate
