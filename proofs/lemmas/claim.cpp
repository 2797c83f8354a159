#include "proofs/lemmas/claim.hpp"

#include <algorithm>
#include <limits>
#include <queue>

namespace wrought::lemmas {

namespace {

bool is_point(const Span& span) { return span.is_bounded() && *span.lo == *span.hi; }

bool is_point(const Box& box) {
  return std::all_of(box.begin(), box.end(), [](const Span& span) { return is_point(span); });
}

// A point of the span: its middle, or one inside if it is unbounded.
Rational middle(const Span& span) {
  if (span.is_bounded()) return (*span.lo + *span.hi) / 2;
  if (span.lo) return *span.lo + 1;
  if (span.hi) return *span.hi - 1;
  return 0;
}

Rational end_or_middle(const Span& span, bool upper) {
  const std::optional<Rational>& end = upper ? span.hi : span.lo;
  return end ? *end : middle(span);
}

// The smallest |x| in the span.
Rational least_magnitude(const Span& span) {
  if (span.lo && *span.lo > 0) return *span.lo;
  if (span.hi && *span.hi < 0) return -*span.hi;
  return 0;
}

struct Part {
  Box box;
  double largest;  // at least |error|
  bool within;     // |error| <= bound, exactly compared

  friend bool operator<(const Part& a, const Part& b) {
    // Parts still to be proved come first.
    return std::make_pair(!a.within, a.largest) < std::make_pair(!b.within, b.largest);
  }
};

class Subdivision {
 public:
  Subdivision(const Claim& claim, const Effort& effort) : claim_(claim), effort_(effort) {
    finding_.claims = 1;
  }

  Finding run() {
    examine(claim_.box);
    while (finding_.outcome != Outcome::refuted && divide_next()) {}
    if (claim_.bound > 0 && claim_.measures_tightness)
      finding_.tightness = nearest_double(attained_ / claim_.bound);
    finding_.tightest = claim_.where;
    finding_.bound_there = claim_.bound;
    return finding_;
  }

 private:
  void examine(Box box) {
    ++finding_.boxes;
    const std::optional<Rational> largest = magnitude(claim_.enclose(box));
    const bool within = largest && *largest <= claim_.bound;
    if (!within || claim_.bound > 0) try_points(box);
    parts_.push({std::move(box), largest ? nearest_double(*largest) : std::numeric_limits<double>::infinity(),
                 within});
  }

  void try_points(const Box& box) {
    if (is_point(box)) return try_point(box);
    for (const Box& point : claim_.promising(box)) try_point(point);
  }

  void try_point(const Box& point) {
    const Rational size = least_magnitude(claim_.enclose(point));
    attained_ = std::max(attained_, size);
    if (size > claim_.bound) stop(Outcome::refuted, point, "the error is at least " + decimal(size));
  }

  // False if there is nothing left to do.
  bool divide_next() {
    const Part next = parts_.top();
    if (next.within) {
      const bool tight = nearest_double(attained_) >= 0.9 * next.largest;
      if (claim_.bound == 0 || tight || finding_.boxes >= effort_.tightening) return false;
    } else if (finding_.boxes >= effort_.most_boxes || is_point(next.box)) {
      stop(Outcome::unknown, next.box, "the error may be " + std::to_string(next.largest));
      return false;
    }
    if (is_point(next.box)) return false;
    parts_.pop();
    const Cut cut = claim_.cut(next.box);
    Box below = next.box, above = next.box;
    below[cut.parameter].hi = cut.at;
    above[cut.parameter].lo = cut.at;
    examine(std::move(below));
    if (finding_.outcome != Outcome::refuted) examine(std::move(above));
    return true;
  }

  static std::string decimal(const Rational& x) {
    return denominator(x) < 1'000'000 ? to_string(x) : "about " + std::to_string(nearest_double(x));
  }

  void stop(Outcome outcome, const Box& box, const std::string& what) {
    finding_.outcome = outcome;
    finding_.witness = claim_.where;
    for (std::size_t i = 0; i < box.size(); ++i)
      finding_.witness +=
          (finding_.witness.empty() ? "" : ", ") + claim_.parameters.at(i) + " = " + to_string(box[i]);
    finding_.witness += ": " + what + ", the bound is " + decimal(claim_.bound);
  }

  const Claim& claim_;
  const Effort& effort_;
  std::priority_queue<Part> parts_;
  Rational attained_ = 0;
  Finding finding_;
};

}  // namespace

std::string name(Outcome outcome) {
  switch (outcome) {
    case Outcome::proved: return "proved";
    case Outcome::refuted: return "refuted";
    case Outcome::unknown: break;
  }
  return "unknown";
}

std::vector<Box> Claim::promising(const Box& part) const {
  Box centre, lower, upper;
  for (const Span& span : part) {
    centre.push_back(Span::at(middle(span)));
    lower.push_back(Span::at(end_or_middle(span, false)));
    upper.push_back(Span::at(end_or_middle(span, true)));
  }
  return {centre, lower, upper};
}

Cut Claim::cut(const Box& part) const {
  // The widest beside the whole box, so that no parameter's unit matters.
  std::size_t widest = 0;
  Rational width = -1;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!part[i].is_bounded()) return {i, middle(part[i])};
    const Rational whole = box[i].is_bounded() ? Rational(*box[i].hi - *box[i].lo) : Rational(1);
    if (whole == 0) continue;
    const Rational relative = (*part[i].hi - *part[i].lo) / whole;
    if (relative > width) {
      widest = i;
      width = relative;
    }
  }
  return {widest, middle(part[widest])};
}

void Finding::add(const Finding& other) {
  const auto badness = [](Outcome o) { return o == Outcome::proved ? 0 : o == Outcome::unknown ? 1 : 2; };
  if (badness(other.outcome) > badness(outcome)) {
    outcome = other.outcome;
    witness = other.witness;
  }
  if (claims == 0 || other.tightness > tightness) {
    tightness = other.tightness;
    tightest = other.tightest;
    bound_there = other.bound_there;
  }
  claims += other.claims;
  boxes += other.boxes;
}

Finding prove(const Claim& claim, const Effort& effort) { return Subdivision(claim, effort).run(); }

Finding prove(const Claims& claims, const Effort& effort) {
  Finding all;
  for (const auto& claim : claims) all.add(prove(*claim, effort));
  return all;
}

}  // namespace wrought::lemmas
