// What is known of unknown integers in one case of a symbolic run.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "verifier/certificate/inequalities.hpp"

namespace wrought::certificate {

// A function applied to numbers: equal applications are equal numbers, whatever their unknowns turn out to be.
struct Application {
  std::string function;
  std::vector<Rational> numbers;
  std::vector<Polynomial> operands;

  friend bool operator<(const Application& a, const Application& b) {
    return std::tie(a.function, a.numbers, a.operands) < std::tie(b.function, b.numbers, b.operands);
  }
};

class Facts {
 public:
  // A new *control* unknown: a length, a coordinate or a position, an integer in lo..hi. Cases split on those.
  Polynomial control(const std::string& label, const Rational& lo, const Rational& hi);
  // The unknown that stands for an application, an integer in lo..hi or a real number in [lo, hi]; made at first use.
  Polynomial integer(const Application& application, const Rational& lo, const Rational& hi);
  Polynomial real(const Application& application, const Rational& lo, const Rational& hi);
  // A new number of which nothing at all is known.
  Polynomial anything(const std::string& label);

  // What an unknown stands for, if it is an application.
  const Application* definition(Unknown x) const;

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
  std::string text(const Polynomial& p) const;  // for messages

 private:
  struct Info {
    std::string label;  // for messages; two unknowns may share one
    Rational lo, hi;
    bool control = false, integer = true, bounded = true;
  };

  Polynomial add(const Info& info);
  Polynomial apply(const Application& application, const Rational& lo, const Rational& hi, bool integer);
  std::string text(const Application& application) const;
  bool solve(const Polynomial& zero);

  std::vector<Info> unknowns_;
  std::map<Application, Unknown> applications_;
  std::map<Unknown, Application> definitions_;
  std::map<Unknown, Polynomial> solved_;
  Inequalities known_;
};

}  // namespace wrought::certificate
