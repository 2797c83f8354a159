// Feeds wrought-check's reader and checker with altered files: whatever they hold, the answer is accepted, rejected, unknown
// or unreadable, and comes without a crash.
//
// An input is a certificate and a network, a zero byte between them. Most alterations are of the JSON tree, so that they get
// past the reader; the others are of bytes.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

#include "verifier/certificate/check.hpp"
#include "verifier/certificate/json.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Json = nlohmann::ordered_json;
using Random = std::minstd_rand;

std::pair<std::string, std::string> parted(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(all.find('\0'), all.size());
  return {std::string(all.substr(0, cut)), std::string(all.substr(std::min(cut + 1, all.size())))};
}

std::size_t below(std::size_t n, Random& random) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

// A place in the tree; the deeper, the more of a leaf.
Json& somewhere(Json& root, Random& random) {
  Json* at = &root;
  while (at->is_structured() && !at->empty() && below(8, random) != 0) {
    auto child = at->begin();
    std::advance(child, static_cast<std::ptrdiff_t>(below(at->size(), random)));
    at = &*child;
  }
  return *at;
}

Json some_value(const Json& root, Random& random) {
  static const std::vector<Json> odd{0,       1,      -1,      INT64_MAX, INT64_MIN, UINT64_MAX, 1e308, "1/3",
                                     "-7/2",  "1/0",  "",      "x",       true,      false,      Json(), Json::array(),
                                     Json::object(), 2, 1000, "123456789012345678901234567890"};
  if (below(2, random) == 0) return odd[below(odd.size(), random)];
  Json copy = root;  // what stands elsewhere in the file
  return somewhere(copy, random);
}

void alter(Json& root, Random& random) {
  Json& at = somewhere(root, random);
  switch (below(4, random)) {
    case 0:
      if (at.is_array() && !at.empty()) return void(at.erase(below(at.size(), random)));
      break;
    case 1:
      if (at.is_array() && !at.empty()) return at.push_back(Json(at[below(at.size(), random)]));
      break;
    case 2:
      if (at.is_number_integer() && at != INT64_MAX) return void(at = at.get<std::int64_t>() + 1);
      break;
    default: break;
  }
  at = some_value(root, random);
}

std::string altered(const std::string& text, Random& random) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return text;
  for (std::size_t times = 1 + below(3, random); times > 0; --times) alter(json, random);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wrought::certificate;
  const auto [certificate, network] = parted(data, size);
  try {
    check(read_certificate(certificate), read_network(network));
  } catch (const Unreadable&) {
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  Random random(seed + 1);
  if (below(8, random) == 0) return LLVMFuzzerMutate(data, size, max_size);
  auto [certificate, network] = parted(data, size);
  std::string& chosen = below(3, random) == 0 ? network : certificate;
  chosen = altered(chosen, random);
  const std::string both = certificate + '\0' + network;
  if (both.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::copy(both.begin(), both.end(), data);
  return both.size();
}
