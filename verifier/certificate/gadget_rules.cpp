#include <algorithm>

#include "verifier/certificate/errors.hpp"
#include "verifier/certificate/gadgets.hpp"
#include "verifier/certificate/premises.hpp"
#include "verifier/certificate/rules.hpp"

namespace wrought::certificate {

namespace {

Rational positive(const Rational& distance, const char* what) {
  if (distance <= 0) throw Unproved{std::string("the arguments of ") + what + " do not keep away from 0"};
  return distance;
}

// threshold_error_le, table_error_le, …: at an integer x two units of weight at most W stand at distance 1/2 from 0, two at
// 3/2, all others at 5/2 or more.
Bounds apply_steps(const Steps& steps, Premises& premises, const Sharpness& sharpness) {
  const Argument x = premises.near_integer(steps.x, "the argument");
  Rational heaviest = 0, total = 0, value = steps.constant;
  bool integer = denominator(steps.constant) == 1;
  for (const auto& [at, weight] : steps.steps) {
    heaviest = std::max<Rational>(heaviest, abs(weight));
    total += abs(weight);
    integer = integer && denominator(weight) == 1;
    if (x.lo >= at) value += weight;
  }
  Rational lo = value, hi = value;
  for (const auto& [at, weight] : steps.steps) {
    if (at <= x.lo || at > x.hi) continue;
    value += weight;
    lo = std::min(lo, value);
    hi = std::max(hi, value);
  }
  const Rational off = 2 * x.error;
  const auto gap = [&](int halves) { return gelu_gap(sharpness.kappa, Rational(halves, 2) - off); };
  const Rational error = steps.steps.empty() ? Rational(0) : 2 * heaviest * (gap(1) + gap(3)) + 2 * total * gap(5);
  return {lo, hi, error, integer, premises.everywhere()};
}

// The condition of a gate. With lo = 1 there is no linear term, and it may be any integer <= 1 (gate_eq_of_le_one).
Argument gate_condition(const Form& g_form, const Form& y_form, const Rational& lo, Premises& premises) {
  if (lo != 1 || !(y_form == Form())) return premises.flag(g_form, "the condition");
  const Argument g = premises.near_integer(g_form, "the condition");
  premises.within(g_form, std::min<Rational>(g.lo, 1), 1, "the condition");
  return g;
}

// gate_error_le and select_error_le: x if g = 1, y if g = 0, the unit's argument within lo..hi before it is shifted.
Bounds apply_gate(const Form& x_form, const Form& y_form, const Form& g_form, const Rational& lo, const Rational& hi,
                  Premises& premises, const Sharpness& sharpness) {
  const Argument x = premises.any(x_form), y = premises.any(y_form);
  const Argument difference = premises.any(x_form - y_form);
  const Argument g = gate_condition(g_form, y_form, lo, premises);
  premises.within(x_form - y_form, lo, hi, "what is gated");
  const Rational M = hi - lo + 2;
  const Rational distance = positive(1 - difference.error - M * g.error, "a gate");
  const Rational error = std::max<Rational>(x.error + abs(Rational(M + lo - 1)) * g.error,
                                            y.error + abs(Rational(lo - 1)) * g.error) +
                         gelu_gap(sharpness.kappa, distance);
  const bool maybe = g.hi >= 1, maybe_not = g.lo <= 0;
  const Rational low = !maybe ? y.lo : !maybe_not ? x.lo : std::min(x.lo, y.lo);
  const Rational high = !maybe ? y.hi : !maybe_not ? x.hi : std::max(x.hi, y.hi);
  return {low, high, error, x.integer && y.integer, premises.everywhere()};
}

// minimum_error_le: the minimum moves by at most the larger error; the unit's argument is x - y, 0 or at least 1 from it.
Bounds apply_extremum(const Form& x_form, const Form& y_form, bool least, Premises& premises,
                      const Sharpness& sharpness) {
  const Argument x = premises.any(x_form), y = premises.any(y_form);
  const Argument difference = premises.any(x_form - y_form);
  const bool integers = x.integer && y.integer;
  const Rational unit = integers ? std::max<Rational>(gelu_gap(sharpness.kappa, 1 - difference.error), difference.error / 2)
                                 : gelu_gap(sharpness.kappa, 0);
  const Rational error = std::max(x.error, y.error) + unit;
  return least ? Bounds{std::min(x.lo, y.lo), std::min(x.hi, y.hi), error, integers, premises.everywhere()}
               : Bounds{std::max(x.lo, y.lo), std::max(x.hi, y.hi), error, integers, premises.everywhere()};
}

// clamp_error_le: both units are 1-Lipschitz in what they read, and 0 or at least 1 away from it.
Bounds apply_clamp(const Piece& piece, Premises& premises, const Sharpness& sharpness) {
  const Argument x = premises.near_integer(piece.arguments.at(0), "the number");
  const Argument top = premises.near_integer(piece.arguments.at(1), "the top");
  const Argument g = premises.flag(piece.arguments.at(2), "the condition");
  const Rational X = piece.numbers.at(0), M = std::max<Rational>(X, 0) + 1;
  premises.within(piece.arguments.at(0), std::min<Rational>(x.lo, X), X, "the number");
  premises.within(piece.arguments.at(1), 0, std::max<Rational>(top.hi, 0), "the top");
  const Rational off = x.error + M * g.error;
  const Rational unit =
      std::max<Rational>(gelu_gap(sharpness.kappa, positive(1 - off - top.error, "a clamp")), (off + top.error) / 2);
  return {0, std::min<Rational>(top.hi, std::max<Rational>(x.hi, 0)), off + top.error + 2 * unit, true,
          premises.everywhere()};
}

// scatter_error_le, scatter_difference_error_le: four units, at least M - V = 1 from 0 before errors.
Bounds apply_scatter(const Piece& piece, bool difference, Premises& premises, const Sharpness& sharpness) {
  const Form& x_form = piece.arguments.at(0);
  const Form y_form = difference ? piece.arguments.at(1) : Form();
  const Rational V = piece.numbers.at(0), M = V + 1;
  const Argument beta = premises.near_integer(piece.arguments.back(), "the slot");
  const Argument x = premises.any(x_form), y = premises.any(y_form), both = premises.any(x_form - y_form);
  premises.within(x_form, 0, V, "what is scattered");
  premises.within(y_form, 0, V, "what is scattered");
  const Rational distance = positive(1 - 2 * M * beta.error - std::max(x.error, y.error), "a scatter");
  return {std::min<Rational>(both.lo, 0), std::max<Rational>(both.hi, 0), both.error + 4 * gelu_gap(sharpness.kappa, distance),
          x.integer && y.integer, premises.everywhere()};
}

// pick_error_le: one unit stands at least 1 from 0 on either side of the slot, all others at least M.
Bounds apply_pick(const Piece& piece, Premises& premises, const Sharpness& sharpness) {
  const std::size_t B = piece.arguments.size() - 1;
  const Rational V = piece.numbers.at(0), M = V + 1;
  const Argument beta = premises.near_integer(piece.arguments.back(), "the slot");
  premises.within(piece.arguments.back(), std::min<Rational>(beta.lo, 0), Rational(B - 1), "the slot");
  Bounds result{0, 0, 0, true, true};
  for (std::size_t b = 0; b < B; ++b) {
    const Argument slot = premises.any(piece.arguments[b]);
    premises.within(piece.arguments[b], 0, V, "a slot's content");
    result.hi = std::max(result.hi, slot.hi);
    result.error = std::max(result.error, slot.error);
    result.integer = result.integer && slot.integer;
  }
  const Rational off = 2 * M * beta.error + result.error;
  result.error += 2 * gelu_gap(sharpness.kappa, positive(1 - off, "a pick")) +
                  Rational(2 * B) * gelu_gap(sharpness.kappa, positive(M - off, "a pick"));
  result.everywhere = premises.everywhere();
  return result;
}

// rescale_error_le.
Bounds apply_rescale(const Piece& piece, Premises& premises, const Sharpness& sharpness) {
  const Rational V = piece.numbers.at(0), C = piece.numbers.at(1), M = V + 1;
  const Argument y = premises.any(piece.arguments.at(0));
  const Argument c = premises.near_integer(piece.arguments.at(1), "the factor");
  premises.within(piece.arguments.at(0), 0, V, "what is rescaled");
  premises.within(piece.arguments.at(1), 0, C, "the factor");
  const Rational off = 2 * M * c.error + y.error;
  const Rational error = C * y.error + gelu_gap(sharpness.kappa, positive(1 - off, "a rescale")) +
                         2 * C * gelu_gap(sharpness.kappa, positive(M - off, "a rescale"));
  return {0, V * c.hi, error, false, premises.everywhere()};
}

Bounds apply_to(const Piece& piece, Premises& premises, const Sharpness& sharpness) {
  if (const auto steps = as_steps(piece)) return apply_steps(*steps, premises, sharpness);
  const auto& a = piece.arguments;
  const auto& n = piece.numbers;
  if (piece.rule == "gate") return apply_gate(a.at(0), Form(), a.at(1), n.at(0), n.at(1), premises, sharpness);
  if (piece.rule == "select") return apply_gate(a.at(1), a.at(2), a.at(0), n.at(0), n.at(1), premises, sharpness);
  if (piece.rule == "move") return premises.any(a.at(0));
  if (piece.rule == "minimum") return apply_extremum(a.at(0), a.at(1), true, premises, sharpness);
  if (piece.rule == "maximum") return apply_extremum(a.at(0), a.at(1), false, premises, sharpness);
  if (piece.rule == "clamp") return apply_clamp(piece, premises, sharpness);
  if (piece.rule == "scatter") return apply_scatter(piece, false, premises, sharpness);
  if (piece.rule == "scatter_difference") return apply_scatter(piece, true, premises, sharpness);
  if (piece.rule == "pick") return apply_pick(piece, premises, sharpness);
  if (piece.rule == "rescale") return apply_rescale(piece, premises, sharpness);
  throw Unproved{"no rule is called " + piece.rule};
}

}  // namespace

Bounds apply(const Piece& piece, const Knowledge& knowledge, const Sharpness& sharpness) {
  Premises premises(knowledge);
  return apply_to(piece, premises, sharpness);
}

}  // namespace wrought::certificate
