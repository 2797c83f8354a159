// What is known of unknown integers in one case of a symbolic run.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/certificate/inequalities.hpp"

namespace wrought::certificate {

class Facts {
 public:
  // A new unknown integer in lo..hi. A *control* unknown is a length, a coordinate or a position: cases split on those.
  Polynomial unknown(const std::string& name, const Rational& lo, const Rational& hi, bool control);
  // The unknown of this name, made at first use: equal names are equal numbers.
  Polynomial atom(const std::string& name, const Rational& lo, const Rational& hi);
  // The same for a number that need not be an integer, and for one of which nothing at all is known.
  Polynomial real(const std::string& name, const Rational& lo, const Rational& hi);
  Polynomial nameless(const std::string& name);

  // From now on p >= 0. If then p = 0, one of its unknowns is solved for.
  void assume(const Polynomial& p);
  // Narrows the ranges of control unknowns to what the inequalities imply.
  void tighten();
  bool imply(const Polynomial& p) const;
  bool contradictory() const { return known_.contradictory(); }

  // The same number, solved unknowns replaced.
  Polynomial reduce(Polynomial p) const;
  // Nothing if p contains a number of which nothing is known.
  std::optional<std::pair<Rational, Rational>> range(const Polynomial& p) const;
  bool is_control(const Polynomial& p) const;
  // Whether p is an integer for all integer values of its unknowns.
  bool is_integer(const Polynomial& p) const;
  std::string text(const Polynomial& p) const;

 private:
  struct Info {
    std::string name;
    Rational lo, hi;
    bool control = false, integer = true, bounded = true;
  };

  Polynomial add(const std::string& name, const Info& info);
  bool solve(const Polynomial& zero);

  std::vector<Info> unknowns_;
  std::map<std::string, Unknown> atoms_;
  std::map<Unknown, Polynomial> solved_;
  Inequalities known_;
};

}  // namespace wrought::certificate
