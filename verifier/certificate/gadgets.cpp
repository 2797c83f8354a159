#include "verifier/certificate/gadgets.hpp"

#include "verifier/certificate/symbolic.hpp"

namespace wrought::certificate {

namespace {

const Rational half(1, 2);

void require(bool fits, const Piece& piece) {
  if (!fits) throw Unproved{"the arguments of " + piece.rule + " do not fit it"};
}

void require_counts(const Piece& piece, std::size_t arguments, std::size_t numbers) {
  require(piece.arguments.size() == arguments && piece.numbers.size() == numbers, piece);
}

void add_step(Expansion& e, const Form& x, const Rational& at, const Rational& weight) {
  const Form twice = Rational(2) * (x - Form(at));
  e.units.push_back({twice + Form(3 * half), weight});
  e.units.push_back({twice + Form(half), -weight});
}

bool is_count(const Rational& x, const Rational& most = 1'000'000'000) {
  return denominator(x) == 1 && x >= 0 && x <= most;
}

// M(2(β - b) + 1).
Form slot_argument(const Rational& M, const Form& beta, const Rational& b) {
  return M * (Rational(2) * (beta - Form(b)) + Form(1));
}

Expansion expand_gate(const Form& x, const Form& g, const Rational& lo, const Rational& hi) {
  const Rational M = hi - lo + 2;
  return {(lo - 1) * g, {{x - Form(lo - 1) + M * (g - Form(1)), 1}}};
}

Expansion expand_scatter(const Form& x, const Form& y, const Form& beta, const Rational& V, const Rational& b) {
  const Rational M = V + 1;
  const Form upper = slot_argument(M, beta, b), lower = upper - Form(2 * M);
  return {{}, {{x + upper, 1}, {x + lower, -1}, {y + upper, -1}, {y + lower, 1}}};
}

Expansion expand_pick(const Piece& piece) {
  const std::size_t B = piece.arguments.size() - 1;
  const Rational M = piece.numbers.at(0) + 1;
  const Form& beta = piece.arguments.back();
  const Form top = slot_argument(M, beta, 0);
  Expansion e{{}, {{top, -1}}};
  for (std::size_t b = 0; b < B; ++b) {
    const Form upper = top - Form(2 * M * Rational(b));
    e.units.push_back({piece.arguments[b] + upper, 1});
    e.units.push_back({piece.arguments[b] + upper - Form(2 * M), -1});
  }
  return e;
}

Expansion expand_rescale(const Form& y, const Form& c, const Rational& V, const Rational& C) {
  const Rational M = V + 1;
  Expansion e;
  for (Rational k = 1; k <= C; ++k) {
    const Form step = slot_argument(M, c, k);
    e.units.push_back({y + step, 1});
    e.units.push_back({step, -1});
  }
  return e;
}

}  // namespace

std::optional<Steps> as_steps(const Piece& piece) {
  const auto& n = piece.numbers;
  if (piece.rule == "threshold") {
    require_counts(piece, 1, 1);
    require(denominator(n[0]) == 1, piece);
    return Steps{piece.arguments[0], 0, {{n[0], 1}}};
  }
  if (piece.rule == "equality") {
    require_counts(piece, 1, 1);
    require(denominator(n[0]) == 1, piece);
    return Steps{piece.arguments[0], 0, {{n[0], 1}, {n[0] + 1, -1}}};
  }
  if (piece.rule == "staircase" || piece.rule == "staircase_square") {
    require_counts(piece, 1, 2);
    require(is_count(n[0]) && is_count(n[1], 1'000'000) && n[0] >= 1 && n[1] >= 1, piece);
    Steps steps{piece.arguments[0], 0, {}};
    for (Rational k = 1; k < n[1]; ++k)
      steps.steps.emplace_back(k * n[0], piece.rule == "staircase" ? Rational(1) : Rational(2 * k - 1));
    return steps;
  }
  if (piece.rule == "table") {
    require(piece.arguments.size() == 1 && n.size() >= 2 && denominator(n[0]) == 1, piece);
    Steps steps{piece.arguments[0], n[1], {}};
    for (std::size_t k = 1; k + 1 < n.size(); ++k)
      if (n[k + 1] != n[k]) steps.steps.emplace_back(n[0] + Rational(k), n[k + 1] - n[k]);
    return steps;
  }
  return {};
}

Expansion expand(const Piece& piece) {
  if (const auto steps = as_steps(piece)) {
    Expansion e{steps->constant, {}};
    for (const auto& [at, weight] : steps->steps) add_step(e, steps->x, at, weight);
    return e;
  }
  const auto& a = piece.arguments;
  const auto& n = piece.numbers;
  if (piece.rule == "gate") return require_counts(piece, 2, 2), expand_gate(a[0], a[1], n[0], n[1]);
  if (piece.rule == "select") {
    require_counts(piece, 3, 2);
    Expansion e = expand_gate(a[1] - a[2], a[0], n[0], n[1]);
    e.linear = e.linear + a[2];
    return e;
  }
  if (piece.rule == "move") return require_counts(piece, 1, 0), Expansion{{}, {{a[0], 1}, {Rational(-1) * a[0], -1}}};
  if (piece.rule == "minimum") return require_counts(piece, 2, 0), Expansion{a[0], {{a[0] - a[1], -1}}};
  if (piece.rule == "maximum") return require_counts(piece, 2, 0), Expansion{a[0], {{a[1] - a[0], 1}}};
  if (piece.rule == "clamp") {
    require_counts(piece, 3, 1);
    const Rational M = std::max<Rational>(n[0], 0) + 1;
    const Form shifted = a[0] - M * (Form(1) - a[2]);
    return {{}, {{shifted, 1}, {shifted - a[1], -1}}};
  }
  if (piece.rule == "scatter") {
    require_counts(piece, 2, 2);
    require(denominator(n[1]) == 1, piece);
    return expand_scatter(a[0], Form(), a[1], n[0], n[1]);
  }
  if (piece.rule == "scatter_difference") {
    require_counts(piece, 3, 2);
    require(denominator(n[1]) == 1, piece);
    return expand_scatter(a[0], a[1], a[2], n[0], n[1]);
  }
  if (piece.rule == "pick") return require(a.size() >= 2 && n.size() == 1, piece), expand_pick(piece);
  if (piece.rule == "rescale") {
    require_counts(piece, 2, 2);
    require(is_count(n[1], 1'000'000), piece);
    return expand_rescale(a[0], a[1], n[0], n[1]);
  }
  throw Unproved{"no rule is called " + piece.rule};
}

}  // namespace wrought::certificate
