#include "verifier/certificate/head_source.hpp"

namespace wrought::certificate {

HeadSource single_source(const Certificate& certificate, QuantityId id) {
  const Quantity& q = certificate.quantities.at(id);
  std::optional<HeadSource> source;
  const auto fail = [&] { throw Unproved{"'" + q.name + "' is not what one head brings"}; };
  for (const Step& step : certificate.steps)
    if (const auto* attention = std::get_if<AttentionStep>(&step))
      for (const HeadUse& head : attention->heads)
        for (const HeadValue& value : head.values)
          for (const auto& [target, weight] : value.targets) {
            if (target != id) continue;
            if (source || weight != 1) fail();
            source = HeadSource{&head, &value.value};
          }
  if (!source || q.continues) fail();
  return *source;
}

QuantityId single_quantity(const Form& form) {
  if (form.constant != 0 || form.terms.size() != 1 || form.terms.begin()->second != 1)
    throw Unproved{"a form is more than one quantity"};
  return form.terms.begin()->first;
}

Rational reach(const Network& network) {
  const Attention& attention = network.attention;
  if (attention.kind == AttentionKind::standard) return network.max_length;
  if (attention.kind == AttentionKind::sparse) return attention.window * attention.block;
  throw Unproved{"no window of " + name(attention.kind) + " attention is known"};
}

bool sees_back(const Network& network, const Rational& k) {
  return k < reach(network) || reach(network) >= Rational(network.max_length);
}

std::optional<Rational> looks_back(const HeadUse& head, const Knowledge& knowledge) {
  if (head.rule != "position_head") return {};
  const Form back = head.arguments.at(1) - head.arguments.at(0);
  const bool fits = back.is_constant() && denominator(back.constant) == 1 && back.constant >= 0 &&
                    knowledge.is_feature(head.arguments.at(1), [](std::int64_t p) { return p; });
  return fits ? std::optional(back.constant) : std::nullopt;
}

}  // namespace wrought::certificate
