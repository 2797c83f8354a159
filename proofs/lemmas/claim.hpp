// A claim about a whole box of parameters, and how it is proved: |error(t)| <= bound for every t in the box.
//
// The box is subdivided until every part is proved, a point of some part refutes the claim, or the allowance of parts is used
// up. Nothing is concluded from samples: points serve to refute, and to say how nearly the bound is reached.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "proofs/lemmas/affine.hpp"

namespace wrought::lemmas {

enum class Outcome { proved, refuted, unknown };

std::string name(Outcome outcome);

struct Cut {
  std::size_t parameter = 0;
  Rational at;
};

class Claim {
 public:
  virtual ~Claim() = default;

  // Contains the error at every point of the part; exact or rounded outward.
  virtual Span enclose(const Box& part) const = 0;
  // Points of the part, each as a box, where the error may be large. A part that is a single point needs none.
  virtual std::vector<Box> promising(const Box& part) const;
  // Where to divide a part that is not a single point.
  virtual Cut cut(const Box& part) const;

  std::string where;                    // which case of the lemma, with its numbers
  std::vector<std::string> parameters;  // their names, in the box's order
  Box box;
  Rational bound = 0;
  // False for an auxiliary claim whose bound says nothing about the lemma's.
  bool measures_tightness = true;
};

// What came of one claim or of many.
struct Finding {
  Outcome outcome = Outcome::proved;
  std::size_t claims = 0, boxes = 0;
  // How nearly the bound is reached: the largest |error| certainly attained, over the bound, and where. Not for bound 0.
  double tightness = 0;
  std::string tightest;
  Rational bound_there = 0;
  std::string witness;  // of a refutation, or where the proof got stuck

  // Takes the worse outcome; the first witness of it stays.
  void add(const Finding& other);
};

// Boxes after which a proof is given up, and boxes spent on seeing how tight a proved bound is.
struct Effort {
  std::size_t most_boxes = 20000;
  std::size_t tightening = 12;
};

Finding prove(const Claim& claim, const Effort& effort = {});

using Claims = std::vector<std::unique_ptr<Claim>>;

Finding prove(const Claims& claims, const Effort& effort = {});

}  // namespace wrought::lemmas
