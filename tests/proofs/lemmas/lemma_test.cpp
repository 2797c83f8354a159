#include "proofs/lemmas/lemma.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "proofs/lemmas/relu_claim.hpp"

using namespace wrought;
using namespace wrought::lemmas;

namespace {

const Effort quick{20000, 1};

std::vector<std::pair<std::string, Statement>> statements_by(Method method) {
  std::vector<std::pair<std::string, Statement>> result;
  for (const Lemma& lemma : all_lemmas())
    for (const Statement& statement : lemma.statements)
      if (statement.method == method) result.emplace_back(lemma.name, statement);
  return result;
}

// Whether any of the claims fails once `change` has been at the ones that are about sums of `units` units.
bool any_refuted(const Claims& claims, std::size_t units, const std::function<void(ReluClaim&)>& change) {
  for (const auto& original : claims) {
    const auto* relu = dynamic_cast<const ReluClaim*>(original.get());
    if (!relu || relu->units.size() != units) continue;
    ReluClaim broken = *relu;
    change(broken);
    if (prove(broken, quick).outcome == Outcome::refuted) return true;
  }
  return false;
}

// Whether the unit is active anywhere in the domain. (The last one of a pick never is, since beta <= B - 1.)
bool is_ever_active(const Claims& claims, std::size_t units, std::size_t unit) {
  for (const auto& claim : claims) {
    const auto* relu = dynamic_cast<const ReluClaim*>(claim.get());
    if (!relu || relu->units.size() != units) continue;
    const Span range = range_over(relu->units[unit].argument, relu->box);
    if (!range.hi || *range.hi > 0) return true;
  }
  return false;
}

std::set<std::size_t> unit_counts(const Claims& claims) {
  std::set<std::size_t> counts;
  for (const auto& claim : claims)
    if (const auto* relu = dynamic_cast<const ReluClaim*>(claim.get())) counts.insert(relu->units.size());
  return counts;
}

}  // namespace

TEST_CASE("lemmas: names are unique, and every statement says its domain and bound") {
  std::set<std::string> lemmas, statements;
  for (const Lemma& lemma : all_lemmas()) {
    CHECK(lemmas.insert(lemma.name).second);
    for (const Statement& statement : lemma.statements) {
      INFO(statement.name);
      CHECK(statements.insert(statement.name).second);
      CHECK_FALSE(statement.domain.empty());
      CHECK_FALSE(statement.bound.empty());
      CHECK((statement.method == Method::enumeration) == static_cast<bool>(statement.enumerate));
    }
  }
}

TEST_CASE("lemmas: every identity is proved, and no weight of an active unit can be changed") {
  std::size_t idle = 0;
  for (const auto& [lemma, statement] : statements_by(Method::case_analysis)) {
    INFO(statement.name);
    const Claims claims = statement.claims();
    CHECK(prove(claims, quick).outcome == Outcome::proved);
    for (const std::size_t count : unit_counts(claims))
      for (std::size_t unit = 0; unit < count; ++unit) {
        INFO("unit ", unit, " of ", count);
        const bool active = is_ever_active(claims, count, unit);
        idle += active ? 0 : 1;
        CHECK(any_refuted(claims, count, [&](ReluClaim& c) { c.units[unit].weight += Rational(1, 10); }) ==
              active);
        const bool is_identity =
            std::all_of(claims.begin(), claims.end(), [](const auto& claim) { return claim->bound == 0; });
        if (is_identity)
          CHECK(any_refuted(claims, count, [&](ReluClaim& c) { c.units[unit].argument.constant += 3; }));
      }
  }
  CHECK(idle == 4);  // one in each of the picks
}

TEST_CASE("lemmas: every enumeration is proved") {
  for (const auto& [lemma, statement] : statements_by(Method::enumeration)) {
    INFO(statement.name);
    const Finding finding = statement.check();
    CHECK(finding.outcome == Outcome::proved);
    CHECK(finding.boxes > 0);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("lemmas: every smooth bound is proved, and refuted a tenth below what is attained") {
    for (const auto& [lemma, statement] : statements_by(Method::subdivision)) {
      INFO(statement.name);
      bool refuted = false;
      for (const auto& claim : statement.claims()) {
        const Finding finding = prove(*claim);
        CHECK(finding.outcome == Outcome::proved);
        if (refuted || finding.tightness < 0.01) continue;
        claim->bound *= Rational(static_cast<int>(finding.tightness * 900), 1000);
        const Finding broken = prove(*claim);
        refuted = broken.outcome == Outcome::refuted && !broken.witness.empty();
      }
      CHECK(refuted);
    }
  }

  TEST_CASE("lemmas: half of a bound that is attained to more than half is refuted") {
    std::size_t tried = 0;
    for (const auto& [lemma, statement] : statements_by(Method::subdivision)) {
      const Finding whole = statement.check();
      if (whole.tightness < 0.6) continue;
      INFO(statement.name);
      ++tried;
      Claims claims = statement.claims();
      for (auto& claim : claims) claim->bound /= 2;
      CHECK(prove(claims, quick).outcome == Outcome::refuted);
    }
    CHECK(tried >= 10);
  }
}
