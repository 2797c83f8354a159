// GeLU against ReLU, and the product.
#include "constructions/gadgets/product.hpp"
#include "proofs/lemmas/function_claim.hpp"
#include "proofs/lemmas/instance.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "verifier/certificate/errors.hpp"

namespace wrought::lemmas {

namespace {

const std::vector<Rational> distances{0, Rational(1, 100), Rational(1, 8), Rational(1, 4), Rational(1, 2), 1,
                                      2};

// Φ(-t) for t > 0.
Enclosed tail(const Enclosed& t) { return Enclosed(-1) * gelu(Enclosed(-1) * t) / t; }

Enclosed half_gaussian(const Enclosed& t) { return exp(Enclosed(Rational(-1, 2)) * t * t) / Enclosed(2); }

// t Φ(-t) <= 17/100 for t in [0, 8]; beyond, the next statement gives less.
Claims everywhere_claims() {
  Claims claims;
  claims.push_back(std::make_unique<FunctionClaim>(
      "t Φ(-t)", std::vector<FunctionClaim::Parameter>{{"t", Span::of(0, 8)}}, Rational(17, 100),
      [](const std::vector<Enclosed>& t) { return Enclosed(-1) * gelu(Enclosed(-1) * t[0]); }));
  return claims;
}

// Φ(-t) <= ½ e^{-t²/2}: below 0.79 the difference grows from 0, since its derivative e^{-t²/2} (1/√(2π) - t/2) is positive;
// above 0.8 Mills' ratio gives Φ(-t) <= e^{-t²/2}/(t√(2π)), and t√(2π) >= 2. In between and around, by subdivision.
Claims tail_claims() {
  using Parameters = std::vector<FunctionClaim::Parameter>;
  Claims claims;
  claims.push_back(std::make_unique<FunctionClaim>(
      "1/√(2π) - t/2 >= 0 below 0.79", Parameters{{"t", Span::of(0, Rational(79, 100))}}, Rational(1, 4),
      [](const std::vector<Enclosed>& t) {
        return Enclosed(1) / root_two_pi() - t[0] / Enclosed(2) - Enclosed(Rational(1, 4));
      }));
  claims.push_back(std::make_unique<FunctionClaim>(
      "2Φ(-t)/e^{-t²/2} - 1/2 in [-1/2, 1/2]", Parameters{{"t", Span::of(Rational(1, 4), 8)}}, Rational(1, 2),
      [](const std::vector<Enclosed>& t) {
        return tail(t[0]) / half_gaussian(t[0]) - Enclosed(Rational(1, 2));
      }));
  claims.push_back(std::make_unique<FunctionClaim>(
      "1/(t√(2π)) <= 1/2 from 0.8 on", Parameters{{"t", Span::from(Rational(4, 5))}}, Rational(1, 2),
      [](const std::vector<Enclosed>& t) { return Enclosed(1) / (t[0] * root_two_pi()); }));
  return claims;
}

// The bound as a function, on either side of 0.
Claims bound_claims(Rational (*bound)(const Rational&, const Rational&)) {
  Claims claims;
  for (const int kappa : {1, 4, 8, 12, 20})
    for (const Rational& d : distances)
      for (const bool positive : {false, true}) {
        Arguments arguments;
        const Register x = arguments.add("x", {0, 0});
        Parameters parameters;
        const Affine value = parameters.add("x", positive ? Span::from(d) : Span::up_to(-d));
        claims.push_back(claim("d = " + to_string(d), parameters, {Form(), {relu(x)}, {0, 0}}, {{x, value}},
                               positive ? value : Affine(0), {Rational(kappa), bound(kappa, d)}));
      }
  return claims;
}

Lemma relu_lemma() {
  const std::string domain =
      "every real x with |x| >= d; κ in {1, 4, 8, 12, 20}, d in {0, 1/100, 1/8, 1/4, 1/2, 1, 2}";
  return {"relu",
          "Lemma A.2",
          {{"gelu_sub_relu_le",
            "every real x",
            "17/(100κ); by scaling κ = 1",
            Method::subdivision,
            everywhere_claims,
            {}},
           {"normal_tail_le",
            "every real t >= 0",
            "Φ(-t) <= ½ e^{-t²/2}, so the difference is at most ½|x| e^{-κ²x²/2}",
            Method::subdivision,
            tail_claims,
            {}},
           {"gelu_error_bound",
            domain,
            "g(κ, d) = min(17/(100κ), ½ d 2^-⌊0.72 κ²d²⌋)",
            Method::subdivision,
            [] { return bound_claims(gelu_error_bound); },
            {}},
           {"gelu_gap (rule)",
            domain,
            "the same",
            Method::subdivision,
            [] { return bound_claims(certificate::gelu_gap); },
            {}}}};
}

// c·u erf(u/√2) - s²u²/4, which is 2c·G(u) - cu - s²u²/4 since G(u) + G(-u) = 2G(u) - u. Away from 0 the mean value form:
// the value in the middle and the slope c(2Φ(u) - 1 + 2uφ(u)) - s²u/2 on the whole interval, both of which lose less.
Enclosed product_part(const Rational& c, const Rational& s, const Enclosed& u) {
  const auto value = [&](const Enclosed& at) {
    return Enclosed(c) * (gelu(at) + gelu(Enclosed(-1) * at)) - Enclosed(s * s / 4) * at * at;
  };
  const Span span = u.span();
  if (*span.lo <= 0) return value(u);
  const Enclosed density = exp(Enclosed(Rational(-1, 2)) * u * u) / root_two_pi();
  const Enclosed slope = Enclosed(c) * (Enclosed(2) * gelu(u) / u - Enclosed(1) + Enclosed(2) * u * density) -
                         Enclosed(s * s / 2) * u;
  const Rational middle = (*span.lo + *span.hi) / 2;
  return value(Enclosed(middle)) + slope * (u - Enclosed(middle));
}

// D(u) = c·u erf(u/√2) - s²u²/4. The product's error is D((x+y)/s) - D((x-y)/s), so it is at most the length of an interval that
// holds all D(u), 0 <= u <= 2V/s; and D(0) = 0. c is within delta of √(2π)s²/8, from below or from above.
void add_product_claims(Claims& claims, const Rational& V, const Rational& s, const Rational& delta) {
  const Rational below = product_coefficient(s, delta);
  const Rational total = product_error_bound(V, s, delta);
  const Rational from_coefficient = Rational(16, 5) * delta * V * V / (s * s);
  for (const bool above : {false, true}) {
    const Rational c = above ? Rational(below + delta) : below;
    // The interval reaches a little above D(0) = 0, which an enclosure cannot tell from slightly more.
    const Rational top = (above ? from_coefficient : Rational(0)) + total / 400;
    const Rational centre = top - total / 2;
    const std::string where = "V = " + to_string(V) + ", s = " + to_string(s) +
                              ", delta = " + to_string(delta) + (above ? ", c from above" : ", c from below");
    const auto distance_from = [=](const Rational& number) {
      return [=](const std::vector<Enclosed>& t) { return product_part(c, s, t[0]) - Enclosed(number); };
    };
    const std::vector<FunctionClaim::Parameter> box{{"u", Span::of(0, 2 * V / s)}};
    claims.push_back(std::make_unique<FunctionClaim>(where + ", D(u) in an interval of the bound's length",
                                                     box, total / 2, distance_from(centre)));
    claims.back()->measures_tightness = false;
    claims.push_back(std::make_unique<FunctionClaim>(where + ", D(u) - D(0)", box, total, distance_from(0)));
  }
}

Lemma product_lemma() {
  return {"product",
          "Lemma A.1 (Lemma C.1 of Feng et al.)",
          {{"product_error_le",
            "all real x, y in [-V, V]; (V, s) in {(1,2), (1,10), (3,10)}, delta in {1/10, 10^-6}",
            "2V⁴/(3s²) + (16/5)·delta·V²/s²",
            Method::subdivision,
            [] {
              Claims claims;
              for (const auto& [V, s] : {std::pair<int, int>{1, 2}, {1, 10}, {3, 10}})
                for (const Rational& delta : {Rational(1, 10), Rational(1, 1'000'000)})
                  add_product_claims(claims, V, s, delta);
              return claims;
            },
            {}}}};
}

}  // namespace

std::vector<Lemma> smooth_lemmas() { return {relu_lemma(), product_lemma()}; }

}  // namespace wrought::lemmas
