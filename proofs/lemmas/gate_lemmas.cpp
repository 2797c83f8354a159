// Gadgets that choose: gate, select, move, minimum, clamp.
#include "constructions/gadgets/clamp.hpp"
#include "constructions/gadgets/minimum.hpp"
#include "constructions/gadgets/move.hpp"
#include "constructions/gadgets/select.hpp"
#include "proofs/lemmas/instance.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "proofs/lemmas/rule_bounds.hpp"

namespace wrought::lemmas {

namespace {

const std::vector<Range> ranges{{0, 9}, {-9, 9}, {3, 5}, {-7, -2}};
const char* const ranges_text = "x in [0,9], [-9,9], [3,5], [-7,-2]";
const std::vector<Rational> flag_errors{0, Rational(1, 1000), Rational(1, 50)};
const char* const flag_errors_text = "eps_g in {0, 1/1000, 1/50}";

std::string text(const Range& range) { return "[" + to_string(range.lo) + ", " + to_string(range.hi) + "]"; }

using Bound = std::function<Rational(const Rational& kappa, const Range& x, const Rational& eps,
                                     const Rational& eps_g)>;

// A real x in the range, off by eps; a flag g, off by eps_g.
Claims gate_claims(const Range& range, const Rational& eps, const Rational& eps_g, const Level& level) {
  Claims claims;
  for (const int g_value : {0, 1}) {
    Arguments arguments;
    const Register x = arguments.add("x", range), g = arguments.add("g", {0, 1});
    Parameters parameters;
    const Affine exact = parameters.add("x", Span::of(range.lo, range.hi));
    const Values values{{x, exact + parameters.error("x", eps)},
                        {g, Affine(g_value) + parameters.error("g", eps_g)}};
    claims.push_back(claim("x in " + text(range) + ", g = " + std::to_string(g_value), parameters, gate(x, g),
                           values, Rational(g_value) * exact, level));
  }
  return claims;
}

// lo = 1, so that the gate has no linear term: any integer g <= 1, those below 1 counting as 0.
Claims gate_of_le_one_claims() {
  Claims claims;
  const Range range{1, 5};
  for (const bool on : {false, true}) {
    Arguments arguments;
    const Register x = arguments.add("x", range), g = arguments.add("g", {0, 1});
    Parameters parameters;
    const Affine exact = parameters.add("x", Span::of(range.lo, range.hi));
    const Affine flag = on ? Affine(1) : parameters.add("g", Span::up_to(0));
    claims.push_back(claim(on ? "g = 1" : "g <= 0", parameters, gate(x, g), {{x, exact}, {g, flag}},
                           on ? exact : Affine(0), {}));
  }
  return claims;
}

// x and y real, x - y within the range; y ranges over all reals.
Claims select_claims(const Range& range, const Rational& eps, const Rational& eps_g, const Level& level) {
  Claims claims;
  for (const int g_value : {0, 1}) {
    Arguments arguments;
    const Register x = arguments.add("x", range), y = arguments.add("y", {0, 0}),
                   g = arguments.add("g", {0, 1});
    Parameters parameters;
    const Affine difference = parameters.add("x - y", Span::of(range.lo, range.hi));
    const Affine exact_y = parameters.add("y", Span::everything());
    const Affine exact_x = exact_y + difference;
    const Values values{{x, exact_x + parameters.error("x", eps)},
                        {y, exact_y + parameters.error("y", eps)},
                        {g, Affine(g_value) + parameters.error("g", eps_g)}};
    claims.push_back(claim("x - y in " + text(range) + ", g = " + std::to_string(g_value), parameters,
                           select(g, x, y), values, g_value == 1 ? exact_x : exact_y, level));
  }
  return claims;
}

using GateClaims = Claims (*)(const Range&, const Rational&, const Rational&, const Level&);

Statement gate_identity(const std::string& name, const std::string& domain, GateClaims build) {
  return {name,
          domain,
          "exact",
          Method::case_analysis,
          [build] {
            Claims claims;
            for (const Range& range : ranges) append(claims, build(range, 0, 0, {}));
            return claims;
          },
          {}};
}

Statement gate_errors(const std::string& name, const std::string& domain, const std::string& formula,
                      GateClaims build, const Bound& bound) {
  return {name,
          domain + "; " + kappas_text + ", " + tolerances_text + ", " + flag_errors_text,
          formula,
          Method::subdivision,
          [=] {
            Claims claims;
            for (const Range& range : ranges)
              for (const Rational& kappa : kappas)
                for (const Rational& eps : tolerances)
                  for (const Rational& eps_g : flag_errors)
                    append(claims, build(range, eps, eps_g, {kappa, bound(kappa, range, eps, eps_g)}));
            return claims;
          },
          {}};
}

Lemma gate_lemma() {
  const std::string domain = std::string(ranges_text) + ", every real x there, g in {0, 1}";
  return {"gate",
          "Lemma A.4",
          {gate_identity("gate_eq", domain, gate_claims),
           {"gate_eq_of_le_one",
            "every real x in [1, 5], g = 1 and every g <= 0",
            "exact",
            Method::case_analysis,
            gate_of_le_one_claims,
            {}},
           gate_errors("gate_error_le", domain, "eps_x + (M + |lo - 1|)·eps_g + g(κ, 1 - eps_x - M·eps_g)",
                       gate_claims, gate_error_bound),
           gate_errors("gate_error_le (rule)", domain,
                       "max(eps_x + |hi + 1|·eps_g, |lo - 1|·eps_g) + g(κ, 1 - eps_x - M·eps_g)", gate_claims,
                       [](const Rational& kappa, const Range& x, const Rational& eps, const Rational& eps_g) {
                         return select_error_bound(kappa, x, eps, 0, eps, eps_g);
                       })}};
}

Lemma select_lemma() {
  const std::string domain = "x - y in [0,9], [-9,9], [3,5], [-7,-2], every real y, g in {0, 1}";
  return {"select",
          "Lemma A.4",
          {gate_identity("select_eq", domain, select_claims),
           gate_errors("select_error_le", domain, "gate_error_le on x - y (error 2eps), plus eps_y",
                       select_claims,
                       [](const Rational& kappa, const Range& x, const Rational& eps, const Rational& eps_g) {
                         return Rational(gate_error_bound(kappa, x, 2 * eps, eps_g) + eps);
                       }),
           gate_errors("select_error_le (rule)", domain,
                       "max(eps_x + |hi + 1|·eps_g, eps_y + |lo - 1|·eps_g) + g(κ, 1 - 2eps - M·eps_g)",
                       select_claims,
                       [](const Rational& kappa, const Range& x, const Rational& eps, const Rational& eps_g) {
                         return select_error_bound(kappa, x, eps, eps, 2 * eps, eps_g);
                       })}};
}

// In both semantics: GeLU(z) - GeLU(-z) = z, so the shortfalls of the two units are equal and cancel. The two arguments are
// opposite, which is what is checked.
Claims move_claims() {
  Claims claims;
  Arguments arguments;
  const Register x = arguments.add("x", {0, 0});
  Parameters parameters;
  const Affine value = parameters.add("x", Span::everything());
  claims.push_back(claim("x - move(x)", parameters, move(x), {{x, value}}, value, {}));
  ReluSum halves = move(x);  // the units' arguments add up to 0
  ReluSum arguments_sum{halves.units.at(0).argument + halves.units.at(1).argument, {}, {0, 0}};
  claims.push_back(
      claim("the arguments of the two units are opposite", parameters, arguments_sum, {{x, value}}, 0, {}));
  ReluSum weights{Form(halves.units.at(0).weight + halves.units.at(1).weight), {}, {0, 0}};
  claims.push_back(
      claim("the weights of the two units are opposite", parameters, weights, {{x, value}}, 0, {}));
  return claims;
}

Lemma move_lemma() {
  return {"move",
          "Lemma A.3, which is exact",
          {{"move_eq", "every real x, both semantics", "exact", Method::case_analysis, move_claims, {}}}};
}

struct Extremum {
  ReluSum (*build)(const Form&, const Form&);
  bool least;
};

// x - y = d on one side of 0; y and d range over all reals.
Claims extremum_identity(const Extremum& extremum) {
  Claims claims;
  for (const bool x_is_larger : {false, true}) {
    Arguments arguments;
    const Register x = arguments.add("x", {0, 0}), y = arguments.add("y", {0, 0});
    Parameters parameters;
    const Affine exact_y = parameters.add("y", Span::everything());
    const Affine exact_x = exact_y + parameters.add("x - y", x_is_larger ? Span::from(0) : Span::up_to(0));
    claims.push_back(claim(x_is_larger ? "x >= y" : "x <= y", parameters, extremum.build(x, y),
                           {{x, exact_x}, {y, exact_y}}, x_is_larger == extremum.least ? exact_y : exact_x,
                           {}));
  }
  return claims;
}

// Integers m = n, m >= n + 1 or m <= n - 1; n any real.
Claims extremum_errors(const Extremum& extremum, const Rational& eps, const Level& level) {
  Claims claims;
  for (const int order : {-1, 0, 1}) {
    Arguments arguments;
    const Register x = arguments.add("x", {0, 0}), y = arguments.add("y", {0, 0});
    Parameters parameters;
    const Affine n = parameters.add("n", Span::everything());
    const Affine m =
        n + (order == 0 ? Affine(0) : parameters.add("m - n", order > 0 ? Span::from(1) : Span::up_to(-1)));
    const Affine target = (order > 0) == extremum.least ? n : m;
    claims.push_back(claim(order == 0  ? "m = n"
                           : order > 0 ? "m > n"
                                       : "m < n",
                           parameters, extremum.build(x, y),
                           {{x, m + parameters.error("x", eps)}, {y, n + parameters.error("y", eps)}}, target,
                           level));
  }
  return claims;
}

Statement extremum_error_statement(const std::string& name, const std::string& formula,
                                   const Extremum& extremum,
                                   Rational (*bound)(const Rational&, const Rational&)) {
  return {name,
          std::string("all integers m, n, |x - m|, |y - n| <= eps; ") + kappas_text + ", " + tolerances_text,
          formula,
          Method::subdivision,
          [=] {
            Claims claims;
            for (const Rational& kappa : kappas)
              for (const Rational& eps : tolerances)
                append(claims, extremum_errors(extremum, eps, {kappa, bound(kappa, eps)}));
            return claims;
          },
          {}};
}

Lemma minimum_lemma() {
  const Extremum least{minimum, true}, largest{maximum, false};
  const std::string tight = "eps + max(g(κ, 1 - 2eps), eps)";
  return {"minimum",
          "used by Feng et al. for their aggregations",
          {{"minimum_eq",
            "all real x, y",
            "exact",
            Method::case_analysis,
            [=] { return extremum_identity(least); },
            {}},
           {"maximum_eq",
            "all real x, y",
            "exact",
            Method::case_analysis,
            [=] { return extremum_identity(largest); },
            {}},
           extremum_error_statement("minimum_error_le", "3eps + g(κ, 1 - 2eps)", least, minimum_error_bound),
           extremum_error_statement("minimum_error_le (rule)", tight, least, extremum_error_bound),
           extremum_error_statement("maximum_error_le (rule)", tight, largest, extremum_error_bound)}};
}

// clamp for reals x <= X and top >= 0, in every order of 0, x and top.
Claims clamp_identity(const Rational& X) {
  Claims claims;
  const auto add = [&](const std::string& where, int g_value, const auto& describe) {
    Arguments arguments;
    const Register x = arguments.add("x", {std::min<Rational>(X, 0) - 1, X}),
                   top = arguments.add("top", {0, 9}), g = arguments.add("g", {0, 1});
    Parameters parameters;
    const auto [x_value, top_value, target] = describe(parameters);
    claims.push_back(claim("X = " + to_string(X) + ", " + where, parameters, clamp(x, top, g),
                           {{x, x_value}, {top, top_value}, {g, Affine(g_value)}}, target, {}));
  };
  using Described = std::tuple<Affine, Affine, Affine>;
  add("g = 0", 0, [&](Parameters& p) -> Described {
    return {p.add("x", Span::up_to(X)), p.add("top", Span::from(0)), 0};
  });
  add("g = 1, x <= 0", 1, [&](Parameters& p) -> Described {
    return {p.add("x", Span::up_to(std::min<Rational>(X, 0))), p.add("top", Span::from(0)), 0};
  });
  if (X < 0) return claims;
  add("g = 1, 0 <= x <= top", 1, [&](Parameters& p) -> Described {
    const Affine x = p.add("x", Span::of(0, X));
    return {x, x + p.add("top - x", Span::from(0)), x};
  });
  add("g = 1, 0 <= top <= x", 1, [&](Parameters& p) -> Described {
    const Affine top = p.add("top", Span::of(0, X));
    return {top + p.add("x - top", Span::of(0, X)), top, top};
  });
  return claims;
}

// Integers x <= X and 0 <= top, the differences that are not 0 being at least 1.
Claims clamp_errors(const Rational& X, const Rational& eps, const Rational& eps_g, const Level& level) {
  Claims claims;
  for (const int g_value : {0, 1})
    for (Rational top = 0; top <= std::max<Rational>(X, 0) + 1; ++top)
      for (Rational n = -1; n <= X; ++n) {
        Arguments arguments;
        const Register x = arguments.add("x", {-1, X}), t = arguments.add("top", {0, X + 1}),
                       g = arguments.add("g", {0, 1});
        Parameters parameters;
        // x <= -1 is as good as any negative number, top > X as good as any larger one.
        const Affine x_value = n < 0 ? parameters.add("x", Span::up_to(-1)) : Affine(n);
        const Affine top_value = top > X ? parameters.add("top", Span::from(top)) : Affine(top);
        const Rational target = g_value * std::min(std::max<Rational>(n, 0), top);
        claims.push_back(claim("X = " + to_string(X) + ", x = " + (n < 0 ? "below 0" : to_string(n)) +
                                   ", top = " + to_string(top) + ", g = " + std::to_string(g_value),
                               parameters, clamp(x, t, g),
                               {{x, x_value + parameters.error("x", eps)},
                                {t, top_value + parameters.error("top", eps)},
                                {g, Affine(g_value) + parameters.error("g", eps_g)}},
                               target, level));
      }
  return claims;
}

Statement clamp_error_statement(const std::string& name, const std::string& formula, const Bound& bound) {
  return {name,
          std::string("all integers x <= X, top >= 0, g in {0, 1}, X in {0, 2}; ") + kappas_text + ", " +
              tolerances_text + ", " + flag_errors_text,
          formula,
          Method::subdivision,
          [=] {
            Claims claims;
            for (const int X : {0, 2})
              for (const Rational& kappa : kappas)
                for (const Rational& eps : tolerances)
                  for (const Rational& eps_g : flag_errors)
                    append(claims, clamp_errors(X, eps, eps_g, {kappa, bound(kappa, {-1, X}, eps, eps_g)}));
            return claims;
          },
          {}};
}

Lemma clamp_lemma() {
  return {"clamp",
          "ours",
          {{"clamp_eq",
            "all reals x <= X and top >= 0, g in {0, 1}, X in {-2, 0, 3}",
            "exact",
            Method::case_analysis,
            [] {
              Claims claims;
              for (const int X : {-2, 0, 3}) append(claims, clamp_identity(X));
              return claims;
            },
            {}},
           clamp_error_statement(
               "clamp_error_le", "2eps_x + eps_top + 2M·eps_g + 2g(κ, 1 - eps_x - eps_top - M·eps_g)",
               [](const Rational& kappa, const Range& x, const Rational& eps, const Rational& eps_g) {
                 return clamp_error_bound(kappa, x, eps, eps, eps_g);
               }),
           clamp_error_statement(
               "clamp_error_le (rule)", "o + 2·max(g(κ, 1 - o), o/2), o = eps_x + eps_top + M·eps_g",
               [](const Rational& kappa, const Range& x, const Rational& eps, const Rational& eps_g) {
                 return clamp_rule_bound(kappa, x, eps, eps, eps_g);
               })}};
}

}  // namespace

std::vector<Lemma> gate_lemmas() {
  return {gate_lemma(), select_lemma(), move_lemma(), minimum_lemma(), clamp_lemma()};
}

}  // namespace wrought::lemmas
