// Programs to lay out: those of the tasks, and random ones that no construction would ask for.
#pragma once

#include <deque>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "constructions/compile.hpp"
#include "constructions/tasks/edit_distance.hpp"
#include "constructions/tasks/lagged_recurrence.hpp"
#include "constructions/tasks/lis.hpp"
#include "constructions/tasks/reversed_sums.hpp"

namespace wrought {

inline const std::vector<AttentionKind> attention_kinds{AttentionKind::standard, AttentionKind::sparse,
                                                        AttentionKind::strided, AttentionKind::linear};

struct SmallTask {
  Problem problem;
  std::vector<std::int64_t> max_lengths;
  Inputs inputs;
};

// One of them m-local, so that windows and telescoping memory are among the programs.
inline std::vector<SmallTask> small_tasks() {
  return {{edit_distance({1, 2, 3}, 3), {2, 3}, {{1, 3}, {3, 1, 2}}},
          {longest_increasing_subsequence(4), {3}, {{2, 0, 4}}},
          {reversed_sums(3), {5}, {{2, 0, 1, 2, 2}}},
          {lagged_recurrence(3, 8, 2), {3}, {{1, 0, 1}}}};
}

inline Program program_of(const Construction& c) {
  return program_for(c.problem, c.max_lengths, c.plan, c.format);
}

// Feed-forward and attention steps over forms in registers picked at random. Nobody needs some of the results.
class RandomProgram {
 public:
  static constexpr std::size_t length = 7, token_width = 2;

  RandomProgram(unsigned seed, bool is_linear) : random_(seed), is_linear_(is_linear), program_(length) {
    for (std::size_t c = 0; c < token_width; ++c)
      readable_.push_back(program_.token("t" + std::to_string(c), c, {-3, 3}));
    readable_.push_back(program_.position("p", {0, 1, 2, 3, 4, 5, 6}));
    for (int step = 0; step < 10; ++step) add_step("s" + std::to_string(step));
    for (std::size_t c = 0; c < token_width; ++c) program_.output(c, form());
  }

  const Program& program() const { return program_; }

  std::vector<Token> tokens() {
    std::vector<Token> result(length);
    for (Token& token : result) token = {any(-3, 3), any(-3, 3)};
    return result;
  }

 private:
  int any(int lo, int hi) { return std::uniform_int_distribution<int>(lo, hi)(random_); }

  Form any_register() {
    return readable_[static_cast<std::size_t>(any(0, static_cast<int>(readable_.size()) - 1))];
  }

  Form form() {
    return Rational(any(-2, 2)) * any_register() + Rational(any(1, 2)) * any_register() + any(-1, 1);
  }

  ReluSum sum() {
    ReluSum result = linear(Rational(any(0, 1)) * form());
    for (int units = any(1, 3); units > 0; --units) result.units.push_back(relu(form(), any(-1, 1)));
    return with_range(result, anything_);
  }

  QueryKeyForm query_or_key() { return is_linear_ ? QueryKeyForm{any(0, 2), 0} : QueryKeyForm{form(), 0}; }

  void add_step(const std::string& name) {
    const bool may_start_early = program_.steps().empty() || any(0, 1) == 0;
    switch (any(0, 2)) {
      case 0:
        for (const Register r : program_.compute_all(
                 name, {sum(), sum()}, may_start_early ? std::nullopt : std::optional(program_.last_step())))
          readable_.push_back(r);
        return;
      case 1: return attend(name, std::nullopt);
      default: return attend(name, program_.compute_all("under " + name, {sum()}).front());
    }
  }

  // A head that writes two registers, the first of them onto `old` if there is one.
  void attend(const std::string& name, std::optional<Register> old) {
    AttentionStep step;
    const Register first = program_.declare(name + " first", anything_),
                   second = program_.declare(name + " second", anything_);
    if (old) step.accumulated.emplace_back(first, *old);
    step.heads.push_back(
        {name,
         {query_or_key()},
         {query_or_key()},
         {{old ? Form(*old) : form(), any(1, 2), first}, {form(), 1, second}, {form(), -1, first}}});
    program_.attend(name, std::move(step));
    readable_.push_back(first);
    readable_.push_back(second);
  }

  // So wide that no unit is known to be inactive.
  static inline const Range anything_{-1000000, 1000000};

  std::mt19937 random_;
  bool is_linear_;
  Program program_;
  std::vector<Register> readable_;
};

// Calls check(program) for all programs of the tasks and some random ones.
template <class Check>
void for_each_program(Check&& check) {
  for (const SmallTask& task : small_tasks())
    for (const AttentionKind kind : attention_kinds)
      for (const Schedule schedule : all_schedules())
        check(program_of(compile(task.problem, task.max_lengths, kind, schedule)));
  for (unsigned seed = 0; seed < 40; ++seed) check(RandomProgram(seed, seed % 4 == 0).program());
}

}  // namespace wrought
