// What the tests of the gadgets share beyond evaluating them.
#pragma once

#include <string>
#include <vector>

#include "constructions/residual/layout.hpp"
#include "tests/constructions/residual/evaluate.hpp"

namespace wrought {

// The sharpnesses and tolerances at which every smooth bound is tested; small κ is where GeLU is furthest from ReLU.
inline const std::vector<Rational> kappas{4, 8, 12, 20};
inline const std::vector<Rational> tolerances{0, Rational(1, 100), Rational(1, 10), Rational(6, 25)};

// Hidden units of the feed-forward block that computes the sums together. `program` holds their arguments, nothing else.
inline Eigen::Index hidden_units(Program& program, const std::vector<ReluSum>& sums) {
  std::vector<Form> outputs;  // of the arguments too, so that no coordinate has to be cleared
  for (const RegisterInfo& argument : program.registers()) outputs.emplace_back(&argument);
  for (const ReluSum& sum : sums) outputs.push_back(program.compute("result", sum));
  for (std::size_t c = 0; c < outputs.size(); ++c) program.output(c, outputs[c]);
  return lay_out(program, {}, outputs.size(), Schedule::shallow).network.layers.at(0).w1.rows();
}

}  // namespace wrought
