// m-local problems: what the tests of windows (C3) and of telescoping memory (C4) share.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "constructions/dp/locality.hpp"
#include "constructions/residual/layout.hpp"
#include "tests/constructions/task_cases.hpp"

namespace wrought {

inline std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

inline std::size_t m_of(const TaskCase& c) {
  return static_cast<std::size_t>(max_distance(c.problem, c.max_lengths));
}

inline std::size_t width_of(const TaskCase& c, AttentionKind kind) {
  return shape(compile(c.problem, c.max_lengths, kind, Schedule::narrow).network()).width;
}

// A construction after a change of its plan that plan_construction would not make.
inline Construction changed(const TaskCase& c, AttentionKind kind,
                            const std::function<void(ConstructionPlan&)>& change) {
  Construction construction = compile(c.problem, c.max_lengths, kind, Schedule::narrow);
  change(construction.plan);
  const Program program = program_for(c.problem, c.max_lengths, construction.plan, construction.format);
  construction.layout =
      lay_out(program, construction.plan.attention, construction.format.width(), construction.schedule);
  return construction;
}

inline Report run(const Construction& construction, const std::vector<Token>& prompt,
                  const std::vector<Token>& expected) {
  const auto runner = make_runner(construction.network(), {});
  return check(*runner, prompt, expected);
}

inline std::vector<Token> whole(const ChainOfThought& chain) {
  std::vector<Token> tokens = chain.prompt;
  tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end());
  return tokens;
}

}  // namespace wrought
