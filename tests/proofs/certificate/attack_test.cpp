// Soundness by attack: a certificate in which one thing is altered, or whose network is, must be refused.
#include <nlohmann/json.hpp>

#include "constructions/plain_arithmetic.hpp"
#include "tests/proofs/certificate/certified_case.hpp"
#include "verifier/certificate/json.hpp"

using namespace wrought;
using certificate::Answer;
using Json = nlohmann::ordered_json;

namespace {

struct Files {
  Json certificate, network;
};

Files files(const TaskCase& task, AttentionKind kind) {
  const CertifiedCase c = certified_case(task, kind);
  return {Json::parse(certificate::certificate_json(c.certificate)),
          Json::parse(certificate::network_json(c.construction.network()))};
}

Files plain_files(std::int64_t p, std::int64_t N, AttentionKind kind) {
  const Construction c = compile_plain_arithmetic(p, N, kind, Schedule::narrow);
  const Certified certified = certify_least(c, {});
  REQUIRE(certified.certificate);
  return {Json::parse(certificate::certificate_json(*certified.certificate)),
          Json::parse(certificate::network_json(c.network()))};
}

// Rejected, unknown, or not even readable: anything but accepted.
bool is_accepted(const Files& f) {
  try {
    return certificate::check(certificate::read_certificate(f.certificate.dump()),
                              certificate::read_network(f.network.dump()))
               .answer == Answer::accepted;
  } catch (const certificate::Unreadable&) {
    return false;
  }
}

// Every number, truth value and rule name in a document, by JSON pointer.
std::vector<Json::json_pointer> leaves(const Json& json) {
  std::vector<Json::json_pointer> result;
  const Json flat = json.flatten();
  for (const auto& [pointer, value] : flat.items()) {
    const bool is_name = pointer.ends_with("/name");
    if (!is_name && (value.is_number() || value.is_boolean() || value.is_string())) result.emplace_back(pointer);
  }
  return result;
}

void alter(Json& value) {
  if (value.is_boolean())
    value = !value.get<bool>();
  else if (value.is_number())
    value = value.get<std::int64_t>() == -1 ? -2 : value.get<std::int64_t>() + 1;  // 0 would take a hidden unit away
  else if (const auto x = parse_rational(value.get<std::string>()))
    value = to_string(*x * Rational(3, 2));
  else
    value = value.get<std::string>() + "x";
}

struct Tally {
  std::size_t tried = 0;
  std::vector<std::string> accepted;

  Tally& operator+=(const Tally& other) {
    tried += other.tried;
    accepted.insert(accepted.end(), other.accepted.begin(), other.accepted.end());
    return *this;
  }
};

// Alters each `stride`-th leaf of one of the two files.
Tally attack(const Files& original, bool network, std::size_t stride) {
  Tally tally;
  const std::vector<Json::json_pointer> all = leaves(network ? original.network : original.certificate);
  for (std::size_t i = 0; i < all.size(); i += stride) {
    Files altered = original;
    alter((network ? altered.network : altered.certificate)[all[i]]);
    ++tally.tried;
    if (is_accepted(altered)) tally.accepted.push_back(all[i].to_string());
  }
  return tally;
}

// Alterations that leave a true statement: a certificate about fewer or other things that still follows.
bool is_valid_weakening(const std::string& pointer) {
  const auto has = [&](const char* part) { return pointer.find(part) != std::string::npos; };
  return has("/stages/2") ||       // a quantity that is said to be complete later than it is
         has("/stages/3") ||       // or to be held until its coordinate is cleared
         has("/statement/") ||     // another problem with the same network, if its proof still goes through
         has("/attention/window") || has("/attention/globals") || has("/attention/block");  // unused by the kind
}

// At least 99 of 100 are refused, and what is accepted is true.
void check_refused(const Tally& tally) {
  CAPTURE(tally.tried);
  CAPTURE(tally.accepted.size());
  CHECK(100 * tally.accepted.size() <= tally.tried);
  for (const std::string& pointer : tally.accepted) {
    CAPTURE(pointer);
    CHECK(is_valid_weakening(pointer));
  }
}

}  // namespace

TEST_CASE("altered certificates and networks of reversed sums are refused") {
  Tally tally;
  for (const AttentionKind kind : all_kinds) {
    const Files original = files(reversed_sums_case(2, 3), kind);
    REQUIRE(is_accepted(original));
    tally += attack(original, false, 7);
    tally += attack(original, true, 7);
  }
  check_refused(tally);
}

TEST_CASE("altered certificates and networks of the plain chain of thought are refused") {
  Tally tally;
  for (const AttentionKind kind : {AttentionKind::standard, AttentionKind::sparse}) {
    const Files original = plain_files(2, 5, kind);
    REQUIRE(is_accepted(original));
    tally += attack(original, false, 11);
    tally += attack(original, true, 17);
  }
  // λ is that of linear heads, of which there are none.
  std::erase(tally.accepted, "/sharpness/lambda");
  check_refused(tally);
}

TEST_CASE("a dropped step, a step out of order and a step twice are refused") {
  for (const AttentionKind kind : all_kinds) {
    const Files original = files(reversed_sums_case(2, 3), kind);
    const std::size_t steps = original.certificate["steps"].size();
    for (std::size_t s = 0; s < steps; ++s) {
      CAPTURE(s);
      CAPTURE(name(kind));
      Files dropped = original, doubled = original, last = original;
      dropped.certificate["steps"].erase(s);
      CHECK(!is_accepted(dropped));
      if (original.certificate["steps"][s]["step"] != "claim") {
        doubled.certificate["steps"].push_back(original.certificate["steps"][s]);
        CHECK(!is_accepted(doubled));
      }
    }
    Files backwards = original;
    std::reverse(backwards.certificate["steps"].begin(), backwards.certificate["steps"].end());
    CHECK(!is_accepted(backwards));
  }
}

TEST_CASE("refusals say where and why") {
  const CertifiedCase c = certified_case(reversed_sums_case(2, 3), AttentionKind::linear);
  const auto refused = [&](const certificate::Certificate& altered, const Network& network) {
    const certificate::Check result = certificate::check(altered, network);
    CHECK(result.answer == Answer::rejected);
    return result.where + ": " + result.reason;
  };
  certificate::Certificate smaller_error = c.certificate;
  smaller_error.quantities.back().bounds.error /= 2;
  CHECK(refused(smaller_error, c.construction.network()).find(smaller_error.quantities.back().name) != std::string::npos);

  Network heavier = c.construction.network();
  heavier.layers.back().w2.coeffs()[0] *= 2;
  CHECK(refused(c.certificate, heavier).find("hidden unit") != std::string::npos);

  Network other_query = c.construction.network();
  for (Layer& layer : other_query.layers)
    if (!layer.heads.empty() && layer.heads[0].key_lambda.nonZeros() > 0) layer.heads[0].key_lambda.coeffs()[0] += 1;
  CHECK(refused(c.certificate, other_query).find("key") != std::string::npos);
}

TEST_CASE("files that are no certificates are refused by name of what is wrong") {
  const auto complaint = [](const std::string& text) -> std::string {
    try {
      certificate::read_certificate(text);
    } catch (const certificate::Unreadable& unreadable) {
      return unreadable.what();
    }
    return "";
  };
  const CertifiedCase c = certified_case(reversed_sums_case(2, 3), AttentionKind::standard);
  const std::string whole = certificate::certificate_json(c.certificate);
  for (std::size_t cut = 0; cut + 2 < whole.size(); cut += 997) CHECK(complaint(whole.substr(0, cut)) != "");
  CHECK(complaint("") == "not JSON, or cut off");
  CHECK(complaint("{}") == "the file has no \"format\"");
  CHECK(complaint(std::string(100'000, '[')) == "not JSON, or cut off");
  CHECK(complaint(std::string(100'000, '[') + std::string(100'000, ']')) == "the file must be an object");
  Json nested = Json::parse(whole);
  Json answer = nested["statement"]["answer"];
  for (int depth = 0; depth < 1000; ++depth) answer = Json{{"kind", "not"}, {"operands", {answer}}};
  nested["statement"]["answer"] = answer;
  CHECK(complaint(nested.dump()).find("less deeply nested") != std::string::npos);
  Json other = Json::parse(whole);
  other["version"] = 2;
  CHECK(complaint(other.dump()).find("version 2 is not known") != std::string::npos);
}

namespace {

// Every loop, input, field and quantity by the same name.
void confuse_names(certificate::Certificate& c) {
  for (auto& input : c.statement.inputs) input.name = "x";
  for (auto& loop : c.statement.loops) loop.name = "x";
  for (auto& field : c.statement.fields) field.name = "x";
  for (certificate::Quantity& q : c.quantities) q.name = "x";
}

// Loop `from` read as loop `to`, in symbols' indices.
void confuse_loops(certificate::Expression& e, std::int64_t from, std::int64_t to, bool in_symbol = false) {
  if (in_symbol && e.kind == "loop" && e.numbers.at(0) == from) e.numbers[0] = to;
  for (certificate::Expression& operand : e.operands) confuse_loops(operand, from, to, in_symbol || e.kind == "symbol");
}

}  // namespace

TEST_CASE("names are comments: a certificate is as good without them, and a wrong one no better") {
  for (const AttentionKind kind : all_kinds) {
    CertifiedCase c = certified_case(edit_distance_case(2, {1, 1, 1}, 2), kind);
    const Network& network = c.construction.network();
    confuse_names(c.certificate);
    CHECK(certificate::check(c.certificate, network).answer == Answer::accepted);
    // The second sequence read at i, which is no position of it for certain; both sequences at j.
    for (const auto& [from, to] : {std::pair{1, 0}, std::pair{0, 1}}) {
      certificate::Certificate wrong = c.certificate;
      for (certificate::Expression& e : wrong.statement.transition) confuse_loops(e, from, to);
      CHECK(certificate::check(wrong, network).answer != Answer::accepted);
    }
  }
}

TEST_CASE("what is read by distance must exist, and the last state must have a position") {
  const CertifiedCase c = certified_case(lagged_recurrence_case(3, 7, 3), AttentionKind::sparse);
  REQUIRE(certificate::check(c.certificate, c.construction.network()).answer == Answer::accepted);
  const auto reason = [&](const certificate::Certificate& altered, const Network& network) {
    const certificate::Check result = certificate::check(altered, network);
    CHECK(result.answer != Answer::accepted);
    return result.reason;
  };
  Network shorter = c.construction.network();
  shorter.max_length -= 2;  // the answer's, which is never run, and the last state's
  for (PositionFeature& feature : shorter.positions) feature.values.resize(shorter.max_length);
  const std::string why = reason(c.certificate, shorter);
  CAPTURE(why);
  CHECK(why.find("beyond the network's") != std::string::npos);

  const CertifiedCase a = certified_case(arithmetic_case(5, 5), AttentionKind::sparse);
  certificate::Certificate unbounded = a.certificate;
  const std::function<void(certificate::Expression&)> forget_bounds = [&](certificate::Expression& e) {
    if (e.kind == "back") e.operands.resize(1);
    for (certificate::Expression& operand : e.operands) forget_bounds(operand);
  };
  for (certificate::Expression& e : unbounded.statement.transition) forget_bounds(e);
  CHECK(reason(unbounded, a.construction.network()).find("back may not exist") != std::string::npos);
}

TEST_SUITE("slow") {
  TEST_CASE("altered certificates and networks of four tasks are refused") {
    const std::vector<TaskCase> tasks{edit_distance_case(2, {1, 1, 1}, 2), lis_case(2, 3), lagged_recurrence_case(3, 7, 3),
                                      local_edit_distance_case(2, {1, 1, 1}, 2)};
    Tally tally;
    for (const TaskCase& task : tasks)
      for (const AttentionKind kind : all_kinds) {
        const Files original = files(task, kind);
        REQUIRE(is_accepted(original));
        tally += attack(original, false, 101);
        tally += attack(original, true, 101);
      }
    check_refused(tally);
  }
}
