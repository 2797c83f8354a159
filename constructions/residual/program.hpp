// A construction before it is laid out: which registers exist, and which step computes each from which forms.
//
// Steps are of two kinds, feed-forward and attention, in an order in which every step reads only registers written
// by earlier ones. A register is written once; an attention step may also *accumulate* onto a register, which then
// lives on under a new name in the same coordinate (that is what a residual connection does for nothing).
// How steps are spread over layers and registers over coordinates is decided later, by lay_out().
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "constructions/residual/form.hpp"
#include "constructions/residual/relu_sum.hpp"

namespace wrought {

using StepId = std::size_t;

// A form that depends on the sharpness λ of linear heads: constant + λ·slope. Softmax heads use the constant alone.
struct QueryKeyForm {
  Form constant;
  Form slope;
};

// One value read by a head and where the weighted average of it goes.
struct HeadValue {
  Form value;
  Rational weight = 1;
  Register target = nullptr;
};

// What a head looks for: the attention lemma it is an instance of, and the forms that make its query and key (§4).
struct HeadUse {
  std::string lemma;
  std::vector<Form> arguments;
  std::vector<Rational> numbers = {};
};

struct HeadSpec {
  std::string name;
  std::vector<QueryKeyForm> query, key;  // both of length d_k
  std::vector<HeadValue> values;         // length d_v
  HeadUse use = {};
};

struct FeedForwardStep {
  struct Output {
    Register target;
    ReluSum sum;
    Form kept = {};  // the linear part of what was asked for, which stays a form: target + kept is the result
  };
  std::vector<Output> outputs;
};

// Heads that work in the same layer.
struct AttentionStep {
  std::vector<HeadSpec> heads;
  // (new, old): `new` starts from what `old` holds; nobody reads `old` later.
  std::vector<std::pair<Register, Register>> accumulated;
};

struct Step {
  std::string name;
  bool is_attention = false;
  FeedForwardStep feed_forward;
  AttentionStep attention;
  std::vector<StepId> not_before;  // steps that this one may share a layer with, but not precede
};

// What a construction knows of a form by more than the ranges of its registers: a lookup's result, an address. It changes
// nothing; a certificate proves it again.
struct Claim {
  std::string lemma;
  std::vector<Form> arguments;
  std::vector<Rational> numbers;
  Form conclusion;
  std::size_t after;  // number of steps before it
};

// Registers that the embedding writes: E·token + P(position).
struct TokenRegister {
  Register target;
  std::size_t coordinate;  // of the token
};
struct PositionRegister {
  Register target;
  std::vector<std::int64_t> values;  // one per position
};

class Program {
 public:
  // A program for sequences of at most `max_length` tokens. Every token holds the constant 1.
  explicit Program(std::size_t max_length);

  std::size_t max_length() const { return max_length_; }
  Register one() const { return one_; }

  Register token(std::string name, std::size_t coordinate, Range range);
  // Any function of the position: `values` holds one integer per position below max_length().
  Register position(std::string name, std::vector<std::int64_t> values);

  // One feed-forward step with one result. A sum without hidden units costs no step.
  Form compute(const std::string& name, const ReluSum& sum);

  // One feed-forward step with many results, each in a register of its own, named name[0], name[1], …
  std::vector<Register> compute_all(const std::string& name, const std::vector<ReluSum>& sums,
                                    std::optional<StepId> not_before = std::nullopt);

  // Registers for an attention step to write into.
  Register declare(std::string name, Range range);
  StepId attend(std::string name, AttentionStep step);

  // Row `coordinate` of the read-out.
  void output(std::size_t coordinate, Form form);

  // A form that people may want to see while the network runs. Costs nothing.
  void watch(std::string name, Form form) { watched_.emplace_back(std::move(name), std::move(form)); }

  // `conclusion`, known to stay within its range for the reason that `lemma` gives.
  Form claim(std::string lemma, std::vector<Form> arguments, std::vector<Rational> numbers, Form conclusion);

  StepId last_step() const { return steps_.size() - 1; }

  const std::deque<RegisterInfo>& registers() const { return registers_; }
  const std::vector<TokenRegister>& token_registers() const { return token_registers_; }
  const std::vector<PositionRegister>& position_registers() const { return position_registers_; }
  const std::vector<Step>& steps() const { return steps_; }
  const std::vector<Claim>& claims() const { return claims_; }
  const std::vector<Form>& outputs() const { return outputs_; }
  const std::vector<std::pair<std::string, Form>>& watched() const { return watched_; }

 private:
  std::size_t max_length_;
  std::deque<RegisterInfo> registers_;  // a deque keeps their addresses
  std::vector<TokenRegister> token_registers_;
  std::vector<PositionRegister> position_registers_;
  std::vector<Step> steps_;
  std::vector<Claim> claims_;
  std::vector<Form> outputs_;
  std::vector<std::pair<std::string, Form>> watched_;
  Register one_;
};

// Calls visit(form) for every form that the heads of a step read.
template <class Visit>
void for_each_head_form(const AttentionStep& step, Visit&& visit) {
  for (const HeadSpec& head : step.heads) {
    for (const auto* side : {&head.query, &head.key})
      for (const QueryKeyForm& form : *side) {
        visit(form.constant);
        visit(form.slope);
      }
    for (const HeadValue& value : head.values) visit(value.value);
  }
}

// Calls visit(form) for every form that a step reads.
template <class Visit>
void for_each_form_read(const Step& step, Visit&& visit) {
  for (const auto& output : step.feed_forward.outputs) {
    visit(output.sum.linear);
    for (const HiddenUnit& unit : output.sum.units) visit(unit.argument);
  }
  for_each_head_form(step.attention, visit);
}

// The registers a step writes.
std::vector<Register> written_by(const Step& step);

}  // namespace wrought
