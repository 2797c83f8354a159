// Certificates of the plain chain of thought: accepted for every size, and refused for the right reason where a premise fails.
#include "constructions/plain_arithmetic.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/plain_chain.hpp"
#include "proofs/certificate/least_precision.hpp"
#include "tests/constructions/tasks/textbook_arithmetic.hpp"
#include "verifier/certificate/check.hpp"
#include "verifier/certificate/json.hpp"
#include "verifier/certificate/rewriting.hpp"
#include "verifier/check/check.hpp"

using namespace wrought;
using certificate::Answer;
using certificate::Rewriting;

namespace {

constexpr AttentionKind kinds[] = {AttentionKind::standard, AttentionKind::sparse};

Construction compiled(std::int64_t p, std::int64_t N, AttentionKind kind = AttentionKind::sparse) {
  return compile_plain_arithmetic(p, N, kind, Schedule::narrow);
}

// With a plan and weights of one's own.
Construction compiled_with(std::int64_t p, std::int64_t N, const std::function<void(ConstructionPlan&)>& replan,
                           const std::function<void(PlainArithmeticWeights&)>& reweigh) {
  Construction c = compiled(p, N);
  PlainArithmeticWeights weights = plain_arithmetic_weights(N);
  replan(c.plan);
  reweigh(weights);
  c.program = std::make_shared<const Program>(plain_arithmetic_program(p, N, c.plan, weights));
  c.layout = lay_out(*c.program, c.plan.attention, c.format.width(), c.schedule);
  return c;
}

certificate::Certificate certified(const Construction& c) {
  Certified result = certify_least(c, {});
  INFO(result.reason);
  REQUIRE(result.certificate);
  return std::move(*result.certificate);
}

// Why the steps prove nothing, all numbers being derived anew.
std::string objection(const certificate::Certificate& structure, const Network& network) {
  CHECK(certificate::check(structure, network).answer != Answer::accepted);
  try {
    certificate::derive(structure, network);
  } catch (const certificate::Unproved& unproved) {
    return unproved.reason;
  } catch (const certificate::Rejected& rejected) {
    return rejected.reason;
  }
  return "";
}
std::string objection(const Construction& c) {
  const Sharpness sharpness = certificate_sharpness(c);
  return objection(outline(c, sharpness, 64), c.network());
}

bool contains(const std::string& text, const std::string& part) {
  CAPTURE(text);
  CAPTURE(part);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

const Rewriting& rules(const certificate::Certificate& c) { return *c.statement.rewriting; }

}  // namespace

TEST_CASE("the plain chain of thought has a certificate for every size, prime and schedule, and the checker accepts it") {
  for (const AttentionKind kind : kinds)
    for (const auto& [p, N] : {std::pair{2, 1}, {3, 3}, {2, 5}, {3, 6}, {11, 7}, {5, 15}, {11, 31}}) {
      CAPTURE(name(kind));
      CAPTURE(p);
      CAPTURE(N);
      const Construction c = compiled(p, N, kind);
      const certificate::Certificate proof = certified(c);
      CHECK(proof.hypotheses.empty());
      const std::string text = certificate::certificate_json(proof), network = certificate::network_json(c.network());
      CHECK(certificate::certificate_json(certificate::read_certificate(text)) == text);
      CHECK(certificate::check(certificate::read_certificate(text), certificate::read_network(network)).answer ==
            Answer::accepted);
    }
  for (const Schedule schedule : all_schedules()) {
    CAPTURE(name(schedule));
    const Construction c = compile_plain_arithmetic(3, 5, AttentionKind::sparse, schedule);
    CHECK(certificate::check(certified(c), c.network()).answer == Answer::accepted);
  }
}

TEST_CASE("what is certified at p bits runs at p bits") {
  textbook::RandomSequences random(5);
  for (const AttentionKind kind : kinds)
    for (const std::int64_t N : {5, 9}) {
      CAPTURE(N);
      const Construction c = compiled(7, N, kind);
      const certificate::Certificate proof = certified(c);
      const RunOptions options{ArithmeticKind::bits, proof.precision, proof.sharpness};
      for (int i = 0; i < 8; ++i) {
        const auto e = random_expression(7, N, [&](std::uint64_t bound) { return random.below(bound); });
        const ChainOfThought chain = c.encode({e});
        const auto runner = make_runner(c.network(), options);
        CHECK(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
      }
    }
}

// ---- the statement ----

TEST_CASE("the rules of the statement reduce what the plain solver reduces, and to the same") {
  for (const std::int64_t p : {2, 5}) {
    const certificate::Certificate proof = outline(compiled(p, 5), {1, 1, 1}, 8);
    const Rewriting& r = rules(proof);
    for (const Symbols& e : textbook::all_sequences(p == 2 ? 5 : 3, 0, p + 5)) {
      std::optional<Handle> leftmost;
      for (std::size_t i = 0; i + 3 <= e.size() && !leftmost; ++i) {
        const std::int64_t before = i == 0 ? r.separator : e[i - 1], behind = i + 3 == e.size() ? r.separator : e[i + 3];
        const Rewriting::Handle window{e[i], e[i + 1], e[i + 2]};
        if (const Rewriting::Rule* rule = r.match(before, window, behind))
          leftmost = Handle{i, static_cast<std::int64_t>(value_of(*rule, window))};
      }
      const std::optional<Handle> expected = leftmost_handle(e, p);
      REQUIRE(leftmost.has_value() == expected.has_value());
      if (!expected) continue;
      REQUIRE(leftmost->start == expected->start);
      REQUIRE(leftmost->value == expected->value);
    }
  }
}

TEST_CASE("stuck_pair: no expression in which a stuck pair stands is reduced to one number") {
  constexpr std::int64_t p = 2;
  const certificate::Certificate proof = outline(compiled(p, 5), {1, 1, 1}, 8);
  const certificate::SymbolClasses classes(rules(proof));
  const ArithmeticSymbols is(p);
  CHECK(!classes.may_touch(is.open, is.plus));  // what the first window rests on
  CHECK(classes.may_touch(is.open, 0));
  CHECK(classes.may_touch(is.equals, is.plus));
  std::size_t reduced = 0;
  for (const std::size_t size : {3u, 5u})
    for (const Symbols& e : textbook::all_sequences(size, 0, p + 5)) {
      const Symbols last = reductions(e, p).back();
      if (last.size() != 1 || last.front() >= p) continue;
      ++reduced;
      for (std::size_t i = 0; i + 1 < e.size(); ++i) CHECK(classes.may_touch(e[i], e[i + 1]));
    }
  CHECK(reduced > 100);
}

TEST_CASE("a statement that makes no sense is refused") {
  const Construction c = compiled(3, 5);
  const certificate::Certificate proof = outline(c, certificate_sharpness(c), 64);
  const auto altered = [&](const std::function<void(Rewriting&)>& alter) {
    certificate::Certificate other = proof;
    alter(*other.statement.rewriting);
    return objection(other, c.network());
  };
  contains(altered([](Rewriting& r) { r.rules.push_back(r.rules.front()); }), "no window matches two rules");
  contains(altered([](Rewriting& r) { r.end = r.separator; }), "the separator, end");
  contains(altered([](Rewriting& r) { r.numbers.hi = r.separator; }), "numbers are symbols");
  contains(altered([](Rewriting& r) { r.rules[0].handle[0] = {{r.separator, r.separator}}; }), "handles are made of symbols");
  contains(altered([](Rewriting& r) { r.longest = 0; }), "at least one symbol");
}

TEST_CASE("a malformed rewriting is refused by name of what is wrong") {
  const Construction c = compiled(2, 5);
  using Json = nlohmann::ordered_json;
  const Json whole = Json::parse(certificate::certificate_json(outline(c, certificate_sharpness(c), 64)));
  const auto complaint = [&](const std::function<void(Json&)>& alter) -> std::string {
    Json json = whole;
    alter(json["statement"]);
    try {
      certificate::read_certificate(json.dump());
    } catch (const certificate::Unreadable& unreadable) {
      return unreadable.what();
    }
    return "";
  };
  contains(complaint([](Json& s) { s["inputs"] = Json::array(); }), "nothing else");
  contains(complaint([](Json& s) { s["rewriting"].erase("longest"); }), "has no \"longest\"");
  contains(complaint([](Json& s) { s["rewriting"]["numbers"] = Json::array({0}); }), "the first symbol and the last");
  contains(complaint([](Json& s) { s["rewriting"]["rules"][0]["handle"].erase(0); }), "three sets of symbols");
  contains(complaint([](Json& s) { s["rewriting"] = 1; }), "must be an object");
}

// ---- premises that fail ----

TEST_CASE("a problem that the network does not solve is refused") {
  const Construction c = compiled(3, 7);
  const certificate::Certificate proof = outline(c, certificate_sharpness(c), 64);
  const auto altered = [&](const std::function<void(Rewriting&)>& alter) {
    certificate::Certificate other = proof;
    alter(*other.statement.rewriting);
    return objection(other, c.network());
  };
  // x × y is worth something else for one pair; + binds more tightly; brackets are no handles; longer inputs.
  contains(altered([](Rewriting& r) { r.rules[3].value.numbers.back() ^= 1; }), "what is computed is the handle's value");
  contains(altered([](Rewriting& r) { r.rules[1].behind = {{0, r.separator}}; }), "handles are found where they are");
  contains(altered([](Rewriting& r) { r.rules[1].before.pop_back(); }), "handles are found where they are");
  contains(altered([](Rewriting& r) { r.rules.erase(r.rules.begin()); }), "handles are found where they are");
  contains(altered([](Rewriting& r) { r.longest += 2; }), "the longest chain of thought has 30 tokens");
}

TEST_CASE("a table with another value in the network is refused") {
  Construction c = compiled(3, 5);
  certificate::Certificate proof = outline(c, certificate_sharpness(c), 64);
  for (certificate::Quantity& q : proof.quantities)
    for (certificate::Piece& piece : q.pieces)
      if (piece.rule == "table") piece.numbers.back() = piece.numbers.back() == 0 ? 1 : 0;
  CHECK(certificate::check(proof, c.network()).answer == Answer::rejected);
}

TEST_CASE("weights that put another key first are refused") {
  const auto same_plan = [](ConstructionPlan&) {};
  contains(objection(compiled_with(3, 7, same_plan, [](PlainArithmeticWeights& w) { w.handle = 7; })),
           "a handle outweighs all positions");
  contains(objection(compiled_with(3, 7, same_plan, [](PlainArithmeticWeights& w) { w.symbol -= 1; })),
           "a symbol must count more than all positions");
  CHECK(objection(compiled_with(3, 7, same_plan, [](PlainArithmeticWeights& w) { w.handle += 1; })) == "");
}

TEST_CASE("a window that is too small, or too few positions, are refused") {
  const auto same_weights = [](PlainArithmeticWeights&) {};
  const auto block = [](std::size_t B) {
    return [B](ConstructionPlan& plan) { plan.attention.block = plan.memory.B = B; };
  };
  CHECK(objection(compiled_with(3, 9, block(14), same_weights)) == "");
  contains(objection(compiled_with(3, 9, block(13), same_weights)), "the leftmost handle is in the window");
  // Too small for the symbol to copy as well.
  contains(objection(compiled_with(3, 9, block(9), same_weights)), "where the problem says symbol");
  const auto fewer = [](ConstructionPlan& plan) { plan.max_length -= 1; };
  contains(objection(compiled_with(3, 9, fewer, [](PlainArithmeticWeights&) {})), "positions");
}

TEST_CASE("a head that looks at another symbol is refused") {
  Construction c = compiled(3, 7);
  const certificate::Certificate proof = outline(c, certificate_sharpness(c), 64);
  // Every symbol before, one token further back: in the steps and in the query's matrix.
  std::size_t altered = 0;
  for (std::size_t s = 0; s < proof.steps.size(); ++s) {
    const auto* attention = std::get_if<certificate::AttentionStep>(&proof.steps[s]);
    if (!attention || attention->layer != 0) continue;
    for (std::size_t h = 0; h < attention->heads.size(); ++h) {
      const certificate::HeadUse& head = attention->heads[h];
      if (head.rule != "position_head") continue;
      certificate::Certificate other = proof;
      auto& step = std::get<certificate::AttentionStep>(other.steps[s]);
      step.heads[h].arguments[0].constant -= 1;
      for (certificate::Step& claim : other.steps)
        if (auto* fetch = std::get_if<certificate::Claim>(&claim); fetch && fetch->rule == "fetch_window")
          if (fetch->arguments[0] == head.arguments[0]) fetch->arguments[0].constant -= 1;
      Network network = c.network();
      const auto one = static_cast<Eigen::Index>(other.quantities[0].at.coordinate);
      network.layers[0].heads[head.index].query.coeffRef(0, one) -= 2;
      const std::string why = objection(other, network);
      CAPTURE(why);
      CHECK((why.find("handle") != std::string::npos));
      ++altered;
    }
  }
  CHECK(altered == 4);
}
