#include "verifier/certificate/wiring.hpp"

#include <algorithm>
#include <set>

#include "verifier/certificate/symbolic.hpp"

namespace wrought::certificate {

namespace {

using Index = Eigen::Index;

std::string quoted(const Quantity& quantity) { return "quantity '" + quantity.name + "'"; }

// -(a - x)² for a = 0..A-1 from x and x².
std::vector<Form> one_hot(const Form& x, const Form& x_squared, const Rational& A) {
  std::vector<Form> rows;
  for (Rational a = 0; a < A; ++a) rows.push_back(2 * a * x - Form(a * a) - x_squared);
  return rows;
}

std::vector<std::pair<Form, Form>> slopes(const std::vector<Form>& forms) {
  std::vector<std::pair<Form, Form>> pairs;
  for (const Form& form : forms) pairs.emplace_back(Form(), form);
  return pairs;
}

}  // namespace

HeadExpansion expand(const HeadUse& head) {
  const auto& a = head.arguments;
  const auto& n = head.numbers;
  const auto require = [&](std::size_t arguments, std::size_t numbers) {
    if (a.size() != arguments || n.size() != numbers)
      throw Unproved{"the arguments of " + head.rule + " do not fit it"};
    for (const Rational& x : n)
      if (denominator(x) != 1 || x < 1) throw Unproved{"the numbers of " + head.rule + " must be positive integers"};
    constexpr int most_blocks = 1'000'000;
    if (numbers > 0 && n[0] > most_blocks) throw Unproved{head.rule + " may not have so many blocks"};
  };
  if (head.rule == "position_head") {
    require(3, 0);
    return {{{Rational(2) * a[0], {}}, {Form(-1), {}}}, {{a[1], {}}, {a[2], {}}}};
  }
  if (head.rule == "group_head") {
    require(4, n.size() == 1 ? 1 : 2);
    const Rational halves = n.size() == 1 ? Rational(0) : n[1];
    return {{{Rational(8) * a[0] + halves * a[1], {}}, {Form(-1), {}}}, {{a[2], {}}, {a[3], {}}}};
  }
  if (head.rule == "first_head") return require(1, 0), HeadExpansion{{{{}, {}}}, {{{}, a[0] - Form(1)}}};
  if (head.rule == "marker_head") return require(2, 0), HeadExpansion{{{{}, {}}}, {{{}, a[0] + a[1] - Form(1)}}};
  if (head.rule == "latest_head") return require(2, 1), HeadExpansion{{{Form(1), {}}}, {{n[0] * a[0] + a[1], {}}}};
  if (head.rule == "leftmost_head") {
    require(5, 2);
    return {{{Rational(2) * a[0], {}}, {Form(-1), {}}, {Form(1), {}}},
            {{n[0] * a[1], {}}, {n[0] * a[2], {}}, {n[1] * a[3] - a[4], {}}}};
  }
  if (head.rule == "anchored_head") {
    require(8, 3);
    HeadExpansion e{slopes(one_hot(a[0], a[1], n[0])), slopes(one_hot(a[2], a[3], n[0]))};
    e.query.emplace_back(Form(n[1] - 1) - a[6] - a[5], Form());
    e.key.emplace_back(Form(), a[4] - Form(1));
    return e;
  }
  throw Unproved{"no attention rule is called " + head.rule};
}

std::vector<Unit> Wiring::units(const Quantity& quantity) {
  std::vector<Unit> units;
  Form linear = quantity.rest;
  for (const Piece& piece : quantity.pieces) {
    Expansion e = expand(piece);
    linear.add(e.linear, piece.factor);
    for (Unit& unit : e.units) units.push_back({std::move(unit.argument), piece.factor * unit.weight});
  }
  if (quantity.keeps_linear || (linear.is_constant() && linear.constant == 0)) return units;
  units.push_back({linear, 1});
  units.push_back({Rational(-1) * linear, -1});
  return units;
}

Form Wiring::kept(const Quantity& quantity) {
  if (!quantity.keeps_linear) return {};
  Form linear = quantity.rest;
  for (const Piece& piece : quantity.pieces) linear.add(expand(piece).linear, piece.factor);
  return linear;
}

Wiring::Wiring(const Certificate& certificate, const Network& network)
    : certificate_(certificate),
      network_(network),
      tenants_(static_cast<std::size_t>(network.width)),
      former_(certificate.quantities.size()),
      last_read_(certificate.quantities.size()) {
  if (const auto malformation = find_malformation(network)) throw Rejected{"network", *malformation};
  check_tenants();
}

void Wiring::check_tenants() {
  const std::size_t stages = 2 * network_.layers.size();
  for (QuantityId id = 0; id < certificate_.quantities.size(); ++id) {
    const Quantity& q = certificate_.quantities[id];
    const Residence& at = q.at;
    const bool embedded = q.origin == Origin::token || q.origin == Origin::position;
    const bool attended = q.origin == Origin::attention;
    if (q.keeps_linear && kept(q) == Form()) throw Rejected{quoted(q), "it has no linear part to keep"};
    const bool in_order = at.coordinate < tenants_.size() && at.written <= at.complete && at.complete < at.last &&
                          at.last <= stages + 1 && at.cleared <= at.written && at.cleared % 2 == 0;
    const bool at_its_stages = embedded   ? at.complete == 0
                               : attended ? at.written % 2 == 1 && at.complete == at.written
                                          : at.written >= 2 && at.written % 2 == 0 && at.complete % 2 == 0;
    if (!in_order || !at_its_stages) throw Rejected{quoted(q), "its stages are out of order"};
    // What is added to must be all that the coordinate holds, and only heads add without clearing.
    if (q.continues && (!attended || certificate_.quantities.at(*q.continues).keeps_linear))
      throw Rejected{quoted(q), "it may not be added onto another quantity"};
    tenants_[at.coordinate].push_back(id);
  }
  for (std::vector<QuantityId>& tenants : tenants_) {
    std::stable_sort(tenants.begin(), tenants.end(), [&](QuantityId a, QuantityId b) {
      return certificate_.quantities[a].at.written < certificate_.quantities[b].at.written;
    });
    for (std::size_t i = 0; i < tenants.size(); ++i) {
      const Quantity& q = certificate_.quantities[tenants[i]];
      if (i == 0) {
        if (q.at.cleared != 0 || q.continues) throw Rejected{quoted(q), "it is the first in its coordinate"};
        continue;
      }
      former_[tenants[i]] = tenants[i - 1];
      const Quantity& former = certificate_.quantities[tenants[i - 1]];
      const std::size_t taken = q.continues ? q.at.written : q.at.cleared;
      const bool hands_over = !q.continues || *q.continues == tenants[i - 1];
      const bool cleared_once = !q.continues || q.at.cleared == 0;
      if (!hands_over || !cleared_once || taken == 0 || former.at.complete >= taken || former.at.last > taken)
        throw Rejected{quoted(q), "its coordinate still holds " + quoted(former)};
    }
  }
}

Row Wiring::row(const Form& form) const {
  Row result;
  const auto add = [&](const Row& other, const Rational& factor) {
    for (const auto& [id, coefficient] : other) {
      const auto [it, inserted] = result.try_emplace(id, factor * coefficient);
      if (inserted) continue;
      it->second += factor * coefficient;
      if (it->second == 0) result.erase(it);
    }
  };
  if (form.constant != 0) add({{0, 1}}, form.constant);
  for (const auto& [id, coefficient] : form.terms) {
    auto known = rows_.find(id);
    if (known == rows_.end()) {
      // A quantity is made of earlier ones only; that is checked before anything is expanded.
      Row own = row(kept(certificate_.quantities[id]));
      own[id] += 1;
      if (own[id] == 0) own.erase(id);
      known = rows_.emplace(id, std::move(own)).first;
    }
    add(known->second, coefficient);
  }
  return result;
}

std::optional<QuantityId> Wiring::tenant_at(std::size_t coordinate, std::size_t stage) const {
  for (const QuantityId id : tenants_[coordinate]) {
    const Residence& at = certificate_.quantities[id].at;
    if (at.complete < stage && stage <= at.last) return id;
    if (at.cleared == stage) return former_[id];  // read once more, to be taken off
  }
  return {};
}

std::optional<QuantityId> Wiring::written_at(std::size_t coordinate, std::size_t stage) const {
  for (const QuantityId id : tenants_[coordinate]) {
    const Residence& at = certificate_.quantities[id].at;
    if (std::min(at.written, at.cleared == 0 ? at.written : at.cleared) <= stage && stage <= at.complete) return id;
  }
  return {};
}

Row Wiring::read(const Matrix& matrix, Index index, std::size_t stage, const std::string& where) const {
  Row result;
  for (Matrix::InnerIterator it(matrix, index); it; ++it) {
    if (it.value() == 0) continue;
    const auto tenant = tenant_at(static_cast<std::size_t>(it.col()), stage);
    if (!tenant) throw Rejected{where, "coordinate " + std::to_string(it.col()) + " is read where it holds nothing"};
    result[*tenant] += it.value();
    if (stage <= certificate_.quantities[*tenant].at.last) last_read_[*tenant] = std::max(last_read_[*tenant], stage);
  }
  return result;
}

std::vector<std::vector<Form>> Wiring::check() const {
  std::vector<std::vector<Form>> missing = check_matrices();
  const std::vector<std::size_t> last = last_of_reads();
  for (QuantityId id = 0; id < last.size(); ++id)
    if (certificate_.quantities[id].at.last != last[id])
      throw Rejected{quoted(certificate_.quantities[id]), "it is read up to stage " + std::to_string(last[id])};
  return missing;
}

std::vector<std::size_t> Wiring::last_stages() const {
  check_matrices();
  return last_of_reads();
}

std::vector<std::size_t> Wiring::last_of_reads() const {
  std::vector<std::size_t> last = last_read_;
  for (const Quantity& q : certificate_.quantities)
    if (q.continues) last.at(*q.continues) = std::max(last.at(*q.continues), q.at.written);
  // What nobody reads is held for a stage.
  for (QuantityId id = 0; id < last.size(); ++id) last[id] = std::max(last[id], certificate_.quantities[id].at.complete + 1);
  return last;
}

std::vector<std::vector<Form>> Wiring::check_matrices() const {
  check_embedding();
  check_heads();
  check_readout();
  return check_feed_forward();
}

void Wiring::check_readout() const {
  const std::size_t end = 2 * network_.layers.size() + 1;
  if (certificate_.outputs.size() != static_cast<std::size_t>(network_.readout.rows()))
    throw Rejected{"outputs", "there is not one for every coordinate of a token"};
  for (Index c = 0; c < network_.readout.rows(); ++c)
    if (read(network_.readout, c, end, "read-out") != row(certificate_.outputs[static_cast<std::size_t>(c)]))
      throw Rejected{"output " + std::to_string(c), "the read-out is not that form"};
}

void Wiring::check_embedding() const {
  std::set<std::pair<Index, Index>> expected;
  std::set<Index> features;
  for (const Quantity& q : certificate_.quantities) {
    const auto coordinate = static_cast<Index>(q.at.coordinate);
    if (q.origin == Origin::token) expected.insert({coordinate, static_cast<Index>(q.token_coordinate)});
    if (q.origin == Origin::position) features.insert(coordinate);
  }
  std::set<std::pair<Index, Index>> found;
  for (Index d = 0; d < network_.embedding.rows(); ++d)
    for (Matrix::InnerIterator it(network_.embedding, d); it; ++it) {
      if (it.value() == 0) continue;
      if (it.value() != 1) throw Rejected{"embedding", "a token is embedded with a weight other than 1"};
      found.insert({d, it.col()});
    }
  if (found != expected) throw Rejected{"embedding", "it is not what the token quantities say"};
  std::set<Index> given;
  for (const PositionFeature& feature : network_.positions)
    if (!given.insert(feature.coordinate).second) throw Rejected{"positions", "two features share a coordinate"};
  if (given != features) throw Rejected{"positions", "they are not what the position quantities say"};
}

std::vector<std::vector<Form>> Wiring::check_feed_forward() const {
  std::vector<std::vector<Form>> missing(certificate_.quantities.size());
  std::map<QuantityId, std::map<Row, Rational>> actual;
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    const Layer& layer = network_.layers[l];
    const std::size_t stage = 2 * l + 2;
    const std::string where = "layer " + std::to_string(l) + " feed-forward";
    std::vector<Row> rows;
    for (Index u = 0; u < layer.w1.rows(); ++u) rows.push_back(read(layer.w1, u, stage, where));
    for (Index c = 0; c < layer.w2.rows(); ++c)
      for (Matrix::InnerIterator it(layer.w2, c); it; ++it) {
        if (it.value() == 0) continue;
        const auto target = written_at(static_cast<std::size_t>(c), stage);
        if (!target)
          throw Rejected{where, "coordinate " + std::to_string(c) + " is written where nothing is to be written"};
        // Rounding tells two units from one of their weights added up, or from none.
        if (!actual[*target].emplace(rows[static_cast<std::size_t>(it.col())], it.value()).second)
          throw Rejected{quoted(certificate_.quantities[*target]), "two hidden units with the same argument write into it"};
      }
  }
  for (QuantityId id = 0; id < certificate_.quantities.size(); ++id) {
    const Quantity& q = certificate_.quantities[id];
    std::map<Row, Rational> expected;
    std::map<Row, Form> arguments;
    if (q.origin == Origin::feed_forward)
      for (const Unit& unit : units(q)) {
        Row argument = row(unit.argument);
        arguments.try_emplace(argument, unit.argument);
        expected[argument] += unit.weight;
      }
    if (q.at.cleared != 0)
      for (const int sign : {1, -1}) {
        const Row clears{{*former_[id], Rational(sign)}};
        expected[clears] -= sign;
        arguments.erase(clears);  // so it may not be missing
      }
    std::map<Row, Rational>& found = actual[id];
    for (const auto& [argument, weight] : expected) {
      const auto it = found.find(argument);
      const Rational there = it == found.end() ? Rational(0) : it->second;
      if (it != found.end()) found.erase(it);
      if (there == weight) continue;
      const auto form = arguments.find(argument);
      if (there != 0 || form == arguments.end())
        throw Rejected{quoted(q), "a hidden unit has weight " + to_string(there) + ", not " + to_string(weight)};
      missing[id].push_back(form->second);
    }
    for (const auto& [argument, weight] : found)
      if (weight != 0) throw Rejected{quoted(q), "a hidden unit that is no part of it writes into its coordinate"};
  }
  return missing;
}

void Wiring::check_heads() const {
  std::vector<std::map<std::size_t, const HeadUse*>> uses(network_.layers.size());
  std::vector<const AttentionStep*> steps;
  std::map<QuantityId, std::size_t> layer_of;
  for (const Step& step : certificate_.steps) {
    const auto* attention = std::get_if<AttentionStep>(&step);
    if (!attention) continue;
    if (attention->layer >= uses.size()) throw Rejected{"attention", "there is no layer " + std::to_string(attention->layer)};
    for (const HeadUse& head : attention->heads)
      if (!uses[attention->layer].emplace(head.index, &head).second)
        throw Rejected{"layer " + std::to_string(attention->layer), "two steps use the same head"};
  }
  for (std::size_t l = 0; l < network_.layers.size(); ++l) {
    const std::vector<Head>& heads = network_.layers[l].heads;
    const std::size_t stage = 2 * l + 1;
    if (heads.size() != uses[l].size() || (!heads.empty() && uses[l].rbegin()->first + 1 != heads.size()))
      throw Rejected{"layer " + std::to_string(l), "its heads are not those of the certificate"};
    for (const auto& [h, use] : uses[l]) {
      const std::string where = "layer " + std::to_string(l) + " head " + std::to_string(h) + " (" + use->rule + ")";
      const Head& head = heads[h];
      const HeadExpansion e = expand(*use);
      const auto check_rows = [&](const Matrix& constant, const Matrix& slope,
                                  const std::vector<std::pair<Form, Form>>& forms, const std::string& name) {
        if (static_cast<std::size_t>(constant.rows()) != forms.size())
          throw Rejected{where, "its " + name + " has another number of rows"};
        for (std::size_t d = 0; d < forms.size(); ++d)
          if (read(constant, static_cast<Index>(d), stage, where) != row(forms[d].first) ||
              read(slope, static_cast<Index>(d), stage, where) != row(forms[d].second))
            throw Rejected{where, "row " + std::to_string(d) + " of its " + name + " is not what the rule says"};
      };
      check_rows(head.query, head.query_lambda, e.query, "query");
      check_rows(head.key, head.key_lambda, e.key, "key");
      if (static_cast<std::size_t>(head.value.rows()) != use->values.size())
        throw Rejected{where, "it has another number of values"};
      std::map<std::pair<std::size_t, std::size_t>, Rational> output;
      for (std::size_t d = 0; d < use->values.size(); ++d) {
        if (read(head.value, static_cast<Index>(d), stage, where) != row(use->values[d].value))
          throw Rejected{where, "value " + std::to_string(d) + " is not what the step says"};
        for (const auto& [target, weight] : use->values[d].targets) {
          const Quantity& q = certificate_.quantities.at(target);
          if (q.origin != Origin::attention || q.at.written != stage)
            throw Rejected{where, quoted(q) + " is not written here"};
          output[{q.at.coordinate, d}] += weight;
        }
      }
      std::map<std::pair<std::size_t, std::size_t>, Rational> found;
      for (Index c = 0; c < head.output.rows(); ++c)
        for (Matrix::InnerIterator it(head.output, c); it; ++it)
          if (it.value() != 0) found[{static_cast<std::size_t>(c), static_cast<std::size_t>(it.col())}] = it.value();
      if (found != output) throw Rejected{where, "its output matrix is not what the step says"};
    }
  }
}

}  // namespace wrought::certificate
