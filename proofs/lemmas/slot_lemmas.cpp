// Gadgets that address slots: scatter, scatter_difference, pick, rescale.
#include "constructions/gadgets/pick.hpp"
#include "constructions/gadgets/rescale.hpp"
#include "constructions/gadgets/scatter.hpp"
#include "constructions/gadgets/scatter_difference.hpp"
#include "proofs/lemmas/instance.hpp"
#include "proofs/lemmas/lemma.hpp"
#include "proofs/lemmas/rule_bounds.hpp"

namespace wrought::lemmas {

namespace {

struct Errors {
  Rational content, slot;  // of what is moved, and of the integer that says where
};

// Errors that leave every unit's argument on its side of 0, and one pair that does not.
const std::vector<Errors> small_errors{
    {0, 0}, {Rational(1, 10), Rational(1, 100)}, {Rational(1, 4), Rational(1, 50)}};
const Errors large_errors{Rational(6, 25), Rational(1, 10)};
const char* const errors_text = "(eps_x, eps_beta) in {(0,0), (1/10,1/100), (1/4,1/50)";

struct Size {
  Rational V;
  std::size_t B;
};
const std::vector<Size> sizes{{1, 1}, {1, 3}, {9, 2}, {9, 4}};
const char* const sizes_text = "(V, B) in {(1,1), (1,3), (9,2), (9,4)}";

std::string text(const Size& size, const Integer& beta) {
  return "V = " + to_string(size.V) + ", B = " + std::to_string(size.B) + ", beta = " + beta.str();
}

using Build = Claims (*)(const Size&, const Errors&, const Level&);
using Bound = std::function<Rational(const Rational& kappa, const Size&, const Errors&)>;

Statement identity(const std::string& name, const std::string& domain, Build build) {
  return {name,
          domain + "; " + sizes_text,
          "exact",
          Method::case_analysis,
          [build] {
            Claims claims;
            for (const Size& size : sizes) append(claims, build(size, {0, 0}, {}));
            return claims;
          },
          {}};
}

Statement errors(const std::string& name, const std::string& domain, const std::string& formula, Build build,
                 bool large, const Bound& bound) {
  std::vector<Errors> all = small_errors;
  if (large) all.push_back(large_errors);
  return {
      name,
      domain + "; " + sizes_text + ", " + kappas_text + ", " + errors_text + (large ? ", (6/25,1/10)}" : "}"),
      formula,
      Method::subdivision,
      [=] {
        Claims claims;
        for (const Size& size : sizes)
          for (const Rational& kappa : kappas)
            for (const Errors& eps : all) append(claims, build(size, eps, {kappa, bound(kappa, size, eps)}));
        return claims;
      },
      {}};
}

// A bound as a formula and as the function of it.
struct Stated {
  const char* formula;
  Rational (*bound)(const Rational& kappa, const Rational& V, std::size_t B, const Rational& content,
                    const Rational& slot);

  Bound at_size() const {
    return [bound = bound](const Rational& kappa, const Size& size, const Errors& eps) {
      return bound(kappa, size.V, size.B, eps.content, eps.slot);
    };
  }
};

// The lemma with its identity, its bound, and the one that certificates use.
Lemma with_rule(Lemma lemma, const std::string& domain, Build build, const Stated& stated,
                const Stated& rule) {
  lemma.statements = {
      identity(lemma.name + "_eq", domain, build),
      errors(lemma.name + "_error_le", domain, stated.formula, build, true, stated.at_size()),
      errors(lemma.name + "_error_le (rule)", domain, rule.formula, build, false, rule.at_size())};
  return lemma;
}

// Slots b < B and every integer beta: below -1 and above B as good as those.
Claims scatter_claims(const Size& size, const Errors& eps, const Level& level, bool difference) {
  Claims claims;
  const Integer B(size.B);
  for (Integer beta = -1; beta <= B; ++beta)
    for (std::size_t b = 0; b < size.B; ++b) {
      Arguments arguments;
      const Register x = arguments.add("x", {0, size.V}), y = arguments.add("y", {0, size.V});
      const Register slot = arguments.add("beta", {-1, Rational(B)});
      Parameters parameters;
      const Affine exact_x = parameters.add("x", Span::of(0, size.V));
      Values values{{x, exact_x + parameters.error("x", eps.content)}};
      Affine target = exact_x;
      if (difference) {
        const Affine exact_y = parameters.add("y", Span::of(0, size.V));
        values[y] = exact_y + parameters.error("y", eps.content);
        target = target - exact_y;
      }
      const Affine place = beta == -1  ? parameters.add("beta", Span::up_to(-1))
                           : beta == B ? parameters.add("beta", Span::from(Rational(B)))
                                       : Affine(Rational(beta));
      values[slot] = place + parameters.error("beta", eps.slot);
      const ReluSum sum =
          difference ? scatter_difference(x, y, slot, size.B).at(b) : scatter(x, slot, size.B).at(b);
      claims.push_back(claim(text(size, beta) + ", slot " + std::to_string(b), parameters, sum, values,
                             beta == Integer(b) ? target : Affine(0), level));
    }
  return claims;
}

Claims scatter_one(const Size& size, const Errors& eps, const Level& level) {
  return scatter_claims(size, eps, level, false);
}
Claims scatter_two(const Size& size, const Errors& eps, const Level& level) {
  return scatter_claims(size, eps, level, true);
}

Lemma scatter_lemma() {
  const std::string domain = "every real x in [0, V], every integer beta, every slot";
  return {"scatter",
          "step 3 of Theorem B.3, layer (1) of Lemma A.12",
          {identity("scatter_eq", domain, scatter_one),
           errors("scatter_error_le", domain, "eps_x + 4g(κ, 1 - 2(V + 1)eps_beta - eps_x)", scatter_one,
                  true, [](const Rational& kappa, const Size& size, const Errors& eps) {
                    return scatter_error_bound(kappa, size.V, eps.content, eps.slot);
                  })}};
}

Lemma scatter_difference_lemma() {
  const std::string domain = "all real x, y in [0, V], every integer beta, every slot";
  return {
      "scatter_difference",
      "ours (telescoping memory)",
      {identity("scatter_difference_eq", domain, scatter_two),
       errors("scatter_difference_error_le", domain, "eps_x + eps_y + 4g(κ, 1 - 2(V + 1)eps_beta - eps_x)",
              scatter_two, true, [](const Rational& kappa, const Size& size, const Errors& eps) {
                return scatter_difference_error_bound(kappa, size.V, eps.content, eps.slot);
              })}};
}

// All slots real in [0, V]; beta <= B - 1.
Claims pick_claims(const Size& size, const Errors& eps, const Level& level) {
  Claims claims;
  for (Integer beta = -1; beta < Integer(size.B); ++beta) {
    Arguments arguments;
    Parameters parameters;
    Values values;
    std::vector<Form> slots;
    Affine target = 0;
    for (std::size_t b = 0; b < size.B; ++b) {
      const std::string name = "Z" + std::to_string(b);
      const Register slot = arguments.add(name, {0, size.V});
      slots.emplace_back(slot);
      if (beta == Integer(b)) {
        target = parameters.add(name, Span::of(0, size.V));
        values[slot] = target + parameters.error(name, eps.content);
      } else {
        values[slot] = parameters.add(name, Span::of(-eps.content, size.V + eps.content));
      }
    }
    const Register place = arguments.add("beta", {-1, Rational(size.B) - 1});
    values[place] = (beta < 0 ? parameters.add("beta", Span::up_to(-1)) : Affine(Rational(beta))) +
                    parameters.error("beta", eps.slot);
    claims.push_back(claim(text(size, beta), parameters, pick(slots, place), values, target, level));
  }
  return claims;
}

Lemma pick_lemma() {
  return with_rule(
      {"pick", "layer (3) of Lemma A.12", {}}, "all real Z_b in [0, V], every integer beta <= B - 1",
      pick_claims, {"eps_z + (2B + 1)g(κ, 1 - 2(V + 1)eps_beta - eps_z)", pick_error_bound},
      {"eps_z + 2g(κ, 1 - o) + 2B·g(κ, V + 1 - o), o = 2(V + 1)eps_beta + eps_z", pick_rule_bound});
}

// c in 0..C with C = B, y real in [0, V].
Claims rescale_claims(const Size& size, const Errors& eps, const Level& level) {
  Claims claims;
  for (Integer c = 0; c <= Integer(size.B); ++c) {
    Arguments arguments;
    const Register y = arguments.add("y", {0, size.V}), factor = arguments.add("c", {0, Rational(size.B)});
    Parameters parameters;
    const Affine exact = parameters.add("y", Span::of(0, size.V));
    const Values values{{y, exact + parameters.error("y", eps.content)},
                        {factor, Affine(Rational(c)) + parameters.error("c", eps.slot)}};
    claims.push_back(claim(
        "V = " + to_string(size.V) + ", C = " + std::to_string(size.B) + ", c = " + c.str(), parameters,
        rescale(y, factor, size.B, {0, size.V * Rational(size.B)}), values, Rational(c) * exact, level));
  }
  return claims;
}

Lemma rescale_lemma() {
  return with_rule(
      {"rescale", "step 3 of Theorem B.3, where Lemma A.1 multiplies", {}},
      "every real y in [0, V], every integer c in 0..C, C = B", rescale_claims,
      {"C·eps_y + 2C·g(κ, 1 - 2(V + 1)eps_c - eps_y)", rescale_error_bound},
      {"C·eps_y + g(κ, 1 - o) + 2C·g(κ, V + 1 - o), o = 2(V + 1)eps_c + eps_y", rescale_rule_bound});
}

}  // namespace

std::vector<Lemma> slot_lemmas() {
  return {scatter_lemma(), scatter_difference_lemma(), pick_lemma(), rescale_lemma()};
}

}  // namespace wrought::lemmas
