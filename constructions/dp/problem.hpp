// Stating a dynamic program: inputs, a loop nest of states, a transition, an answer.
//
//     ProblemBuilder p{"edit-distance"};
//     auto a = p.input("a", 1, 26), b = p.input("b", 1, 26);
//     auto i = p.loop("i", 0, length(a)), j = p.loop("j", 0, length(b));
//     p.value("dp", 0, length(a) + length(b));
//     auto up = p.state(i - 1, j), left = p.state(i, j - 1), diagonal = p.state(i - 1, j - 1);
//     p.transition(cases(i == 0, j, j == 0, i, otherwise,
//                        min(up + 1, left + 1, diagonal + (p.at(a, i) != p.at(b, j)))));
//     p.answer(p.last());
//     Problem problem = p.build();
//
// States are the points of the loop nest in its order, the innermost loop fastest. From that the library derives the
// successor of a state, its rank, and how far back each dependency lies (positions.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "constructions/dp/expression.hpp"
#include "constructions/dp/polynomial.hpp"

namespace wrought {

struct InputSequence {
  std::string name;
  std::int64_t lo = 0, hi = 0;  // symbols lie in lo..hi
};

// Bounds are inclusive and affine in lengths and outer loop variables.
struct Loop {
  std::string name;
  Expr lo, hi;
};

// One integer of a state's value; bounds are affine in lengths.
struct Field {
  std::string name;
  Expr lo, hi;
};

// A condition on the lengths that inputs must meet, and what to say to those that do not.
struct Requirement {
  Expr condition;
  std::string meaning;
};

struct Problem {
  std::string name;
  std::vector<InputSequence> inputs;
  std::vector<Loop> loops;             // outermost first
  std::vector<Field> fields;
  std::vector<Requirement> requirements;
  std::vector<Expr> transition;        // one expression per field
  Expr answer = 0;

  // Number of states before the one at the loop variables, and in all; in the variables of positions.hpp.
  Polynomial rank, count;
};

// Handles that the builder gives out.
struct InputHandle {
  std::size_t index;
  std::string name;
};
struct FieldHandle {
  std::size_t index;
  std::string name;
};

// An earlier state; as an expression, the first field of its value.
class StateHandle {
 public:
  StateHandle(std::vector<Expr> coordinates, FieldHandle first)
      : coordinates_(std::move(coordinates)), first_(std::move(first)) {}
  Expr operator[](const FieldHandle& field) const {
    return make_expr(expr::StateValue{field.index, field.name, coordinates_});
  }
  operator Expr() const { return (*this)[first_]; }  // NOLINT(google-explicit-constructor)

 private:
  std::vector<Expr> coordinates_;
  FieldHandle first_;
};

Expr length(const InputHandle& input);

class ProblemBuilder {
 public:
  explicit ProblemBuilder(std::string name);

  InputHandle input(const std::string& name, std::int64_t lo, std::int64_t hi);
  // The next inner loop.
  Expr loop(const std::string& name, const Expr& lo, const Expr& hi);
  // A field of every state's value, and the range it never leaves.
  FieldHandle value(const std::string& name, const Expr& lo, const Expr& hi);

  // Lengths are admissible only where `condition`, over lengths, holds; `meaning` says so to people.
  void require(const Expr& condition, const std::string& meaning);

  template <class... Coordinates>
  StateHandle state(const Coordinates&... coordinates) const {
    return state_at({Expr(coordinates)...});
  }
  // The 1-based symbol of an input.
  Expr at(const InputHandle& input, const Expr& index) const;

  // The value of the state being generated, field by field in the order of value().
  template <class... Values>
  void transition(const Values&... values) {
    problem_.transition = {Expr(values)...};
  }
  // The first field of the last state, or any field.
  Expr last() const;
  Expr last(const FieldHandle& field) const;
  void answer(const Expr& value);

  // Throws Inadmissible, naming the offending piece, what is wrong with it and what would be admissible.
  Problem build();

 private:
  StateHandle state_at(std::vector<Expr> coordinates) const;

  Problem problem_;
  bool has_answer_ = false;
};

}  // namespace wrought
