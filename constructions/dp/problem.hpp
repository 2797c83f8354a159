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
#include <functional>
#include <optional>
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
  std::optional<Expr> at_most;  // at each state, over lengths and loops
};

// States without coordinates that follow one another until a condition on the last one holds.
struct Repetition {
  Expr until;          // over last values and lengths
  Polynomial at_most;  // states there can be, in the lengths
};

// A condition on the lengths that inputs must meet, and what to say to those that do not.
struct Requirement {
  Expr condition;
  std::string meaning;
};

struct Problem {
  std::string name;
  std::vector<InputSequence> inputs;
  std::vector<Loop> loops;             // outermost first; none with a repetition
  std::optional<Repetition> repetition;
  std::vector<Field> fields;
  std::vector<Requirement> requirements;
  std::vector<Expr> transition;        // one expression per field
  Expr answer = 0;

  // What else is wrong with inputs of the right form; an empty text if nothing. May be empty itself.
  std::function<std::string(const std::vector<std::vector<std::int64_t>>&)> input_error;

  // Number of states before the one at the loop variables, and in all (with a repetition: at most); in the variables of
  // positions.hpp.
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

// A token some way back.
class TokenHandle {
 public:
  explicit TokenHandle(Expr distance) : distance_(std::move(distance)) {}
  TokenHandle(std::string reading, Expr distance, Expr at_most)
      : reading_(std::move(reading)), distance_(std::move(distance)), at_most_(std::move(at_most)) {}
  Expr operator[](const FieldHandle& field) const {
    return make_expr(expr::Back{field.index, field.name, distance_, reading_, at_most_});
  }

 private:
  std::string reading_;
  Expr distance_;
  std::optional<Expr> at_most_;
};

Expr length(const InputHandle& input);

class ProblemBuilder {
 public:
  explicit ProblemBuilder(std::string name);

  InputHandle input(const std::string& name, std::int64_t lo, std::int64_t hi);
  // What was stated of an input.
  const InputSequence& symbols(const InputHandle& input) const { return problem_.inputs.at(input.index); }
  // The next inner loop.
  Expr loop(const std::string& name, const Expr& lo, const Expr& hi);
  // Instead of loops: states follow one another until `until`, a condition on last(…), holds after one; at most
  // `at_most` of them, a polynomial in length_variable(…).
  void repeat_until(const Expr& until, const Polynomial& at_most);
  Polynomial length_variable(const InputHandle& input) const;
  // With repeat_until: the token `distance` positions before the state that is generated, and whether that is the first.
  TokenHandle back(const Expr& distance) const { return TokenHandle(distance); }
  // The same with a name for people, as in "symbol to copy", and a bound that the distance never exceeds where the token is
  // read, in constants and lengths: m-locality where the formula of the distance does not show it. solve() checks it.
  TokenHandle back(const std::string& reading, const Expr& distance, const Expr& at_most) const {
    return TokenHandle(reading, distance, at_most);
  }
  Expr is_first() const { return make_expr(expr::IsFirst{}); }

  // A field of every state's value, and the range it never leaves.
  FieldHandle value(const std::string& name, const Expr& lo, const Expr& hi);
  // What a field is at most at each state, over lengths and loop variables: with that a certificate proves by induction that
  // it keeps to its range. At most `lo..hi` besides.
  void at_most(const FieldHandle& field, const Expr& most);

  // Lengths are admissible only where `condition`, over lengths, holds; `meaning` says so to people.
  void require(const Expr& condition, const std::string& meaning);
  // Inputs are admissible only where `error` returns an empty text.
  void check_inputs(std::function<std::string(const std::vector<std::vector<std::int64_t>>&)> error) {
    problem_.input_error = std::move(error);
  }

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
