// Registers of the residual stream, and affine forms over them.
//
// A construction speaks of *registers*: named numbers that a token holds from the stage that writes them to the last
// stage that reads them. Which coordinate of the residual stream carries a register is the layout's business.
// An affine form c_0 + Σ c_r · r costs nothing: heads and hidden units read forms as they are.
#pragma once

#include <map>
#include <string>

#include "constructions/range.hpp"

namespace wrought {

// One number per token. `range` holds it in the ideal semantics at every token that generates.
struct RegisterInfo {
  std::size_t id = 0;
  std::string name;
  Range range;
};

using Register = const RegisterInfo*;

struct RegisterOrder {
  bool operator()(Register a, Register b) const { return a->id < b->id; }
};

class Form {
 public:
  using Terms = std::map<Register, Rational, RegisterOrder>;

  Form() = default;
  // Numbers and registers are forms; the conversions are implicit so that formulas read like formulas.
  Form(int constant) : Form(Rational(constant)) {}                                          // NOLINT
  Form(const Integer& constant) : Form(Rational(constant)) {}                               // NOLINT
  Form(const Rational& constant) : constant_(constant), range_{constant, constant} {}       // NOLINT
  Form(Register r) : terms_{{r, Rational(1)}}, range_(r->range) {}                          // NOLINT

  const Terms& terms() const { return terms_; }
  const Rational& constant() const { return constant_; }
  bool is_constant() const { return terms_.empty(); }

  // A range that holds the form: from its registers, or narrower where a gadget has proved more.
  const Range& range() const { return range_; }

  // The same form, known to stay within `range`.
  Form within(const Range& range) const;
  // The same form with the range that its registers give it: what within() says may be so only where tokens generate.
  Form at_any_token() const;

  Form& operator+=(const Form& other);
  Form& operator-=(const Form& other);
  Form& operator*=(const Rational& factor);

 private:
  Terms terms_;  // no zero coefficients
  Rational constant_ = 0;
  Range range_{0, 0};
};

Form operator+(Form a, const Form& b);
Form operator-(Form a, const Form& b);
Form operator-(Form a);
Form operator*(const Rational& factor, Form a);

// "2·i' - n2 + 1", for people.
std::string to_string(const Form& form);

}  // namespace wrought
