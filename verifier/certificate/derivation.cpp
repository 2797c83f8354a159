#include "verifier/certificate/derivation.hpp"

#include <algorithm>

#include "verifier/certificate/errors.hpp"
#include "verifier/certificate/gadgets.hpp"
#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/lookups.hpp"
#include "verifier/certificate/rules.hpp"

namespace wrought::certificate {

namespace {

Rational magnitude(const Bounds& b) { return std::max<Rational>(abs(b.lo), abs(b.hi)) + b.error; }

class Calculus {
 public:
  Calculus(const Certificate& certificate, const Network& network, const DerivationProgress& progress)
      : certificate_(certificate),
        network_(network),
        progress_(progress),
        wiring_(certificate, network),
        knowledge_(certificate, network, wiring_),
        held_(certificate.quantities.size()),
        claims_(certificate.steps.size()) {}

  Derived run() {
    require_order();
    missing_ = wiring_.check();
    embed();
    const SymbolicRun run(certificate_, network_);
    knowledge_.use(run);
    for (std::size_t s = 0; s < certificate_.steps.size(); ++s) {
      if (progress_) progress_(s, certificate_.steps.size());
      std::visit([&](const auto& step) { take(step, s); }, certificate_.steps[s]);
    }
    return {knowledge_.all(), claims_, outputs(), run.cases()};
  }

 private:
  // Every quantity is defined once, from earlier ones: so nothing below goes round in a circle.
  void require_order() {
    std::vector<bool> defined(certificate_.quantities.size());
    if (certificate_.quantities.empty() || certificate_.quantities[0].origin != Origin::position)
      throw Rejected{"quantity 0", "it must be the constant 1"};
    for (QuantityId id = 0; id < defined.size(); ++id) {
      const Origin origin = certificate_.quantities[id].origin;
      defined[id] = origin == Origin::token || origin == Origin::position;
      if (defined[id] && (certificate_.quantities[id].keeps_linear || !certificate_.quantities[id].pieces.empty()))
        throw Rejected{"quantity " + std::to_string(id), "the embedding has no hidden units"};
    }
    const auto require_known = [&](const Form& form, std::size_t s) {
      for (const auto& [id, coefficient] : form.terms)
        if (id >= defined.size() || !defined[id])
          throw Rejected{"step " + std::to_string(s), "it reads quantity " + std::to_string(id) + " before that is defined"};
    };
    const auto define = [&](QuantityId id, Origin origin, std::size_t s) {
      if (id >= defined.size() || defined[id] || certificate_.quantities[id].origin != origin)
        throw Rejected{"step " + std::to_string(s), "it may not define quantity " + std::to_string(id)};
      defined[id] = true;
    };
    for (std::size_t s = 0; s < certificate_.steps.size(); ++s) {
      if (const auto* ffn = std::get_if<FeedForwardStep>(&certificate_.steps[s])) {
        for (const QuantityId id : ffn->defines) {
          if (id >= defined.size()) throw Rejected{"step " + std::to_string(s), "there is no such quantity"};
          require_known(certificate_.quantities[id].rest, s);
          for (const Piece& piece : certificate_.quantities[id].pieces)
            for (const Form& argument : piece.arguments) require_known(argument, s);
        }
        for (const QuantityId id : ffn->defines) define(id, Origin::feed_forward, s);
      } else if (const auto* attention = std::get_if<AttentionStep>(&certificate_.steps[s])) {
        for (const HeadUse& head : attention->heads) {
          for (const Form& argument : head.arguments) require_known(argument, s);
          for (const HeadValue& value : head.values) require_known(value.value, s);
        }
        for (const QuantityId id : attention->defines) {
          if (id < defined.size() && certificate_.quantities[id].continues)
            require_known(Form::quantity(*certificate_.quantities[id].continues), s);
          define(id, Origin::attention, s);
        }
      } else {
        const Claim& claim = std::get<Claim>(certificate_.steps[s]);
        require_known(claim.conclusion, s);
        for (const Form& argument : claim.arguments) require_known(argument, s);
      }
    }
    for (const Form& output : certificate_.outputs) require_known(output, certificate_.steps.size());
    if (std::find(defined.begin(), defined.end(), false) != defined.end())
      throw Rejected{"steps", "a quantity is never defined"};
  }

  void embed() {
    for (QuantityId id = 0; id < certificate_.quantities.size(); ++id) {
      const Quantity& q = certificate_.quantities[id];
      if (q.origin == Origin::token) {
        if (q.token_coordinate >= certificate_.statement.token_width())
          throw Rejected{"quantity '" + q.name + "'", "a token has no such coordinate"};
        const auto [lo, hi] = certificate_.statement.token_range(q.token_coordinate);
        settle(id, {lo, hi, 0, true, true});
      }
      if (q.origin == Origin::position) settle(id, feature_bounds(q));
    }
    const Bounds& one = knowledge_.bounds(0);
    if (one.lo != 1 || one.hi != 1) throw Rejected{"quantity 0", "it must be the constant 1"};
  }

  Bounds feature_bounds(const Quantity& q) const {
    for (const PositionFeature& feature : network_.positions)
      if (static_cast<std::size_t>(feature.coordinate) == q.at.coordinate) {
        if (feature.values.size() < network_.max_length)
          throw Rejected{"positions", "a feature has no value for some position"};
        const auto [lo, hi] = std::minmax_element(feature.values.begin(), feature.values.end());
        return {*lo, *hi, 0, true, true};
      }
    throw Rejected{"quantity '" + q.name + "'", "the network has no such position feature"};
  }

  // An embedded integer is exact below 2^p, and rounded twice otherwise: as it is read and as it is added.
  void settle(QuantityId id, Bounds bounds) {
    const Rational size = magnitude(bounds);
    if (size > Rational(Integer(1) << certificate_.precision)) bounds.error = round_up(size * rounded(4));
    held_[id] = magnitude(bounds);
    knowledge_.set_held(id, bounds.lo, bounds.hi);
    knowledge_.set(id, bounds);
  }

  Rational rounded(const Integer& n) const {
    const auto bound = rounding(certificate_.precision, n);
    if (!bound) throw Unproved{"2^-p times the number of roundings in a sum is not small; more bits are needed"};
    return *bound;
  }

  // ---- feed-forward ----

  void take(const FeedForwardStep& step, std::size_t) {
    std::vector<std::pair<QuantityId, Bounds>> results;
    for (const QuantityId id : step.defines) results.emplace_back(id, feed_forward(id));
    for (const auto& [id, bounds] : results) knowledge_.set(id, bounds);
  }

  Bounds feed_forward(QuantityId id) {
    const Quantity& q = certificate_.quantities[id];
    Bounds sum = knowledge_.value(q.rest);
    try {
      for (const Piece& piece : q.pieces) {
        const Bounds part = apply(piece, knowledge_, certificate_.sharpness);
        const Rational low = piece.factor * part.lo, high = piece.factor * part.hi;
        sum.lo += std::min(low, high);
        sum.hi += std::max(low, high);
        sum.error += abs(piece.factor) * part.error;
        sum.integer = sum.integer && part.integer && denominator(piece.factor) == 1;
        sum.everywhere = sum.everywhere && part.everywhere;
      }
    } catch (const Unproved& unproved) {
      throw Unproved{"'" + q.name + "': " + unproved.reason};
    }
    for (const Form& argument : missing_[id]) {
      const Scope scope = knowledge_.at_most(argument, 0);
      if (scope == Scope::nowhere) throw Rejected{"quantity '" + q.name + "'", "a hidden unit that may be active is missing"};
      sum.everywhere = sum.everywhere && scope == Scope::everywhere;
    }
    const Bounds linear = knowledge_.value(Wiring::kept(q));
    Rational lo = 0, hi = 0;
    const std::vector<Unit> units = Wiring::units(q);
    constexpr std::size_t few = 8;  // for more, the quicker bound will do
    for (const Unit& unit : units) {
      const Bounds argument = units.size() <= few ? knowledge_.value(unit.argument) : knowledge_.plain_value(unit.argument);
      const Rational least = unit.weight * std::max<Rational>(argument.lo, 0), most = unit.weight * std::max<Rational>(argument.hi, 0);
      lo += std::min(least, most);
      hi += std::max(least, most);
    }
    lo = std::max<Rational>(lo, sum.lo - linear.hi);
    hi = std::min<Rational>(hi, sum.hi - linear.lo);
    knowledge_.set_held(id, lo, hi);
    held_[id] = std::max<Rational>(abs(lo), abs(hi)) + sum.error + linear.error;
    sum.error = round_up(sum.error + unit_rounding(id));
    held_[id] += sum.error;
    return sum;
  }

  // What rounding does to a sum of hidden units in one coordinate: each unit's argument is off by its dot product's
  // rounding, GeLU's slope is below 9/8, and all terms of the coordinate are added up.
  Rational unit_rounding(QuantityId id) {
    const Quantity& q = certificate_.quantities[id];
    std::vector<Unit> units = Wiring::units(q);
    const Rational gap = Rational(17, 100) / certificate_.sharpness.kappa;
    Rational arguments = 0, terms = 0;
    for (const Unit& unit : units) {
      const Row row = wiring_.row(unit.argument);
      const Rational argument = rounded(Integer(row.size() + 1)) * row_magnitude(row);
      const Bounds value = knowledge_.plain_value(unit.argument);
      arguments += abs(unit.weight) * Rational(9, 8) * argument;
      terms += abs(unit.weight) * (std::max<Rational>(value.hi, 0) + value.error + gap + argument);
    }
    const Rational former = q.at.cleared == 0 ? Rational(0) : held_[*wiring_.former_tenant(id)];
    terms += 2 * (former + gap) + former + held_[id];
    return arguments + rounded(Integer(units.size() + 5)) * terms;
  }

  Rational row_rounding(const Row& row) const {
    Rational sum = 0;
    for (const auto& [id, coefficient] : row) sum += abs(coefficient) * held_[id];
    // What is read as it is, is not rounded.
    if (row.size() == 1 && abs(row.begin()->second) == 1) return 0;
    return rounded(Integer(row.size() + 1)) * sum;
  }

  Rational row_magnitude(const Row& row) const {
    Rational sum = 0;
    for (const auto& [id, coefficient] : row) sum += abs(coefficient) * held_[id];
    return sum;
  }

  // ---- attention ----

  // What the heads of a layer add onto one coordinate.
  struct Update {
    Bounds sum;             // of what was there before and all that is added
    Rational size = 0;      // of all that is added, term by term
    std::size_t terms = 0;  // how many
  };
  using Updates = std::map<QuantityId, Update>;

  void take(const AttentionStep& step, std::size_t) {
    Updates updates;
    for (const QuantityId id : step.defines) {
      const auto& continued = certificate_.quantities[id].continues;
      updates[id].sum = continued ? knowledge_.bounds(*continued) : Bounds{0, 0, 0, true, true};
    }
    for (const HeadUse& head : step.heads) attend(head, updates);
    for (auto& [id, update] : updates) {
      Bounds& bounds = update.sum;
      knowledge_.set_held(id, bounds.lo, bounds.hi);
      bounds.error = round_up(bounds.error + update_rounding(id, update));
      held_[id] = magnitude(bounds);
      knowledge_.set(id, bounds);
    }
  }

  // Every weight, product and sum is rounded, and the last sum with what the coordinate held before: another part of the
  // quantity, or what is left of the former tenant, which two hidden units have cleared with at most 12 roundings.
  Rational update_rounding(QuantityId id, const Update& update) const {
    const Quantity& q = certificate_.quantities[id];
    const Rational before = q.continues ? held_[*q.continues] : Rational(0);
    Rational left = 0;
    if (q.at.cleared != 0) {
      const Rational former = held_[*wiring_.former_tenant(id)];
      left = rounded(12) * (3 * former + 2 * Rational(17, 100) / certificate_.sharpness.kappa);
    }
    return left + rounded(Integer(update.terms) + 3) * (update.size + before + left);
  }

  void attend(const HeadUse& head, Updates& updates) {
    const HeadExpansion expansion = expand(head);
    HeadCircumstances at{certificate_.sharpness, certificate_.precision, network_.max_length, network_.attention, 0, 0, 0, 0};
    for (std::size_t d = 0; d < expansion.query.size(); ++d) {
      const Rational query = side(expansion.query[d]);
      at.score_size += query * side(expansion.key[d]);
      at.query_rounding = std::max(at.query_rounding, side_rounding(expansion.query[d]));
      at.key_rounding = std::max(at.key_rounding, side_rounding(expansion.key[d]));
      at.key_error += query * (side_rounding(expansion.key[d]) + knowledge_.plain_value(expansion.key[d].first).error +
                               certificate_.sharpness.lambda * knowledge_.plain_value(expansion.key[d].second).error);
    }
    try {
      const HeadLemma average = apply(head, knowledge_, at);
      for (const HeadValue& value : head.values) {
        const Row row = wiring_.row(value.value);
        Bounds bounds = knowledge_.value(value.value);
        bounds.error += row_rounding(row);
        const Bounds mean = average(bounds, value.value, row_magnitude(row));
        for (const auto& [target, weight] : value.targets) add(updates, target, weight, mean);
      }
    } catch (const Unproved& unproved) {
      throw Unproved{head.rule + ": " + unproved.reason};
    }
  }

  // The size of one row of a query or key, λ included.
  Rational side(const std::pair<Form, Form>& form) const {
    return row_magnitude(wiring_.row(form.first)) + certificate_.sharpness.lambda * row_magnitude(wiring_.row(form.second));
  }

  Rational side_rounding(const std::pair<Form, Form>& form) const {
    return row_rounding(wiring_.row(form.first)) +
           certificate_.sharpness.lambda * row_rounding(wiring_.row(form.second));
  }

  static void add(Updates& updates, QuantityId target, const Rational& weight, const Bounds& mean) {
    const auto it = updates.find(target);
    if (it == updates.end()) throw Rejected{"attention", "a head writes a quantity that its step does not define"};
    Update& update = it->second;
    Bounds& sum = update.sum;
    sum.lo += std::min<Rational>(weight * mean.lo, weight * mean.hi);
    sum.hi += std::max<Rational>(weight * mean.lo, weight * mean.hi);
    sum.error += abs(weight) * mean.error;
    sum.integer = sum.integer && mean.integer && denominator(weight) == 1;
    sum.everywhere = sum.everywhere && mean.everywhere;
    update.size += abs(weight) * magnitude(mean);
    ++update.terms;
  }

  // ---- claims ----

  void take(const Claim& claim, std::size_t s) {
    try {
      claims_[s] = apply(claim, knowledge_, certificate_, network_);
    } catch (const Unproved& unproved) {
      throw Unproved{claim.rule + ": " + unproved.reason};
    }
    knowledge_.learn(claim.conclusion, claims_[s]);
  }

  std::vector<Rational> outputs() {
    std::vector<Rational> errors;
    for (const Form& form : certificate_.outputs) {
      const Row row = wiring_.row(form);
      errors.push_back(round_up(knowledge_.value(form).error + row_rounding(row)));
    }
    return errors;
  }

  const Certificate& certificate_;
  const Network& network_;
  const DerivationProgress& progress_;
  Wiring wiring_;
  Knowledge knowledge_;
  std::vector<Rational> held_;  // at most how large what the coordinate holds is, by quantity
  std::vector<Bounds> claims_;
  std::vector<std::vector<Form>> missing_;  // arguments of hidden units that the network does without, by quantity
};

}  // namespace

Derived derive(const Certificate& certificate, const Network& network, const DerivationProgress& progress) {
  return Calculus(certificate, network, progress).run();
}

}  // namespace wrought::certificate
