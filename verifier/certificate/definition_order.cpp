#include "verifier/certificate/definition_order.hpp"

#include <algorithm>

#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

namespace {

class DefinitionOrder {
 public:
  DefinitionOrder(const Certificate& certificate, const Wiring& wiring)
      : certificate_(certificate), wiring_(wiring), defined_(certificate.quantities.size()) {}

  void require() {
    embed();
    for (at_ = 0; at_ < certificate_.steps.size(); ++at_)
      std::visit([&](const auto& step) { take(step); }, certificate_.steps[at_]);
    for (const Form& output : certificate_.outputs) require_known(output);
    if (std::find(defined_.begin(), defined_.end(), false) != defined_.end())
      throw Rejected{"steps", "a quantity is never defined"};
  }

 private:
  // Tokens and positions are known from the start.
  void embed() {
    if (certificate_.quantities.empty() || certificate_.quantities[0].origin != Origin::position)
      throw Rejected{"quantity 0", "it must be the constant 1"};
    for (QuantityId id = 0; id < defined_.size(); ++id) {
      const Quantity& q = certificate_.quantities[id];
      defined_[id] = q.origin == Origin::token || q.origin == Origin::position;
      if (defined_[id] && (q.keeps_linear || !q.pieces.empty()))
        throw Rejected{"quantity " + std::to_string(id), "the embedding has no hidden units"};
    }
  }

  void take(const FeedForwardStep& step) {
    for (const QuantityId id : step.defines) {
      const Quantity& q = quantity(id);
      require_known(q.rest);
      for (const Piece& piece : q.pieces)
        for (const Form& argument : piece.arguments) require_known(argument);
    }
    define(step.defines, Origin::feed_forward);
  }

  void take(const AttentionStep& step) {
    for (const HeadUse& head : step.heads) {
      for (const Form& argument : head.arguments) require_known(argument);
      for (const HeadValue& value : head.values) require_known(value.value);
    }
    for (const QuantityId id : step.defines)
      if (const auto& continued = quantity(id).continues) require_known(Form::quantity(*continued));
    define(step.defines, Origin::attention);
  }

  void take(const Claim& claim) {
    require_known(claim.conclusion);
    for (const Form& argument : claim.arguments) require_known(argument);
  }

  // What held a coordinate before is known before the step, too, not made by it.
  void define(const std::vector<QuantityId>& ids, Origin origin) {
    for (const QuantityId id : ids) {
      const auto former = wiring_.former_tenant(id);
      if (former && !defined_[*former])
        reject("quantity " + std::to_string(id) + " follows one in its coordinate that is not known yet");
    }
    for (const QuantityId id : ids) {
      if (defined_[id] || quantity(id).origin != origin) reject("it may not define quantity " + std::to_string(id));
      defined_[id] = true;
    }
  }

  const Quantity& quantity(QuantityId id) const {
    if (id >= defined_.size()) reject("there is no quantity " + std::to_string(id));
    return certificate_.quantities[id];
  }

  void require_known(const Form& form) const {
    for (const auto& [id, coefficient] : form.terms)
      if (id >= defined_.size() || !defined_[id]) reject("it reads quantity " + std::to_string(id) + " before that is defined");
  }

  [[noreturn]] void reject(const std::string& reason) const { throw Rejected{"step " + std::to_string(at_), reason}; }

  const Certificate& certificate_;
  const Wiring& wiring_;
  std::vector<bool> defined_;
  std::size_t at_ = 0;
};

}  // namespace

void require_definition_order(const Certificate& certificate, const Wiring& wiring) {
  DefinitionOrder(certificate, wiring).require();
}

}  // namespace wrought::certificate
