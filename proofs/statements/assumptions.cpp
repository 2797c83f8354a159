// Assumptions B.1 and B.2 on the tasks of the catalogue: how many hidden units their functions take, as compiled.
#include <fmt/format.h>

#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"

namespace wrought::statements {

namespace {

// What a feed-forward step computes: the position of a dependency, the next state, or a function of what was fetched.
enum class Part { position, successor, functions };

Part part_of(const Step& step) {
  const auto begins = [&](const char* prefix) { return step.name.starts_with(prefix); };
  if (begins("position ") || begins("distance ")) return Part::position;
  if (begins("reset ") || begins("next ") || begins("done")) return Part::successor;
  return Part::functions;
}

Rational hidden_units(const Instance& instance, Part part) {
  std::size_t units = 0;
  for (const Step& step : instance.construction->program->steps())
    if (!step.is_attention && part_of(step) == part)
      for (const FeedForwardStep::Output& output : step.feed_forward.outputs)
        units += output.sum.units.size();
  return units;
}

// Hidden units of a part by task, and whether they are as many at every size with every run right.
struct Units {
  bool constant = true, verified = true;
  std::string all, growing, failures;
  std::size_t inputs = 0;
};

Units units_of(Evidence& evidence, Part part) {
  Units result;
  const Measure measure = [part](const Instance& instance) { return hidden_units(instance, part); };
  for (const Family& family : all_families()) {
    const Sweep all = sweep(evidence, family, AttentionKind::standard);
    const std::string text = fmt::format("{} {}", family.task, change_text(all, measure));
    result.all += (result.all.empty() ? "" : ", ") + text;
    result.verified = result.verified && all_verified(all);
    result.inputs += inputs_run(all);
    result.failures += failures_text(all);
    if (is_constant(all, measure)) continue;
    result.constant = false;
    result.growing += (result.growing.empty() ? "" : ", ") + text;
  }
  const Exhausted small = run_on_every_input(evidence, all_families(), AttentionKind::standard);
  result.verified = result.verified && small.verified;
  result.inputs += small.inputs;
  result.failures += small.failure;
  return result;
}

std::string runs_text(const Units& units) {
  return fmt::format("no error in exact arithmetic on {} inputs{}", units.inputs, units.failures);
}

Judgement functions_assumption(Evidence& evidence) {
  const Units functions = units_of(evidence, Part::functions), positions = units_of(evidence, Part::position);
  return judged(
      functions.constant && functions.verified, Verdict::verified,
      fmt::format("hidden units of f and u, the same at every n: {}; {}. What (10) needs besides, and "
                  "the assumption does not name, is "
                  "the absolute position of every state: {}",
                  functions.all, runs_text(functions),
                  positions.constant
                      ? "that takes constantly many units too"
                      : "its units grow for " + positions.growing +
                            " (a table, since the position is quadratic), else they are constant"));
}

Judgement transition_assumption(Evidence& evidence) {
  const Units units = units_of(evidence, Part::successor);
  return judged(
      units.constant && units.verified, Verdict::verified,
      fmt::format("hidden units of the next state and of the last one's flag, the same at every n: {}; {}",
                  units.all, runs_text(units)));
}

}  // namespace

std::vector<Statement> assumptions() {
  return {{"B.1", "f, g, h and u can be approximated by GeLU MLPs of constant size",
           "wrought show lis --size 16 --attention standard", functions_assumption},
          {"B.2", "the next state can be computed from the current one and the lengths by a GeLU MLP",
           "wrought show edit-distance --size 16 --attention standard", transition_assumption}};
}

}  // namespace wrought::statements
