#include "verifier/certificate/symbolic.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "verifier/certificate/case.hpp"
#include "verifier/certificate/head_source.hpp"
#include "verifier/certificate/rewriting_case.hpp"

namespace wrought::certificate {

namespace {

// A feature as a polynomial in the position, where it is 1, p or p².
std::optional<Polynomial> as_polynomial(const std::vector<std::int64_t>& values, const Polynomial& position) {
  const auto matches = [&](const std::function<std::int64_t(std::int64_t)>& f) {
    for (std::size_t p = 0; p < values.size(); ++p)
      if (values[p] != f(static_cast<std::int64_t>(p))) return false;
    return true;
  };
  if (matches([](std::int64_t) { return 1; })) return 1;
  if (matches([](std::int64_t p) { return p; })) return position;
  if (matches([](std::int64_t p) { return p * p; })) return position * position;
  return {};
}

std::unique_ptr<Setting> setting(const Statement& statement, std::size_t length, const Assumptions& assumptions) {
  if (statement.rewriting) return std::make_unique<RewritingCase>(*statement.rewriting, length, assumptions);
  return std::make_unique<Case>(statement, length, assumptions);
}

bool is_lookup_gadget(const Piece& piece) {
  return piece.rule == "scatter" || piece.rule == "scatter_difference" || piece.rule == "pick" || piece.rule == "rescale";
}

}  // namespace

// One case with the meaning of every quantity in it.
class SymbolicRun::Leaf {
 public:
  Leaf(const Certificate& certificate, const Network& network, const Assumptions& assumptions)
      : certificate_(certificate),
        statement_(certificate.statement),
        network_(network),
        setting_(setting(certificate.statement, network.max_length, assumptions)),
        case_(*setting_),
        meanings_(certificate.quantities.size()) {
    for (const Step& step : certificate_.steps)
      if (const auto* claim = std::get_if<Claim>(&step))
        if (!claim->conclusion.terms.empty()) claims_[claim->conclusion.terms.rbegin()->first].push_back(claim);
  }

  bool is_impossible() const { return case_.is_impossible(); }

  // Every quantity and every form of a claim, so that all splits happen now; and the outputs.
  void follow() {
    const std::vector<Polynomial> expected = case_.next_token();
    if (certificate_.outputs.size() != expected.size())
      throw Rejected{"outputs", "there is not one for every coordinate of a token"};
    for (std::size_t c = 0; c < expected.size(); ++c) {
      const Polynomial output = meaning(certificate_.outputs.at(c)), wanted = facts().reduce(expected[c]);
      if (!(wanted == output))
        throw Unproved{"output " + std::to_string(c) + " is " + facts().text(output) + " where the problem says " +
                       facts().text(wanted) + ", " + case_.description()};
    }
    for (QuantityId id = 0; id < certificate_.quantities.size(); ++id)
      if (certificate_.quantities[id].origin == Origin::feed_forward) meaning(id);
  }

  bool within(const Form& form, const Rational& lo, const Rational& hi) {
    const Polynomial p = settled(form);
    return facts().imply(p - lo) && facts().imply(Polynomial(hi) - p);
  }
  bool is_integer(const Form& form) { return facts().is_integer(settled(form)); }
  bool follows(QuantityId id) const {
    const Quantity& q = certificate_.quantities[id];
    if (claims_.contains(id)) return true;
    return q.origin != Origin::attention && std::none_of(q.pieces.begin(), q.pieces.end(), is_lookup_gadget);
  }

  std::set<std::size_t> fields_at_large() const { return case_.fields_at_large(); }

 private:
  Facts& facts() { return case_.facts(); }

  // ---- meanings of quantities ----

  Polynomial meaning(const Form& form) {
    Polynomial sum = form.constant;
    for (const auto& [id, coefficient] : form.terms) sum += Polynomial(coefficient) * meaning(id);
    return facts().reduce(sum);
  }

  // After follow() nothing may split any more: what is still undecided stays unknown.
  Polynomial settled(const Form& form) {
    try {
      return meaning(form);
    } catch (const Undecided&) {
      in_progress_.clear();
      return facts().anything("undecided");
    }
  }

  Polynomial meaning(QuantityId id) {
    if (!meanings_.at(id)) {
      // A claim may speak of what depends on its conclusion.
      if (!in_progress_.insert(id).second)
        throw Unproved{"a claim about '" + certificate_.quantities[id].name + "' is circular"};
      meanings_[id] = facts().reduce(new_meaning(id));
      in_progress_.erase(id);
    }
    return facts().reduce(*meanings_[id]);
  }

  Polynomial new_meaning(QuantityId id) {
    const Quantity& quantity = certificate_.quantities[id];
    if (quantity.origin == Origin::token) return case_.token(quantity.token_coordinate);
    if (quantity.origin == Origin::position) return position_feature(id);
    if (const auto claimed = claimed_meaning(id)) return *claimed;
    if (quantity.origin == Origin::attention) return facts().anything(quantity.name);
    Polynomial sum = meaning(quantity.rest);
    for (const Piece& p : quantity.pieces) sum += Polynomial(p.factor) * piece(p);
    return sum;
  }

  Polynomial position_feature(QuantityId id) {
    const Quantity& quantity = certificate_.quantities[id];
    for (const PositionFeature& feature : network_.positions) {
      if (static_cast<std::size_t>(feature.coordinate) != quantity.at.coordinate) continue;
      if (const auto polynomial = as_polynomial(feature.values, case_.position())) return *polynomial;
      const auto [lo, hi] = std::minmax_element(feature.values.begin(), feature.values.end());
      return facts().integer({"position feature", {Rational(feature.coordinate)}, {}}, *lo, *hi);
    }
    throw Unproved{"a position feature that the network does not have: " + quantity.name};
  }

  Polynomial piece(const Piece& piece) {
    const Functions& f = case_.functions();
    const auto argument = [&](std::size_t i) { return meaning(piece.arguments.at(i)); };
    const auto number = [&](std::size_t i) { return piece.numbers.at(i); };
    if (piece.rule == "threshold") return f.nonnegative(argument(0) - number(0));
    if (piece.rule == "equality") return f.zero(argument(0) - number(0));
    if (piece.rule == "gate") return f.gate(argument(1), argument(0));
    if (piece.rule == "select") return f.select(argument(0), argument(1), argument(2));
    if (piece.rule == "move") return argument(0);
    if (piece.rule == "minimum") return f.minimum(argument(0), argument(1));
    if (piece.rule == "maximum") return f.maximum(argument(0), argument(1));
    if (piece.rule == "table") return f.table(argument(0), number(0), {piece.numbers.begin() + 1, piece.numbers.end()});
    if (piece.rule == "staircase") return f.staircase(argument(0), number(0), number(1));
    if (piece.rule == "staircase_square") {
      const Polynomial a = f.staircase(argument(0), number(0), number(1));
      return a * a;
    }
    if (piece.rule == "clamp") return clamp(argument(0), argument(1), argument(2));
    // Gadgets of lookups mean something together only; claims say what.
    return facts().anything("a " + piece.rule);
  }

  // min(max(x, 0), top) if the condition is 1, else 0.
  Polynomial clamp(const Polynomial& x, const Polynomial& top, const Polynomial& condition) {
    const Polynomial g = facts().reduce(condition), y = facts().reduce(x), most = facts().reduce(top);
    if (g.is_zero()) return 0;
    // A position that the problem reads, or how far back that lies, is between 0 and the token's own.
    const bool is_position = case_.is_read(y) || case_.is_read(case_.position() - y);
    const bool below = (is_position && facts().reduce(most - case_.position()).is_zero()) || facts().imply(most - y);
    if (g == Polynomial(1) && below && (is_position || facts().imply(y))) return y;
    if (facts().imply(Polynomial(0) - y)) return 0;
    const auto range = facts().range(y), limit = facts().range(most);
    const bool integers = facts().is_integer(y) && facts().is_integer(most) && facts().is_integer(g);
    if (!range || !limit || !integers) return facts().anything("a clamp");
    return facts().integer({"clamp", {}, {y, most, g}}, 0, std::max<Rational>(0, std::min(range->second, limit->second)));
  }

  // ---- claims ----

  // What the claims about a form say of its last quantity.
  std::optional<Polynomial> claimed_meaning(QuantityId id) {
    const auto found = claims_.find(id);
    if (found == claims_.end()) return {};
    for (const Claim* claim : found->second) {
      const std::optional<Polynomial> value = claim_value(*claim);
      if (!value) continue;
      Polynomial others = claim->conclusion.constant;
      for (const auto& [other, coefficient] : claim->conclusion.terms)
        if (other != id) others += Polynomial(coefficient) * meaning(other);
      return Polynomial(1 / claim->conclusion.terms.at(id)) * (*value - others);
    }
    return {};
  }

  std::optional<Polynomial> claim_value(const Claim& claim) {
    if (claim.rule == "locate") return located(claim.arguments.at(0));
    if (claim.rule == "fetch_window") return fetched(claim, Rational(claim.numbers.at(0)), false);
    if (claim.rule == "fetch_sparse" || claim.rule == "fetch_strided" || claim.rule == "fetch_linear")
      return fetched(claim, Rational(network_.max_length), false);
    if (claim.rule == "fetch_telescoping") return fetched(claim, Rational(claim.numbers.at(0)), true);
    return case_.landmark(claim.rule, claim.numbers);
  }

  // The position of the token whose flag is 1: a separator stands once.
  std::optional<Polynomial> located(const Form& flag) const {
    if (flag.terms.size() != 1 || flag.constant != 0 || flag.terms.begin()->second != 1) return {};
    const Quantity& quantity = certificate_.quantities.at(flag.terms.begin()->first);
    if (quantity.origin != Origin::token) return {};
    return case_.separator_position(quantity.token_coordinate);
  }

  // The payload of the token at a position less than `reach` tokens back.
  std::optional<Polynomial> fetched(const Claim& claim, const Rational& reach, bool none_before_start) {
    const Polynomial q = meaning(claim.arguments.at(0));
    const Form& payload = claim.arguments.at(1);
    if (none_before_start && case_.functions().nonnegative(q).is_zero()) return payload_of(payload, {});
    const bool near = reach >= Rational(network_.max_length) ||
                      facts().imply(Polynomial(reach) - 1 - (case_.position() - q));
    if (case_.is_in_sequence(q) && near) return payload_of(payload, q);
    // Some token's payload, or a mean of several where none is nearest.
    const auto bounds = payload_range(payload);
    if (!bounds) return {};
    const Application some{"some payload", {Rational(claim.conclusion.terms.rbegin()->first)}, {}};
    const bool one = near || claim.rule != "fetch_window" || network_.attention.kind == AttentionKind::standard;
    return one ? facts().integer(some, bounds->lo, bounds->hi) : facts().real(some, bounds->lo, bounds->hi);
  }

  // The range of a form over tokens' coordinates, at any token.
  std::optional<Range> payload_range(const Form& payload) const {
    Range sum{payload.constant, payload.constant};
    for (const auto& [id, c] : payload.terms) {
      const Quantity& quantity = certificate_.quantities.at(id);
      if (quantity.origin != Origin::token) return {};
      const auto [lo, hi] = statement_.token_range(quantity.token_coordinate);
      sum.lo += c * (c > 0 ? lo : hi);
      sum.hi += c * (c > 0 ? hi : lo);
    }
    return sum;
  }

  std::optional<Polynomial> payload_of(const Form& payload, const std::optional<Polynomial>& q) {
    Polynomial sum = payload.constant;
    for (const auto& [id, coefficient] : payload.terms) {
      const Quantity& quantity = certificate_.quantities.at(id);
      const std::optional<Polynomial> value = quantity.origin == Origin::token
                                                  ? case_.payload(quantity.token_coordinate, q)
                                                  : landmark_at(id, q);
      if (!value) return {};
      sum += Polynomial(coefficient) * *value;
    }
    return sum;
  }

  // What a claim says of a quantity at every token, at the token at q.
  std::optional<Polynomial> landmark_at(QuantityId id, const std::optional<Polynomial>& q) {
    const auto found = claims_.find(id);
    if (!q || found == claims_.end()) return {};
    for (const Claim* claim : found->second)
      if (claim->conclusion == Form::quantity(id))
        if (const auto value = case_.landmark_at(claim->rule, *q)) return value;
    return {};
  }

  const Certificate& certificate_;
  const Statement& statement_;
  const Network& network_;
  const std::unique_ptr<Setting> setting_;
  Setting& case_;
  std::map<QuantityId, std::vector<const Claim*>> claims_;  // by the last quantity of the conclusion
  std::vector<std::optional<Polynomial>> meanings_;
  std::set<QuantityId> in_progress_;
};

void SymbolicRun::explore(const Certificate& certificate, const Network& network, const Assumptions& assumptions) {
  constexpr std::size_t most_cases = 2000, most_comparisons = 64;
  if (leaves_.size() > most_cases || assumptions.compared.size() > most_comparisons)
    throw Unproved{"more than " + std::to_string(most_cases) + " cases, or one of more than " +
                   std::to_string(most_comparisons) + " comparisons"};
  try {
    auto leaf = std::make_unique<Leaf>(certificate, network, assumptions);
    if (leaf->is_impossible()) return;
    leaf->follow();
    leaves_.push_back(std::move(leaf));
  } catch (const Undecided& undecided) {
    for (const Polynomial& p : {undecided.compared, Polynomial(-1) - undecided.compared}) {
      Assumptions more = assumptions;
      more.compared.push_back(p);
      explore(certificate, network, more);
    }
  }
}

namespace {

// Whether an expression speaks of lengths, and of loops if `loops`, and of nothing that a run brings.
bool is_fixed(const Expression& e, bool loops) {
  for (const char* kind : {"symbol", "state", "back", "first", "last"})
    if (e.kind == kind) return false;
  if (e.kind == "loop" && !loops) return false;
  return std::all_of(e.operands.begin(), e.operands.end(), [loops](const Expression& x) { return is_fixed(x, loops); });
}

void require_well_formed(const Statement& statement) {
  for (const Expression& requirement : statement.requirements)
    if (!is_fixed(requirement, false)) throw Rejected{"statement", "requirements are about lengths alone"};
  for (const Statement::Field& field : statement.fields)
    if (field.at_most.size() > 1 || (field.at_most.size() == 1 && !is_fixed(field.at_most.front(), true)))
      throw Rejected{"statement", "what a value is at most at a state is about lengths and coordinates alone"};
  if (statement.evicted.empty() != (statement.capacity == 0))
    throw Rejected{"statement", "what is evicted is evicted after a number of tokens"};
}

}  // namespace

SymbolicRun::SymbolicRun(const Certificate& certificate, const Network& network) {
  const Statement& statement = certificate.statement;
  if (statement.rewriting) {
    require_well_formed(*statement.rewriting);
    reach(network);  // known for the patterns that lemmas about such chains speak of
    for (std::size_t part = 0; part < RewritingCase::parts; ++part) explore(certificate, network, {At::state, part, {}, {}});
    return;
  }
  require_well_formed(statement);
  if (statement.inputs.empty()) throw Rejected{"statement", "it needs an input"};
  if (statement.until.size() != (statement.loops.empty() ? 1 : 0))
    throw Rejected{"statement", "it needs either loops or one condition that ends a repetition"};
  explore(certificate, network, {At::separator, 0, {}, {}});
  if (leaves_.empty()) throw Rejected{"statement", "no input meets its requirements"};
  if (statement.loops.empty()) {
    for (const bool ends : {false, true}) explore(certificate, network, {At::state, 0, ends, {}});
  } else {
    for (std::size_t k = 0; k < statement.loops.size(); ++k) explore(certificate, network, {At::state, k, {}, {}});
    explore(certificate, network, {At::last_state, 0, {}, {}});
  }
}

SymbolicRun::~SymbolicRun() = default;

bool SymbolicRun::within(const Form& form, const Rational& lo, const Rational& hi) const {
  return std::all_of(leaves_.begin(), leaves_.end(), [&](const auto& leaf) { return leaf->within(form, lo, hi); });
}

bool SymbolicRun::is_integer(const Form& form) const {
  return std::all_of(leaves_.begin(), leaves_.end(), [&](const auto& leaf) { return leaf->is_integer(form); });
}

bool SymbolicRun::follows(QuantityId id) const { return leaves_.front()->follows(id); }

std::size_t SymbolicRun::cases() const { return leaves_.size(); }

std::set<std::size_t> SymbolicRun::fields_at_large() const {
  std::set<std::size_t> all;
  for (const auto& leaf : leaves_) all.merge(leaf->fields_at_large());
  return all;
}

}  // namespace wrought::certificate
