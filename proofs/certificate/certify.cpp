#include "proofs/certificate/certify.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "verifier/certificate/wiring.hpp"

namespace wrought {

namespace {

namespace cert = certificate;

// Registers that are kept become quantities, steps that run become steps.
class Outline {
 public:
  Outline(const Construction& construction, const Sharpness& sharpness, unsigned precision)
      : program_(*construction.program), layout_(construction.layout), ids_(program_.registers().size()) {
    result_.statement = state(construction);
    result_.sharpness = sharpness;
    result_.precision = precision;
  }

  cert::Certificate run() {
    number_registers();
    for (const TokenRegister& t : program_.token_registers())
      if (ids_[t.target->id]) embedded(t.target, cert::Origin::token).token_coordinate = t.coordinate;
    for (const PositionRegister& p : program_.position_registers())
      if (ids_[p.target->id]) embedded(p.target, cert::Origin::position);
    std::size_t claim = 0;
    for (StepId s = 0; s <= program_.steps().size(); ++s) {
      for (; claim < program_.claims().size() && program_.claims()[claim].after == s; ++claim)
        add_claim(program_.claims()[claim]);
      if (s < program_.steps().size() && layout_.step_stages[s]) add_step(s);
    }
    for (const Form& output : program_.outputs()) result_.outputs.push_back(translate(output));
    result_.outputs.resize(result_.statement.token_width());
    result_.output_errors.resize(result_.outputs.size());
    return std::move(result_);
  }

 private:
  void number_registers() {
    for (const RegisterInfo& info : program_.registers()) {
      const auto& residence = layout_.residences[info.id];
      if (!residence) continue;
      ids_[info.id] = result_.quantities.size();
      cert::Quantity& quantity = result_.quantities.emplace_back();
      quantity.name = info.name;
      quantity.at = {residence->coordinate, residence->cleared, residence->written, residence->complete, residence->last};
    }
    kept_.resize(program_.registers().size());
  }

  cert::Quantity& embedded(Register r, cert::Origin origin) {
    cert::Quantity& quantity = result_.quantities[*ids_[r->id]];
    quantity.origin = origin;
    return quantity;
  }

  bool is_kept(const Form& form) const {
    for (const auto& [r, coefficient] : form.terms())
      if (!ids_[r->id]) return false;
    return true;
  }

  // A form over registers in terms of quantities. A register holds its quantity less what compute() left a form, and that
  // speaks of earlier registers only: so the latest register of a form tells how often its quantity is in it.
  cert::Form translate(Form form) const {
    cert::Form result;
    while (!form.terms().empty()) {
      const Register r = form.terms().rbegin()->first;
      const Rational coefficient = form.terms().rbegin()->second;
      if (!ids_[r->id]) throw std::logic_error("a form reads '" + r->name + "', which is not kept");
      result.add(*ids_[r->id], coefficient);
      form -= coefficient * (kept_[r->id] + Form(r));
    }
    result.constant = form.constant();
    return result;
  }

  std::vector<cert::Form> translate_all(const std::vector<Form>& forms) const {
    std::vector<cert::Form> result;
    for (const Form& form : forms) result.push_back(translate(form));
    return result;
  }

  void add_claim(const Claim& claim) {
    for (const Form& argument : claim.arguments)
      if (!is_kept(argument)) return;
    if (!is_kept(claim.conclusion)) return;
    result_.steps.push_back(
        cert::Claim{claim.lemma, translate_all(claim.arguments), claim.numbers, translate(claim.conclusion), {}});
  }

  void add_step(StepId s) {
    const Step& step = program_.steps()[s];
    if (step.is_attention)
      add_attention(step.attention, *layout_.step_stages[s]);
    else
      add_feed_forward(step.feed_forward);
  }

  void add_feed_forward(const FeedForwardStep& step) {
    cert::FeedForwardStep defined;
    for (const FeedForwardStep::Output& output : step.outputs) {
      const auto& id = ids_[output.target->id];
      if (!id) continue;
      kept_[output.target->id] = output.kept;
      cert::Quantity& quantity = result_.quantities[*id];
      quantity.origin = cert::Origin::feed_forward;
      Form rest = output.kept + output.sum.linear;
      for (const GadgetUse& use : output.sum.uses) {
        quantity.pieces.push_back({use.gadget, translate_all(use.arguments), use.numbers, use.factor});
        rest -= use.linear;
      }
      quantity.rest = translate(rest);
      quantity.keeps_linear = !(output.kept.is_constant() && output.kept.constant() == 0);
      defined.defines.push_back(*id);
    }
    if (!defined.defines.empty()) result_.steps.push_back(std::move(defined));
  }

  void add_attention(const AttentionStep& step, std::size_t stage) {
    cert::AttentionStep attention;
    attention.layer = (stage - 1) / 2;
    for (const HeadSpec& spec : step.heads) {
      cert::HeadUse head{heads_of_layer_[attention.layer]++, spec.use.lemma, translate_all(spec.use.arguments),
                         spec.use.numbers, {}};
      for (const HeadValue& value : spec.values)
        if (const auto& id = ids_[value.target->id]) {
          head.values.push_back({translate(value.value), {{*id, value.weight}}});
          define(attention, *id);
        }
      attention.heads.push_back(std::move(head));
    }
    for (const auto& [fresh, old] : step.accumulated)
      if (ids_[fresh->id]) {
        define(attention, *ids_[fresh->id]);
        result_.quantities[*ids_[fresh->id]].continues = *ids_[old->id];
      }
    result_.steps.push_back(std::move(attention));
  }

  void define(cert::AttentionStep& attention, cert::QuantityId id) {
    result_.quantities[id].origin = cert::Origin::attention;
    if (std::find(attention.defines.begin(), attention.defines.end(), id) == attention.defines.end())
      attention.defines.push_back(id);
  }

  const Program& program_;
  const Layout& layout_;
  std::vector<std::optional<cert::QuantityId>> ids_;  // by register
  std::vector<Form> kept_;                            // by register
  std::map<std::size_t, std::size_t> heads_of_layer_;
  cert::Certificate result_;
};

// Orders steps by the network's stages, so that whoever held a coordinate before is known before its new tenant is. A quantity
// whose linear part is kept elsewhere is known no earlier than what that part is made of.
class StageOrder {
 public:
  explicit StageOrder(cert::Certificate& certificate)
      : certificate_(certificate), known_(certificate.quantities.size()) {}

  void run() {
    for (cert::Step& step : certificate_.steps) std::visit([this](auto& s) { place(s); }, step);
    std::stable_sort(ordered_.begin(), ordered_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    certificate_.steps.clear();
    for (auto& [stage, step] : ordered_) certificate_.steps.push_back(std::move(step));
  }

 private:
  using Key = std::pair<std::size_t, bool>;  // stage; a claim comes behind what is known by then

  void place(cert::FeedForwardStep& step) {
    std::map<std::size_t, cert::FeedForwardStep> by_stage;
    for (const cert::QuantityId id : step.defines) {
      const cert::Quantity& q = certificate_.quantities[id];
      known_[id] = std::max(q.at.complete, known(q.rest));
      for (const cert::Piece& piece : q.pieces)
        for (const cert::Form& argument : piece.arguments) known_[id] = std::max(known_[id], known(argument));
      by_stage[known_[id]].defines.push_back(id);
    }
    for (auto& [stage, part] : by_stage) ordered_.emplace_back(Key{stage, false}, std::move(part));
  }
  void place(cert::AttentionStep& step) {
    const std::size_t stage = 2 * step.layer + 1;
    for (const cert::QuantityId id : step.defines) known_[id] = stage;
    ordered_.emplace_back(Key{stage, false}, std::move(step));
  }
  void place(cert::Claim& claim) {
    std::size_t stage = known(claim.conclusion);
    for (const cert::Form& form : claim.arguments) stage = std::max(stage, known(form));
    ordered_.emplace_back(Key{stage, true}, std::move(claim));
  }

  std::size_t known(const cert::Form& form) const {
    std::size_t stage = 0;
    for (const auto& [id, coefficient] : form.terms) stage = std::max(stage, known_[id]);
    return stage;
  }

  cert::Certificate& certificate_;
  std::vector<std::size_t> known_;  // the stage from which on a quantity is known
  std::vector<std::pair<Key, cert::Step>> ordered_;
};

}  // namespace

cert::Certificate outline(const Construction& construction, const Sharpness& sharpness, unsigned precision) {
  cert::Certificate result = Outline(construction, sharpness, precision).run();
  // The plan keeps registers for hidden units that turned out never to be active; the network does not have those.
  const std::vector<std::size_t> last = cert::Wiring(result, construction.network()).last_stages();
  for (cert::QuantityId id = 0; id < last.size(); ++id) result.quantities[id].at.last = last[id];
  StageOrder(result).run();
  return result;
}

cert::Certificate certify(const Construction& construction, const Sharpness& sharpness, unsigned precision,
                          const cert::DerivationProgress& progress) {
  cert::Certificate result = outline(construction, sharpness, precision);
  cert::Derived derived = cert::derive(result, construction.network(), progress);
  for (cert::QuantityId id = 0; id < result.quantities.size(); ++id)
    result.quantities[id].bounds = std::move(derived.quantities[id]);
  for (std::size_t s = 0; s < result.steps.size(); ++s)
    if (auto* claim = std::get_if<cert::Claim>(&result.steps[s])) claim->bounds = std::move(derived.claims[s]);
  result.output_errors = std::move(derived.output_errors);
  result.hypotheses = std::move(derived.hypotheses);
  return result;
}

}  // namespace wrought
