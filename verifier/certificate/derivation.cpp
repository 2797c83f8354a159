#include "verifier/certificate/derivation.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "verifier/certificate/definition_order.hpp"
#include "verifier/certificate/errors.hpp"
#include "verifier/certificate/gadgets.hpp"
#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/lookups.hpp"
#include "verifier/certificate/rounding.hpp"
#include "verifier/certificate/rules.hpp"

namespace wrought::certificate {

namespace {

bool reads_back(const Expression& e) {
  return e.kind == "back" || std::any_of(e.operands.begin(), e.operands.end(), reads_back);
}

std::vector<std::string> hypotheses(const Statement& statement, const SymbolicRun& run) {
  std::vector<std::string> all;
  for (const std::size_t f : run.fields_at_large())
    all.push_back("value " + std::to_string(f) + ", " + statement.fields[f].name + ", keeps to its range" +
                  (statement.fields[f].at_most.empty() ? "" : " and is at most what is stated of each state"));
  const auto any_reads_back = [](const std::vector<Expression>& all_of_them) {
    return std::any_of(all_of_them.begin(), all_of_them.end(), reads_back);
  };
  if (any_reads_back(statement.transition) || any_reads_back(statement.until) || reads_back(statement.answer))
    all.push_back("every distance of a read lies between 1 and its stated bound, at every state and in every branch");
  if (!statement.until.empty()) all.push_back("the run ends within the network's positions");
  return all;
}

// The quantities that must be known at every token: what heads average and are led by, and all that this is made of.
std::vector<bool> needed_everywhere(const Certificate& certificate) {
  std::vector<bool> needed(certificate.quantities.size());
  const auto need = [&](const Form& form) {
    for (const auto& [id, coefficient] : form.terms) needed.at(id) = true;
  };
  for (auto step = certificate.steps.rbegin(); step != certificate.steps.rend(); ++step) {
    if (const auto* attention = std::get_if<AttentionStep>(&*step))
      for (const HeadUse& head : attention->heads) {
        for (const HeadValue& value : head.values) need(value.value);
        if (head.rule == "latest_head" || head.rule == "leftmost_head")
          for (const auto& [constant, slope] : expand(head).key) need(constant);
      }
    if (const auto* feed_forward = std::get_if<FeedForwardStep>(&*step))
      for (const QuantityId id : feed_forward->defines) {
        const Quantity& q = certificate.quantities.at(id);
        if (!needed.at(id)) continue;
        need(q.rest);
        for (const Piece& piece : q.pieces)
          for (const Form& argument : piece.arguments) need(argument);
      }
  }
  return needed;
}

class Calculus {
 public:
  Calculus(const Certificate& certificate, const Network& network, const DerivationProgress& progress)
      : certificate_(certificate),
        network_(network),
        progress_(progress),
        wiring_(certificate, network),
        knowledge_(certificate, network, wiring_),
        rounding_(certificate, wiring_, knowledge_),
        claims_(certificate.steps.size()) {}

  Derived run() {
    require_definition_order(certificate_, wiring_);
    needed_everywhere_ = needed_everywhere(certificate_);
    missing_ = wiring_.check();
    embed();
    const SymbolicRun run(certificate_, network_);
    knowledge_.use(run);
    for (std::size_t s = 0; s < certificate_.steps.size(); ++s) {
      if (progress_) progress_(s, certificate_.steps.size());
      std::visit([&](const auto& step) { take(step, s); }, certificate_.steps[s]);
    }
    return {knowledge_.all(), claims_, outputs(), run.cases(), hypotheses(certificate_.statement, run)};
  }

 private:
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
    learn_kinds();
    const Bounds& one = knowledge_.bounds(0);
    if (one.lo != 1 || one.hi != 1) throw Rejected{"quantity 0", "it must be the constant 1"};
  }

  // A token is a symbol or of one other kind: at most one of its flags is 1.
  void learn_kinds() {
    const Statement& statement = certificate_.statement;
    if (statement.rewriting) return;
    Form flags;
    std::set<std::size_t> added;
    for (QuantityId id = 0; id < certificate_.quantities.size(); ++id) {
      const Quantity& q = certificate_.quantities[id];
      if (q.origin != Origin::token || q.token_coordinate > statement.answer_flag()) continue;
      if (!added.insert(q.token_coordinate).second) continue;
      flags.add(id, 1);
      knowledge_.learn(flags, {0, 1, 0, true, true});
    }
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

  void settle(QuantityId id, Bounds bounds) {
    bounds.error = rounding_.embed(id, bounds);
    knowledge_.set_held(id, bounds.lo, bounds.hi);
    knowledge_.set(id, bounds);
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
    const std::vector<Unit> units = Wiring::units(q);
    sum.error += missing_mirrors(units, missing_[id]);
    // What is left of a former tenant is small at all tokens only if that is known at all tokens.
    if (!needed_everywhere_[id] && !rounding_.has_known_former(id)) sum.everywhere = false;
    const Bounds linear = knowledge_.value(Wiring::kept(q));
    Rational lo = 0, hi = 0;
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
    sum.error = rounding_.add_units(id, sum, linear.error, std::max<Rational>(abs(lo), abs(hi)), missing_[id].empty());
    return sum;
  }

  // GeLU(x) - GeLU(-x) = x needs both units: what a missing one would have added is an error of its own.
  Rational missing_mirrors(const std::vector<Unit>& units, const std::vector<Form>& missing) const {
    if (missing.empty()) return 0;
    std::map<Row, Rational> weights;  // of the units with an argument, in absolute value
    for (const Unit& unit : units) weights[wiring_.row(unit.argument)] += abs(unit.weight);
    Rational sum = 0;
    for (const Form& argument : missing) {
      const auto mirror = weights.find(wiring_.row(Rational(-1) * argument));
      if (mirror != weights.end()) sum += mirror->second;
    }
    return sum * gelu_gap(certificate_.sharpness.kappa, 0);
  }

  // ---- attention ----

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
      const bool is_integer = bounds.integer || knowledge_.integer(Form::quantity(id)) != Scope::nowhere;
      bounds.error = rounding_.add_update(id, update, is_integer);
      knowledge_.set(id, bounds);
    }
  }

  void attend(const HeadUse& head, Updates& updates) {
    try {
      const HeadLemma lemma = apply(head, knowledge_, circumstances(head));
      const Rational of_any_mean = 1 + rounding_of_any_mean(head);
      for (const HeadValue& value : head.values) {
        const Row row = wiring_.row(value.value);
        Bounds bounds = knowledge_.value(value.value);
        bounds.error += rounding_.of_row(row);
        const Rational size = rounding_.size(row);
        const Bounds mean = lemma.average(bounds, value.value, size);
        const auto off = lemma.exact ? rounding_.off_sum(row, *lemma.exact, network_.max_length) : std::nullopt;
        for (const auto& [target, weight] : value.targets)
          add(updates, target, {weight, mean, of_any_mean * size, weight == lemma.scale ? off : std::nullopt}, lemma.scale);
      }
    } catch (const Unproved& unproved) {
      throw Unproved{head.rule + ": " + unproved.reason};
    }
  }

  // Whatever tokens weigh: what makes up a weight is rounded once for each of the query's rows, and what is above and below the
  // line once for each token besides.
  Rational rounding_of_any_mean(const HeadUse& head) const {
    return rounding_.relative(8 * Integer(network_.max_length + expand(head).query.size()) + 64);
  }

  HeadCircumstances circumstances(const HeadUse& head) const {
    const HeadExpansion expansion = expand(head);
    const Sharpness& sharpness = certificate_.sharpness;
    HeadCircumstances at;
    at.sharpness = sharpness;
    at.precision = certificate_.precision;
    at.length = network_.max_length;
    at.attention = network_.attention;
    std::vector<Row> queries, keys;
    for (std::size_t d = 0; d < expansion.query.size(); ++d) {
      const Row query = side(expansion.query[d]), key = side(expansion.key[d]);
      const Rational key_rounding = rounding_.of_row(key);
      at.score_size += rounding_.size(query) * rounding_.size(key);
      // τ is folded into the query's matrix.
      const Rational tau = network_.attention.is_linear() ? Rational(1) : sharpness.tau;
      at.query_rounding = std::max<Rational>(at.query_rounding, rounding_.of_row(times(tau, query)) / tau);
      at.key_rounding = std::max(at.key_rounding, key_rounding);
      at.key_error += rounding_.size(query) * (key_rounding + knowledge_.plain_value(expansion.key[d].first).error +
                                               sharpness.lambda * knowledge_.plain_value(expansion.key[d].second).error);
      queries.push_back(times(tau, query));
      keys.push_back(key);
    }
    at.off_score = rounding_.off_score(queries, keys);
    const auto multiple = [&](const Row& row) { return rounding_.multiple(row); };
    at.keys_are_exact = std::all_of(keys.begin(), keys.end(), [&](const Row& key) { return multiple(key).has_value(); });
    at.queries_are_exact = network_.attention.is_linear() && std::all_of(queries.begin(), queries.end(), [&](const Row& query) {
      const auto exact = multiple(query);
      return exact && 8 * exact->off * Rational(Integer(1) << certificate_.precision) < 1;
    });
    return at;
  }

  // A row of the query or key, λ included.
  Row side(const std::pair<Form, Form>& form) const {
    Row row = wiring_.row(form.first);
    for (const auto& [id, coefficient] : wiring_.row(form.second)) {
      row[id] += certificate_.sharpness.lambda * coefficient;
      if (row[id] == 0) row.erase(id);
    }
    return row;
  }

  static Row times(const Rational& factor, Row row) {
    for (auto& [id, coefficient] : row) coefficient *= factor;
    return row;
  }

  // What a head adds to a quantity.
  struct Addition {
    Rational weight;
    Bounds mean;
    Rational size;                // of any mean of the value
    std::optional<Rational> off;  // as in Update
  };

  static void add(Updates& updates, QuantityId target, const Addition& addition, const Rational& scale) {
    const auto& [weight, mean, size, off] = addition;
    const auto it = updates.find(target);
    if (it == updates.end()) throw Rejected{"attention", "a head writes a quantity that its step does not define"};
    Update& update = it->second;
    Bounds& sum = update.sum;
    sum.lo += std::min<Rational>(weight * mean.lo, weight * mean.hi);
    sum.hi += std::max<Rational>(weight * mean.lo, weight * mean.hi);
    sum.error += abs(weight) * mean.error;
    sum.integer = sum.integer && mean.integer && denominator(weight / scale) == 1;
    sum.everywhere = sum.everywhere && mean.everywhere;
    update.size += abs(weight) * (std::max<Rational>(abs(mean.lo), abs(mean.hi)) + mean.error);
    update.size_anywhere += abs(weight) * size;
    ++update.terms;
    update.off = off;
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
      errors.push_back(round_up(knowledge_.value(form).error + rounding_.of_row(row)));
    }
    return errors;
  }

  const Certificate& certificate_;
  const Network& network_;
  const DerivationProgress& progress_;
  Wiring wiring_;
  Knowledge knowledge_;
  Rounding rounding_;
  std::vector<Bounds> claims_;
  std::vector<bool> needed_everywhere_;     // by quantity
  std::vector<std::vector<Form>> missing_;  // arguments of hidden units that the network does without, by quantity
};

}  // namespace

Derived derive(const Certificate& certificate, const Network& network, const DerivationProgress& progress) {
  return Calculus(certificate, network, progress).run();
}

}  // namespace wrought::certificate
