// A problem's expressions as feed-forward steps: the paper's Assumptions B.1 and B.2 made constructive.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "constructions/dp/expression.hpp"
#include "constructions/dp/positions.hpp"
#include "constructions/residual/program.hpp"

namespace wrought {

// Compiles expressions to forms over registers; every distinct sub-expression once.
class ExpressionCompiler {
 public:
  // `leaf` gives the form of a loop variable, a length, a symbol, a state's value or the last value.
  ExpressionCompiler(Program& program, std::function<Form(const Expr&)> leaf)
      : program_(program), leaf_(std::move(leaf)) {}

  Form compile(const Expr& expression);

 private:
  Form compile_new(const Expr& expression);

  Program& program_;
  std::function<Form(const Expr&)> leaf_;
  std::map<std::string, Form> known_;
};

// An admissible polynomial as a form: linear terms as they are, the rest by one table per variable (§6).
Form compile_polynomial(Program& program, const std::string& name, const Polynomial& polynomial,
                        const std::function<Form(Polynomial::Variable)>& value);

}  // namespace wrought
