// A claim about any function that can be enclosed.
#pragma once

#include <functional>

#include "proofs/lemmas/claim.hpp"
#include "proofs/lemmas/enclosed.hpp"

namespace wrought::lemmas {

class FunctionClaim : public Claim {
 public:
  using Function = std::function<Enclosed(const std::vector<Enclosed>&)>;

  struct Parameter {
    std::string name;
    Span span;
  };

  // |error(t)| <= limit for all t in the spans.
  FunctionClaim(std::string which, const std::vector<Parameter>& spans, Rational limit, Function error)
      : error_(std::move(error)) {
    where = std::move(which);
    bound = std::move(limit);
    for (const Parameter& parameter : spans) {
      parameters.push_back(parameter.name);
      box.push_back(parameter.span);
    }
  }

  Span enclose(const Box& part) const override {
    std::vector<Enclosed> arguments;
    for (const Span& span : part) arguments.emplace_back(span);
    return error_(arguments).span();
  }

 private:
  Function error_;
};

}  // namespace wrought::lemmas
