#include "verifier/certificate/rounding.hpp"

#include <algorithm>
#include <map>

#include "verifier/certificate/errors.hpp"

namespace wrought::certificate {

namespace {

// The power of two that divides x an odd number of times; nothing for 0, or if there is none.
std::optional<Rational> two_part(const Rational& x) {
  if (x == 0 || !is_power_of_two(Rational(denominator(x)))) return {};
  return Rational(Integer(1) << lsb(Integer(abs(numerator(x)))), denominator(x));
}

Rational magnitude(const Bounds& b) { return std::max<Rational>(abs(b.lo), abs(b.hi)) + b.error; }

}  // namespace

Rounding::Rounding(const Certificate& certificate, const Wiring& wiring, const Knowledge& knowledge)
    : certificate_(certificate),
      wiring_(wiring),
      knowledge_(knowledge),
      unit_(Integer(1), Integer(Integer(1) << certificate.precision)),
      gap_(round_up(Rational(17, 100) / certificate.sharpness.kappa)),
      contents_(certificate.quantities.size()) {}

Rational Rounding::relative(const Integer& roundings) const {
  const auto bound = rounding(certificate_.precision, roundings);
  if (!bound) throw Unproved{"2^-p times the number of roundings in a sum is not small; more bits are needed"};
  return *bound;
}

// ---- rows ----

Rational Rounding::size(const Row& row) const {
  Rational sum = 0;
  for (const auto& [id, coefficient] : row) sum += abs(coefficient) * contents_[id].size;
  return sum;
}

Rational Rounding::of_row(const Row& row) const {
  // What is read as it is, is not rounded.
  if (row.size() == 1 && abs(row.begin()->second) == 1) return 0;
  const Rational rounded = relative(Integer(row.size() + 1)) * size(row);
  const auto exact = multiple(row);
  return exact ? std::min(rounded, exact->off) : rounded;
}

std::optional<Multiple> Rounding::sum(const Rational& grid, const Rational& size, const Rational& off,
                                      std::size_t terms) const {
  const auto bound = sum_near_multiples(certificate_.precision, grid, size, off, Integer(terms) + 2);
  return bound ? std::optional(Multiple{grid, *bound, grid, true}) : std::nullopt;
}

std::optional<Multiple> Rounding::multiple(const Row& row) const {
  std::optional<Rational> grid;  // of all terms but the constant
  Rational constant = 0, off = 0;
  for (const auto& [id, coefficient] : row) {
    const auto part = two_part(coefficient);
    const auto& content = contents_[id].multiple;
    if (!part || !content || abs(coefficient) * unit_ > *part) return {};
    off += abs(coefficient) * content->off;
    if (id == 0)
      constant = coefficient;
    else
      grid = std::min(grid.value_or(*part * content->grid), Rational(*part * content->grid));
  }
  const Rational all = constant == 0 ? grid.value_or(1) : std::min(*two_part(constant), grid.value_or(*two_part(constant)));
  auto result = sum(all, size(row), off, row.size());
  if (!result || constant == 0) return result;
  // A constant between two multiples keeps the sum away from 0.
  const Rational above = grid ? Rational(constant - *grid * Rational(floor(constant / *grid))) : abs(constant);
  const Rational away = grid ? std::min<Rational>(above, *grid - above) : above;
  if (away > 0) result->vanishes = false, result->least = away;
  return result;
}

std::optional<Rational> Rounding::off_score(const std::vector<Row>& query, const std::vector<Row>& key) const {
  std::optional<Rational> grid;
  Rational all = 0, off = 0;
  for (std::size_t d = 0; d < query.size(); ++d) {
    if (query[d].empty() || key[d].empty()) continue;
    const auto q = multiple(query[d]), k = multiple(key[d]);
    if (!q || !k) return {};
    const Rational size_q = size(query[d]) + q->off, size_k = size(key[d]) + k->off;
    all += size_q * size_k;
    off += q->off * size_k + k->off * size_q;
    grid = std::min(grid.value_or(q->grid * k->grid), Rational(q->grid * k->grid));
  }
  if (!grid) return Rational(0);
  // Twice as large: one score less another is exact too.
  const auto score = sum(*grid, 2 * all, off, query.size() + 1);
  return score && 8 * score->off < unit_ ? std::optional(score->off) : std::nullopt;
}

std::optional<Rational> Rounding::off_sum(const Row& row, const ExactWeights& weights, std::size_t tokens) const {
  const auto value = multiple(row);
  if (!value || 8 * weights.leak >= unit_) return {};
  const Rational one = size(row) + value->off;
  const Rational off = (Rational(tokens) + weights.anchor) * value->off + 2 * weights.leak * one;
  const auto total = sum(value->grid, Rational(tokens) * one, off, 2 * tokens);
  return total ? std::optional<Rational>(2 * total->off) : std::nullopt;
}

// ---- former tenants ----

Rounding::Content Rounding::former(QuantityId id, bool everywhere) const {
  if (certificate_.quantities[id].at.cleared == 0) return {0, 0, Multiple{}};
  const QuantityId before = *wiring_.former_tenant(id);
  Content content = contents_[before];
  if (everywhere && !knowledge_.bounds(before).everywhere) content = {content.size_anywhere, content.size_anywhere, {}};
  return content;
}

bool Rounding::has_known_former(QuantityId id) const {
  return certificate_.quantities[id].at.cleared == 0 || knowledge_.bounds(*wiring_.former_tenant(id)).everywhere;
}

// Two hidden units clear a coordinate, with at most 12 roundings.
Rational Rounding::left_of(const Content& former) const {
  return former.size == 0 ? Rational(0) : Rational(relative(12) * (3 * former.size + 2 * gap_));
}

// The same where the former content is a multiple: each unit's argument is it or its negative.
std::optional<Rational> Rounding::former_off(const Content& former) const {
  if (former.size == 0 && former.multiple) return Rational(0);
  if (!former.multiple || !is_power_of_two(certificate_.sharpness.kappa)) return {};
  const Multiple& m = *former.multiple;
  return m.off + 2 * std::max<Rational>(2 * gelu_gap(certificate_.sharpness.kappa, m.grid), 4 * m.off);
}

// ---- embedding ----

// An embedded integer is exact up to 2^p, and rounded twice otherwise: as it is read and as it is added.
Rational Rounding::embed(QuantityId id, const Bounds& bounds) {
  Rational size = magnitude(bounds);
  Content& content = contents_[id];
  Rational error = 0;
  if (size * unit_ <= 1)
    content.multiple = Multiple{};
  else
    error = round_up(size * relative(4));
  content.size = content.size_anywhere = size + error;
  return error;
}

// ---- feed-forward ----

Rational Rounding::add_units(QuantityId id, const Bounds& bounds, const Rational& linear_error, const Rational& held,
                             bool complete) {
  Content& content = contents_[id];
  const Rational size = round_up(held + bounds.error + linear_error);
  Rational error = bounds.error + of_units(id, size, bounds.everywhere);
  content.multiple = units_multiple(id, bounds.everywhere);
  // What the units' halves and the former content add up to is the quantity, if nothing of it is kept apart.
  if (content.multiple && bounds.integer && !certificate_.quantities[id].keeps_linear)
    content.multiple->grid = content.multiple->least = std::max<Rational>(content.multiple->grid, 1);
  if (content.multiple) error = std::min<Rational>(error, content.multiple->off + linear_error);
  error = round_up(error);
  content.size = round_up(size + error);
  content.size_anywhere = bounds.everywhere ? content.size : units_anywhere(id, complete);
  return error;
}

// The matrix holds κ times the row, so that even a single entry is rounded.
Rational Rounding::of_argument(const Row& row) const {
  const Rational rounded = relative(Integer(row.size() + 1)) * size(row);
  const auto exact = is_power_of_two(certificate_.sharpness.kappa) ? multiple(row) : std::nullopt;
  return exact ? std::min(rounded, exact->off) : rounded;
}

// Each unit's argument is off by its dot product's rounding, GeLU's slope is below 8/7, and all terms of the coordinate are
// added up.
Rational Rounding::of_units(QuantityId id, const Rational& size, bool everywhere) const {
  const std::vector<Unit> units = Wiring::units(certificate_.quantities[id]);
  const Content before = former(id, everywhere);
  Rational arguments = 0, terms = 0;
  for (const Unit& unit : units) {
    const Row row = wiring_.row(unit.argument);
    const Rational argument = of_argument(row);
    const Bounds value = knowledge_.plain_value(unit.argument);
    arguments += abs(unit.weight) * Rational(8, 7) * argument;
    terms += abs(unit.weight) * (std::max<Rational>(value.hi, 0) + value.error + gap_ + argument);
  }
  terms += 3 * before.size + 2 * gap_ + size;
  return arguments + relative(Integer(units.size() + 5)) * terms;
}

// sum_near_multiples twice: of a unit's argument and of what all units add. With κ a power of two nothing is rounded that κ
// multiplies or divides. An argument other than 0 is exact, so GeLU is as far off as it is there, and twice that once rounded,
// since what is meant is a p-bit number.
std::optional<Multiple> Rounding::units_multiple(QuantityId id, bool everywhere) const {
  const Rational& kappa = certificate_.sharpness.kappa;
  const Content before = former(id, everywhere);
  const auto left = former_off(before);
  if (!is_power_of_two(kappa) || !left) return {};
  const std::vector<Unit> units = Wiring::units(certificate_.quantities[id]);
  Rational grid = before.multiple->grid, size = 3 * before.size, off = *left;
  for (const Unit& unit : units) {
    const auto argument = multiple(wiring_.row(unit.argument));
    const auto part = two_part(unit.weight);
    if (!argument || !part || abs(unit.weight) * unit_ > *part) return {};
    grid = std::min<Rational>(grid, *part * argument->grid);
    size += abs(unit.weight) * std::max<Rational>(knowledge_.plain_value(unit.argument).hi, 0);
    off += abs(unit.weight) * std::max<Rational>(2 * gelu_gap(kappa, argument->least), argument->vanishes ? 4 * argument->off : Rational(0));
  }
  return sum(grid, size, off, units.size() + 4);
}

// Whatever a token's coordinates hold, a unit is at most its argument, and units of weights Σ w = 0 whose arguments differ by
// constants of a span s add up to at most s·Σ |w|: GeLU's slope is below 8/7.
Rational Rounding::units_anywhere(QuantityId id, bool complete) const {
  struct Group {
    Rational weight = 0, weights = 0, least, most;
  };
  std::map<Form, Group> groups;
  Rational sum = 4 * (former(id, true).size + gap_);
  const std::vector<Unit> units = Wiring::units(certificate_.quantities[id]);
  for (const Unit& unit : units) {
    const Rational& constant = unit.argument.constant;
    const auto [at, is_new] = groups.try_emplace(unit.argument - Form(constant), Group{0, 0, constant, constant});
    Group& group = at->second;
    group.weight += unit.weight;
    group.weights += abs(unit.weight);
    group.least = std::min(group.least, constant);
    group.most = std::max(group.most, constant);
  }
  for (const auto& [form, group] : groups) {
    Rational argument = std::max<Rational>(abs(group.least), abs(group.most));
    const Row row = wiring_.row(form);
    for (const auto& [read, coefficient] : row)
      argument += abs(coefficient) * contents_[read].size_anywhere;
    const bool cancels = complete && group.weight == 0;
    const Rational span = cancels ? std::min<Rational>(argument, group.most - group.least) : argument;
    // Twice, for the slope and for rounding that is relative to all arguments.
    sum += 2 * group.weights * (span + gap_ + relative(Integer(units.size() + row.size()) + 24) * argument);
  }
  return round_up(sum);
}

// ---- attention ----

// Every weight, product and sum is rounded, and the last sum with what the coordinate held before: another part of the
// quantity, or what is left of the former tenant.
Rational Rounding::add_update(QuantityId id, const Update& update, bool is_integer) {
  const Quantity& q = certificate_.quantities[id];
  const Bounds& bounds = update.sum;
  const Content before = former(id, bounds.everywhere), none;
  const Content& continued = q.continues ? contents_[*q.continues] : none;
  const Rational left = left_of(before), roundings = relative(Integer(update.terms) + 3);
  Rational error = bounds.error + left + roundings * (update.size + continued.size + left);
  Content& content = contents_[id];
  const auto former_is_off = former_off(before);
  const Multiple zero{1, 0, 1, true};
  const auto& continued_multiple = q.continues ? continued.multiple : std::optional(zero);
  if (update.terms == 1 && update.off && former_is_off && is_integer && continued_multiple && continued_multiple->grid >= 1)
    content.multiple = sum(1, 3 * before.size + continued.size + update.size,
                           *update.off + *former_is_off + continued_multiple->off, 4);
  if (content.multiple) error = std::min(error, content.multiple->off);
  error = round_up(error);
  content.size = round_up(std::max<Rational>(abs(bounds.lo), abs(bounds.hi)) + error);
  content.size_anywhere = round_up((1 + roundings) * (update.size_anywhere + continued.size_anywhere + left_of(former(id, true))));
  return error;
}

}  // namespace wrought::certificate
