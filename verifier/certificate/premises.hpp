// What a rule asks of the arguments that it is applied to, and whether that is shown at every token or only where tokens
// generate.
#pragma once

#include <string>

#include "verifier/certificate/knowledge.hpp"
#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

inline const Rational quarter(1, 4);

// An argument of a gadget, and whether all that was asked of it holds everywhere.
struct Argument : Bounds {
  Form form;
};

class Premises {
 public:
  explicit Premises(const Knowledge& knowledge) : knowledge_(knowledge) {}

  Argument any(const Form& form) {
    Argument a{knowledge_.value(form), form};
    everywhere_ = everywhere_ && a.everywhere;
    return a;
  }
  Argument near_integer(const Form& form, const char* name) {
    const Scope scope = knowledge_.integer(form);
    require(scope, std::string(name) + " must be an integer");
    Argument a = any(form);
    a.integer = true;
    if (a.error >= quarter) throw Unproved{std::string(name) + " may be off by " + std::to_string(nearest_double(a.error)) + ", not below 1/4"};
    return a;
  }
  Argument flag(const Form& form, const char* name) {
    Argument a = near_integer(form, name);
    within(form, 0, 1, name);
    return a;
  }
  void within(const Form& form, const Rational& lo, const Rational& hi, const char* name) {
    const Bounds b = knowledge_.value(form);
    require(knowledge_.within(form, lo, hi),
            std::string(name) + " must lie in [" + to_string(lo) + ", " + to_string(hi) + "], known is [" +
                to_string(b.lo) + ", " + to_string(b.hi) + "]");
  }
  bool everywhere() const { return everywhere_; }

 private:
  void require(Scope scope, const std::string& premise) {
    if (scope == Scope::nowhere) throw Unproved{premise};
    everywhere_ = everywhere_ && scope == Scope::everywhere;
  }

  const Knowledge& knowledge_;
  bool everywhere_ = true;
};

}  // namespace wrought::certificate
