// What the lemmas about look-ups ask of a certificate: the steps behind the forms of a claim.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

// The steps behind forms, in the words of a lemma. Everything throws Unproved where a step is another one.
class LemmaSteps {
 public:
  LemmaSteps(const Claim& claim, const Knowledge& knowledge, const Certificate& certificate, const Network& network)
      : claim_(claim), knowledge_(knowledge), certificate_(certificate), network_(network) {
    for (const Step& step : certificate.steps)
      if (const auto* attention = std::get_if<AttentionStep>(&step))
        for (const HeadUse& head : attention->heads)
          for (const HeadValue& value : head.values)
            for (const auto& [target, weight] : value.targets) sources_[target].push_back({&head, &value.value, weight});
  }

  const Form& argument(std::size_t i) const {
    if (i >= claim_.arguments.size()) throw Unproved{"arguments are missing"};
    return claim_.arguments[i];
  }
  const Rational& number(std::size_t i) const {
    if (i >= claim_.numbers.size()) throw Unproved{"numbers are missing"};
    return claim_.numbers[i];
  }
  // Slot b of the region that follows `first` other arguments, all regions having B slots.
  const Form& slot(std::size_t first, std::size_t region, std::size_t b, std::size_t B) const {
    return argument(first + region * B + b);
  }
  std::size_t count(std::size_t i) const {
    const Rational& x = number(i);
    if (denominator(x) != 1 || x < 1 || x > 100'000'000) throw Unproved{"a number that is no size"};
    return static_cast<std::size_t>(numerator(x));
  }

  static void require(bool holds, const char* what) {
    if (!holds) throw Unproved{std::string("not so: ") + what};
  }

  // The lemma has no more arguments and numbers than these.
  void require_counts(std::size_t arguments, std::size_t numbers) const {
    require(claim_.arguments.size() == arguments && claim_.numbers.size() == numbers, "the lemma has that many arguments");
  }

  // A form that is one quantity.
  const Quantity& quantity(const Form& form) const { return certificate_.quantities[id(form)]; }
  static QuantityId id(const Form& form) {
    require(form.constant == 0 && form.terms.size() == 1 && form.terms.begin()->second == 1, "a form is one quantity");
    return form.terms.begin()->first;
  }

  // The form is rest + factor · rule(arguments; numbers).
  void require_piece(const Form& form, const std::string& rule, const std::vector<Form>& arguments,
                     const std::vector<Rational>& numbers, const Form& rest = {}, const Rational& factor = 1) const {
    const Quantity& q = quantity(form);
    const bool same = q.origin == Origin::feed_forward && q.pieces.size() == 1 && q.rest == rest &&
                      q.pieces.front().rule == rule && q.pieces.front().factor == factor &&
                      q.pieces.front().arguments == arguments && q.pieces.front().numbers == numbers;
    if (!same) throw Unproved{"'" + q.name + "' is not the " + rule + " that the lemma needs"};
  }
  // The same, whatever the numbers.
  const Piece& require_gadget(const Form& form, const std::string& rule, const std::vector<Form>& arguments) const {
    const Quantity& q = quantity(form);
    if (q.pieces.size() != 1) throw Unproved{"'" + q.name + "' is not one " + rule};
    require_piece(form, rule, arguments, q.pieces.front().numbers);
    return q.pieces.front();
  }

  // The form is a gate of `gated` and nothing else.
  const Piece& require_gate(const Form& form, const Form& gated) const {
    const Quantity& q = quantity(form);
    const bool one = q.pieces.size() == 1 && q.rest == Form() && q.pieces.front().factor == 1 && q.pieces.front().rule == "gate";
    require(one && q.pieces.front().arguments.at(0) == gated, "a gate of that");
    return q.pieces.front();
  }

  // The form is what one head brings from its value, added onto `continued` if given.
  const HeadUse& require_head(const Form& form, const std::string& rule, const Form& value, const Rational& weight,
                              const std::optional<Form>& continued = {}) const {
    const Quantity& q = quantity(form);
    const auto sources = sources_.find(id(form));
    const bool one = q.origin == Origin::attention && sources != sources_.end() && sources->second.size() == 1;
    require(one, "a quantity comes from one head");
    const Source& source = sources->second.front();
    require(source.head->rule == rule && *source.value == value && source.weight == weight, "the head brings that value");
    require(continued ? q.continues && *q.continues == id(*continued) : !q.continues, "it is added onto the right quantity");
    return *source.head;
  }

  void require_feature(const Form& form, const std::function<std::int64_t(std::int64_t)>& f, const char* what) const {
    require(knowledge_.is_feature(form, f), what);
  }
  // q is a position that exists: clamped to 0..p.
  void require_clamped(const Form& q, const Form& p) const {
    const Quantity& quantity_q = quantity(q);
    const bool clamped = quantity_q.pieces.size() == 1 && quantity_q.pieces.front().rule == "clamp" &&
                         quantity_q.pieces.front().factor == 1 && quantity_q.rest == Form() &&
                         quantity_q.pieces.front().arguments.at(1) == p;
    require(clamped, "the position is clamped to the token's own");
  }

  // Whether a clamped position is an integer in 0..p at every token: then every token gets somebody's payload.
  bool is_asked_everywhere(const Form& q) const {
    return knowledge_.value(q).everywhere && knowledge_.integer(q) == Scope::everywhere;
  }

  // A staircase tells the blocks of all positions apart.
  void require_positions_in_blocks(const Rational& B, const Rational& A) const {
    require(A * B >= Rational(length()), "there is a block for every position");
  }

  // 0..V for a payload that starts at 0.
  Rational largest(const Form& payload) const {
    const Bounds b = knowledge_.value(payload);
    require(b.everywhere && b.lo >= 0 && b.integer, "the payload is an integer from 0 on at every token");
    return b.hi;
  }

  const Attention& attention() const { return network_.attention; }
  std::size_t length() const { return network_.max_length; }
  std::size_t inputs() const { return certificate_.statement.inputs.size(); }
  const Knowledge& knowledge() const { return knowledge_; }
  const Form& conclusion() const { return claim_.conclusion; }

 private:
  struct Source {
    const HeadUse* head;
    const Form* value;
    Rational weight;
  };

  const Claim& claim_;
  const Knowledge& knowledge_;
  const Certificate& certificate_;
  const Network& network_;
  std::map<QuantityId, std::vector<Source>> sources_;
};

// Of a position: p mod B, and ⌊p/B⌋.
inline std::int64_t modulo(std::int64_t p, std::size_t B) { return p % static_cast<std::int64_t>(B); }
inline std::int64_t quotient(std::int64_t p, std::size_t B) { return p / static_cast<std::int64_t>(B); }

}  // namespace wrought::certificate
