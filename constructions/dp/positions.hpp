// Where states and symbols stand in the sequence, as polynomials.
//
// Sequence format (paper (10)): s^1 |_1 s^2 |_2 … state_0 state_1 … answer. Positions count from 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "constructions/dp/problem.hpp"

namespace wrought {

// The variables of the polynomials of a problem: loop variables, lengths, then one for every expression in a
// position that is neither (an *atom*: a fetched value, a minimum, …).
class Variables {
 public:
  explicit Variables(const Problem& problem) : problem_(&problem) {}

  Polynomial::Variable loop(std::size_t index) const { return index; }
  Polynomial::Variable length(std::size_t sequence) const { return problem_->loops.size() + sequence; }
  Polynomial::Variable atom(const Expr& expression);

  bool is_loop(Polynomial::Variable v) const { return v < problem_->loops.size(); }
  bool is_length(Polynomial::Variable v) const { return !is_loop(v) && v < first_atom(); }
  std::size_t sequence_of(Polynomial::Variable v) const { return v - problem_->loops.size(); }
  const Expr& atom_of(Polynomial::Variable v) const { return atoms_.at(v - first_atom()); }

  std::string name(Polynomial::Variable v) const;

  // The expression as a polynomial; whatever is not a sum of loop variables and lengths becomes an atom.
  Polynomial polynomial(const Expr& expression);

 private:
  Polynomial::Variable first_atom() const { return problem_->loops.size() + problem_->inputs.size(); }

  const Problem* problem_;
  std::vector<Expr> atoms_;
};

// Rank of the state at the loop variables and number of states, summed over the loop nest.
void derive_ranks(Problem& problem);

// Positions in terms of the lengths.
Polynomial separator_position(const Problem& problem, std::size_t sequence);
Polynomial first_symbol_position(const Problem& problem, std::size_t sequence);
Polynomial first_state_position(const Problem& problem);
// L for given lengths, the answer included.
Polynomial sequence_length(const Problem& problem);

// What a transition reads: a symbol or a field of an earlier state, and where that stands while the state at the loop
// variables is being generated. Where cases(i == 0, …) guards the reading, i is replaced by 0 in the formulas.
struct Dependency {
  Expr expression;                     // expr::Symbol, expr::StateValue or expr::Back
  std::size_t field;                   // of the token; 0 for symbols
  std::optional<Polynomial> position;  // from the start of the sequence; unknown for what stands some way back
  Polynomial distance;                 // position being generated minus `position`
  std::optional<Expr> at_most;         // a stated bound on the distance
};

// Everything the transition reads, each once, in the order in which it is needed.
std::vector<Dependency> dependencies(const Problem& problem, Variables& variables);

// True if the dependency is the token that generates: it stands one position back, always.
bool is_previous_token(const Dependency& dependency);

// Whether a position can be computed: every monomial in one variable only, lengths to the first power (§6).
bool is_admissible(const Polynomial& position, const Variables& variables);

// How a dependency's position is best computed: from the position of the token that generates (distance) or from the
// start of the sequence, whichever needs fewer tables.
enum class Anchor { generated_token, sequence_start };
Anchor cheaper_anchor(const Dependency& dependency, const Variables& variables);

// m of Definition 5.3: no dependency that a transition needs, symbols included, stands further back than this, for any
// lengths up to the bounds. An upper bound from the ranges of the loop variables and from distance_bound().
Integer max_distance(const Problem& problem, const std::vector<std::int64_t>& max_lengths);

// The same as formulas in the lengths, one per dependency, loop variables put at their bounds; or the bound that is stated.
// Right if no loop variable is ever below 0.
Polynomial distance_bound(const Problem& problem, const Dependency& dependency, Variables& variables);

// The largest (or least) value of p, which is monotone in each of the `loops` outermost loop variables, as a formula in the
// lengths: loop variables are replaced by their bounds, innermost first.
Polynomial extreme_over_loops(Polynomial p, std::size_t loops, bool largest, const Problem& problem, Variables& variables);

// L at given lengths, exactly.
Integer sequence_length_at(const Problem& problem, const std::vector<std::int64_t>& lengths);

// The largest L over all lengths n_k in 1..max_k. Throws Inadmissible if the number of states can shrink as lengths
// grow and there are too many lengths to try.
Integer max_sequence_length(const Problem& problem, const std::vector<std::int64_t>& max_lengths);

}  // namespace wrought
