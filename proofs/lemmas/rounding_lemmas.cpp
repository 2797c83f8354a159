// What p-bit rounding does to a dot product, and to one of near multiples of a power of two.
#include <algorithm>

#include "proofs/lemmas/lemma.hpp"
#include "verifier/certificate/errors.hpp"
#include "verifier/numbers/binary_float.hpp"

namespace wrought::lemmas {

namespace {

struct Term {
  Rational w, x;
};

// The products of two p-bit significands, times ±2^e for least_e <= e <= most_e.
std::vector<Term> terms(unsigned p, int least_e, int most_e) {
  std::vector<Term> result;
  const int least = 1 << (p - 1), most = (1 << p) - 1;
  for (int e = least_e; e <= most_e; ++e)
    for (const int sign : {1, -1})
      for (int w = least; w <= most; ++w)
        for (int x = w; x <= most; ++x) {
          const Rational scale = e >= 0 ? Rational(1 << e) : Rational(1, 1 << -e);
          result.push_back({Rational(w), sign * scale * x});
        }
  return result;
}

// Rounding commutes with scaling by powers of two, so the first term of a sum is taken with e = 0 and sign +.
class DotProducts {
 public:
  DotProducts(unsigned p, std::size_t length, int exponents)
      : p_(p),
        bits_(p),
        length_(length),
        gamma_(*certificate::rounding(p, Integer(length))),
        all_(terms(p, -exponents, exponents)),
        first_(terms(p, 0, 0)) {
    for (const Term& term : all_) all_values_.push_back({bits_.from(term.w), bits_.from(term.x)});
  }

  Finding run() {
    for (const Term& term : first_) {
      if (term.x < 0) continue;
      BinaryFloat acc;
      bits_.add_product(acc, bits_.from(term.w), bits_.from(term.x));
      extend(1, acc, term.w * term.x, term.w * term.x);
    }
    ++finding_.claims;
    finding_.tightest = "p = " + std::to_string(p_) + ", l = " + std::to_string(length_);
    finding_.bound_there = gamma_;
    return finding_;
  }

 private:
  void extend(std::size_t count, const BinaryFloat& acc, const Rational& exact, const Rational& size) {
    if (count == length_) return compare(acc, exact, size);
    for (std::size_t i = 0; i < all_.size(); ++i) {
      BinaryFloat next = acc;
      bits_.add_product(next, all_values_[i].first, all_values_[i].second);
      const Rational product = all_[i].w * all_[i].x;
      extend(count + 1, next, exact + product, size + abs(product));
    }
  }

  void compare(const BinaryFloat& acc, const Rational& exact, const Rational& size) {
    ++finding_.boxes;
    const Rational error = abs(Rational(bits_.enclosure(acc)->lower - exact)), bound = gamma_ * size;
    finding_.tightness = std::max(finding_.tightness, nearest_double(error / bound));
    if (error <= bound || finding_.outcome == Outcome::refuted) return;
    finding_.outcome = Outcome::refuted;
    finding_.witness = "the sum " + to_string(exact) + " is computed as " + bits_.text(acc);
  }

  unsigned p_;
  Bits bits_;
  std::size_t length_;
  Rational gamma_;
  std::vector<Term> all_, first_;
  std::vector<std::pair<BinaryFloat, BinaryFloat>> all_values_;
  Finding finding_;
};

// Sums of terms near integers (g = 1), in the order in which they are listed; all orders occur.
class NearIntegers {
 public:
  // Sums whose terms are off by less than `most_off`·u together. The lemma says nothing of those that are off by u/4 or more:
  // they are there to see that it does not.
  NearIntegers(unsigned p, std::size_t length, const Rational& most_off)
      : p_(p), bits_(p), length_(length), unit_(1, 1 << p), most_off_(most_off * unit_) {
    const int digits = static_cast<int>(p);
    for (const Term& term : terms(p, -3 * digits - 2, 2 - digits)) {
      const Rational product = term.w * term.x, nearest = Rational(floor(product + Rational(1, 2)));
      const Rational off = abs(Rational(product - nearest));
      if (off < most_off_ && abs(nearest) * unit_ <= 1) all_.push_back({bits_.from(term.w), bits_.from(term.x), nearest, off});
    }
  }

  Finding run() {
    extend(0, BinaryFloat(), 0, 0, 0);
    ++finding_.claims;
    finding_.tightest = "l = " + std::to_string(length_);
    return finding_;
  }

 private:
  struct NearTerm {
    BinaryFloat w, x;
    Rational nearest, off;
  };

  void extend(std::size_t count, const BinaryFloat& acc, const Rational& meant, const Rational& size, const Rational& off) {
    if (count == length_) {
      if (const auto bound = certificate::sum_near_multiples(p_, 1, size, off, Integer(length_))) compare(acc, meant, *bound);
      return;
    }
    for (const NearTerm& term : all_) {
      const Rational all_off = off + term.off, all_size = size + abs(term.nearest);
      if (all_off >= most_off_ || all_size * unit_ > 1) continue;
      BinaryFloat next = acc;
      bits_.add_product(next, term.w, term.x);
      extend(count + 1, next, meant + term.nearest, all_size, all_off);
    }
  }

  void compare(const BinaryFloat& acc, const Rational& meant, const Rational& bound) {
    ++finding_.boxes;
    const Rational error = abs(Rational(bits_.enclosure(acc)->lower - meant));
    if (meant == 0 && bound > 0) {
      const double ratio = nearest_double(error / bound);
      if (ratio > finding_.tightness) finding_.tightness = ratio, finding_.bound_there = bound;
    }
    if ((meant == 0 ? error <= bound : error == 0) || finding_.outcome == Outcome::refuted) return;
    finding_.outcome = Outcome::refuted;
    finding_.witness = "what is meant to be " + to_string(meant) + " is computed as " + bits_.text(acc);
  }

  unsigned p_;
  Bits bits_;
  std::size_t length_;
  Rational unit_, most_off_;
  std::vector<NearTerm> all_;
  Finding finding_;
};

Finding near_multiples_check() {
  Finding finding;
  finding.add(NearIntegers(3, 2, 1).run());
  finding.add(NearIntegers(4, 2, 1).run());
  finding.add(NearIntegers(4, 3, Rational(1, 4)).run());
  return finding;
}

Finding dot_product_check() {
  Finding finding;
  finding.add(DotProducts(3, 2, 5).run());
  finding.add(DotProducts(3, 3, 2).run());
  finding.add(DotProducts(4, 2, 4).run());
  return finding;
}

}  // namespace

std::vector<Lemma> rounding_lemmas() {
  return {{"dot_product_rounding",
           "the paper's log-precision, made exact",
           {{"dot_product_rounding_le",
             "every p-bit w, x with exponents at most 2 to 5 apart, (p, l) in {(3,2), (3,3), (4,2)} (for all "
             "p and l: the proof in words)",
             "l·u/(1 - l·u)·Σ|w_i x_i|, u = 2^-p",
             Method::enumeration,
             {},
             dot_product_check}}},
          {"near_multiples",
           "rounding makes integers exact",
           {{"sum_near_multiples",
             "every p-bit w, x with w·x near integers of sum up to 2^p, (p, l) in {(3,2), (4,2), (4,3)} (for all p and l: the "
             "proof in words)",
             "0 where the sum is not meant to be 0, else 2·Σ t_i, t_i the distances, if that is below 2^-p/2",
             Method::enumeration,
             {},
             near_multiples_check}}}};
}

}  // namespace wrought::lemmas
