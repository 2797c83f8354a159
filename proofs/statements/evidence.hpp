// What the checks of statements rest on: networks built and run, certificates, chains of thought counted. Each is made when
// it is first asked for, and once.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "constructions/tasks/catalogue.hpp"
#include "proofs/bounds/chain_count.hpp"
#include "proofs/certificate/least_precision.hpp"
#include "verifier/network/network.hpp"

namespace wrought::statements {

// A network for a task of the catalogue, in the narrow schedule.
struct Case {
  std::string task;
  std::int64_t size = 1;  // bound on every input length
  AttentionKind attention = AttentionKind::standard;
  TaskParameters parameters = {};  // the others at their standard values
  bool on_every_input = false;     // of lengths up to `size`; else on one of full size

  auto operator<=>(const Case&) const = default;
};

// "edit-distance (sparse, n = 8)".
std::string text(const Case& c);

// The network that was built, and what came of running it: exact arithmetic, every generated token compared with the plain
// solver's.
struct Instance {
  std::shared_ptr<const Construction> construction;
  Shape shape;
  Integer cost = 0;  // dense_cost()
  std::size_t inputs = 0, tokens = 0;
  std::string failure;  // the first difference; empty if every token is right

  const Network& network() const { return construction->network(); }
  bool verified() const { return failure.empty() && inputs > 0; }
  std::size_t length() const { return shape.length; }                   // L
  std::size_t distance() const { return construction->plan.distance; }  // m
};

// Runs a network on what a case is run on.
Instance run_construction(const Case& c, Construction built);

// What a test may alter before it is used, to see that the verdicts notice.
struct Alterations {
  std::function<void(Construction&)> network = {};
  std::function<void(ChainEvidence&)> chains = {};
};

class Evidence {
 public:
  explicit Evidence(Alterations alterations = {}) : alterations_(std::move(alterations)) {}

  const Instance& run(const Case& c);
  // For all inputs up to the size; the least precision at which that is certified.
  const Certified& certificate(const Case& c);
  // Of inputs of the largest lengths within the size.
  const ChainEvidence& chains(const Case& c);

 private:
  Alterations alterations_;
  std::map<Case, Instance> instances_;
  std::map<Case, Certified> certificates_;
  std::map<Case, ChainEvidence> chains_;
};

// What a case is run on.
std::vector<Inputs> inputs_of(const Case& c);

// The task of a case with all its parameters.
TaskInstance task_instance(const Case& c);

}  // namespace wrought::statements
