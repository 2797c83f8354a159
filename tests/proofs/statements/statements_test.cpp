// Every statement gets the verdict that is claimed, from evidence computed here; and none if the evidence is spoilt.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "proofs/statements/certified_bound.hpp"
#include "proofs/statements/log_precision.hpp"
#include "proofs/statements/statement.hpp"

using namespace wrought;
using namespace wrought::statements;
using Verdict = statements::Verdict;

namespace {

Judgement judge(const std::string& id, Evidence& evidence) {
  for (const Statement& statement : all_statements())
    if (statement.id == id) return statement.check(evidence);
  FAIL("no statement " << id);
  return {};
}

Judgement judge(const std::string& id, Alterations alterations) {
  Evidence evidence(std::move(alterations));
  return judge(id, evidence);
}

// One weight of the last feed-forward block is off by one.
void spoil_weight(Construction& construction) {
  for (Layer& layer : construction.layout.network.layers)
    if (layer.w2.nonZeros() > 0 && &layer == &construction.layout.network.layers.back())
      layer.w2.coeffs()[0] += 1;
}

// Heads that do nothing, more of them where inputs are longer: every token stays right.
void add_idle_heads(Construction& construction) {
  Network& network = construction.layout.network;
  std::vector<Head>& heads = network.layers.front().heads;
  if (network.max_length <= 40 || heads.empty()) return;
  Head idle = heads.front();
  idle.output = Matrix(idle.output.rows(), idle.output.cols());
  heads.insert(heads.end(), 20, idle);
}

// A count as large as the square of the right one.
void square_count(ChainEvidence& chains) {
  if (chains.closed_form) chains.closed_form->at_least *= chains.closed_form->at_least;
}

// Ten thousand times as many bits as there are: only where nothing is enumerated to contradict it.
void inflate_large_counts(ChainEvidence& chains) {
  if (chains.closed_form && !chains.enumerated)
    chains.closed_form->at_least = boost::multiprecision::pow(chains.closed_form->at_least, 10'000);
}

}  // namespace

TEST_CASE("statements: every numbered statement has a check, once") {
  std::set<std::string> ids;
  for (const Statement& statement : all_statements()) {
    INFO(statement.id);
    CHECK(ids.insert(statement.id).second);
    CHECK(!statement.claim.empty());
    CHECK(statement.command.starts_with("wrought "));
  }
  CHECK(ids.size() == 42);
}

TEST_CASE("statements: definitions and operations, with their witnesses") {
  Evidence evidence;
  struct Expected {
    const char *id, *witness;
    Verdict verdict;
  };
  for (const auto& [id, witness, verdict] : {
           Expected{"4.3", "edit-distance (1 | 2) and (2 | 1)", Verdict::verified},
           Expected{"4.3", "regular there: reversed-sums, lagged-recurrence, local-edit-distance, arithmetic",
                    Verdict::verified},
           Expected{"5.3", "arithmetic (m = length(expression) + 1)", Verdict::holds_corrected},
           Expected{"5.4", "2.90, 32.91, 512.91", Verdict::holds_corrected},
           Expected{"AGG", "in 175 of them", Verdict::verified},
           Expected{"COPY", "so that pos(i) = 2; with |q_i·k_j| <= rho it is 1", Verdict::holds_corrected},
           Expected{"A.10", "every other lies 1 or more below", Verdict::verified},
           Expected{"B.1", "lis 8 → 32", Verdict::verified},
           Expected{"B.2", "edit-distance 8, lis 8", Verdict::verified},
           Expected{"5.1", "4 layers, at most 5 heads, D = 23", Verdict::verified},
       }) {
    const Judgement judgement = judge(id, evidence);
    INFO(id, ": ", judgement.evidence);
    CHECK(judgement.verdict == verdict);
    CHECK(judgement.evidence.find(witness) != std::string::npos);
  }
}

TEST_CASE("statements: lower bounds are certified, and say what they need") {
  Evidence evidence;
  for (const char* id : {"4.4", "5.2", "5.5", "B.5", "B.6", "C.1", "C.4"}) {
    const Judgement judgement = judge(id, evidence);
    INFO(id, ": ", judgement.evidence);
    CHECK(judgement.verdict == Verdict::certified);
    CHECK(judgement.evidence.find("10000 chains and 10 answers") != std::string::npos);
  }
}

TEST_CASE("statements: the bounds grow as the paper says, and no faster law is accepted") {
  Evidence evidence;
  CHECK(certify_bound(evidence, linear_claim()).holds);
  BoundClaim steeper = linear_claim();
  steeper.keeps_up = [](const BoundAt& at) { return at.width >= at.size; };
  CHECK_FALSE(certify_bound(evidence, steeper).holds);
}

TEST_CASE("statements: Table 1") {
  Evidence evidence;
  for (const Statement& statement : table1()) {
    const bool is_bound = statement.claim.find("Ω") != std::string::npos;
    const Judgement judgement = statement.check(evidence);
    INFO(statement.id, ": ", judgement.evidence);
    CHECK(judgement.verdict == (is_bound ? Verdict::certified : Verdict::verified));
  }
}

TEST_CASE("statements: a network with one wrong weight bears out nothing") {
  for (const char* id : {"4.3", "A.5"})
    CHECK(judge(id, {spoil_weight}).verdict != Verdict::open);  // they build none
  for (const char* id : {"4.4", "5.1", "5.2", "5.4", "5.5", "B.1", "B.2", "Table1.sparse.arithmetic",
                         "Table1.linear.locality"}) {
    const Judgement judgement = judge(id, {spoil_weight});
    INFO(id, ": ", judgement.evidence);
    CHECK(judgement.verdict == Verdict::open);
    CHECK(judgement.evidence.starts_with("not borne out"));
  }
}

TEST_CASE("statements: one wrong weight is found where it is") {
  Evidence evidence({spoil_weight});
  const Instance& instance = evidence.run({"reversed-sums", 8, AttentionKind::linear});
  CHECK_FALSE(instance.verified());
  CHECK(instance.failure.find("token ") == 0);
}

TEST_CASE(
    "statements: heads that grow with the input refute a constant number of them, though every token is "
    "right") {
  Evidence evidence({add_idle_heads});
  const Judgement judgement = judge("5.4", evidence);
  INFO(judgement.evidence);
  CHECK(judgement.verdict == Verdict::open);
  CHECK(evidence.run(case_of(lagged_family({8}), 8, AttentionKind::sparse)).verified());
}

TEST_CASE("statements: a count of chains that enumeration contradicts certifies nothing") {
  for (const char* id : {"4.4", "5.5", "B.5", "B.6", "C.1", "Table1.linear.general"}) {
    const Judgement judgement = judge(id, {{}, square_count});
    INFO(id, ": ", judgement.evidence);
    CHECK(judgement.verdict == Verdict::open);
  }
}

TEST_CASE("statements: a bound above what was built certifies nothing") {
  for (const char* id : {"B.5", "B.6", "C.4"}) {
    const Judgement judgement = judge(id, {{}, inflate_large_counts});
    INFO(id, ": ", judgement.evidence);
    CHECK(judgement.verdict == Verdict::open);
  }
}

TEST_SUITE("slow") {
  TEST_CASE("statements: Theorems 4.1 and 4.2 in exact runs and by certificates") {
    Evidence evidence;
    for (const char* id : {"4.1", "4.2", "B.3", "B.4", "C.2", "C.3"}) {
      const Judgement judgement = judge(id, evidence);
      INFO(id, ": ", judgement.evidence);
      CHECK(judgement.verdict == Verdict::verified);
    }
  }

  TEST_CASE("statements: Theorems 4.1 and 4.2 are not borne out by a network with one wrong weight") {
    Evidence evidence({spoil_weight});
    for (const char* id : {"4.1", "4.2", "B.3", "B.4", "C.2", "C.3"}) {
      const Judgement judgement = judge(id, evidence);
      INFO(id, ": ", judgement.evidence);
      CHECK(judgement.verdict == Verdict::open);
    }
  }
}
