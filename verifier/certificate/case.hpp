// One case of the intended run: which token generates, where it stands, and what the dynamic program says comes next; with
// unknowns for lengths, coordinates and values. Knows the problem and nothing of a network.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verifier/certificate/functions.hpp"
#include "verifier/certificate/outcome.hpp"
#include "verifier/certificate/setting.hpp"
#include "verifier/certificate/statement.hpp"

namespace wrought::certificate {

// Which token generates.
enum class At { separator, state, last_state };

// What a case is about.
struct Assumptions {
  At at = At::separator;
  std::size_t branch = 0;            // of a state: the loop that moves on; of a chain that rewrites: RewritingCase::Part
  std::optional<bool> ends;          // of a state of a repetition: whether `until` holds
  std::vector<Polynomial> compared;  // each >= 0; unknowns are numbered alike in all cases that differ in this alone
};

class Case : public Setting {
 public:
  // `length`: what a network has positions for, 0..length - 1. Keeps the reference. Throws Unproved, Undecided.
  Case(const Statement& statement, std::size_t length, const Assumptions& assumptions);
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  bool is_impossible() const override { return facts_.contradictory(); }

  // The token that comes next, coordinate by coordinate. Throws Unproved if the problem reads what may not be there, or where
  // states might not follow each other as the rank says; Undecided.
  std::vector<Polynomial> next_token() override;

  Facts& facts() override { return facts_; }
  const Functions& functions() const override { return functions_; }
  const Polynomial& position() const override { return position_; }
  std::optional<Polynomial> separator_position(std::size_t k) const override;
  Polynomial token(std::size_t coordinate) override;
  // Values of the token, and nothing else of it.
  std::optional<Polynomial> payload(std::size_t coordinate, const std::optional<Polynomial>& position) override;
  // All tokens that the problem reads are.
  bool is_in_sequence(const Polynomial& position) const override;
  // Fields for which it does not follow that the state that comes next keeps to its range, if all earlier ones do. Knows after
  // next_token().
  std::set<std::size_t> fields_at_large() const override { return at_large_; }
  // Whether the problem reads the token there. Knows after next_token().
  bool is_read(const Polynomial& position) const override { return read_.contains(facts_.reduce(position)); }

  std::string description() const override;

 private:
  // Value f of the token at a position of the sequence.
  Polynomial value(std::size_t f, const Polynomial& position);
  void assume_true(const Expression& condition);
  void assume_end();
  void place();
  void place_state();
  void place_next();
  void check_successor() const;

  Polynomial bound(const Expression& e, const std::vector<Polynomial>& coordinates) const;
  Polynomial rank(const std::vector<Polynomial>& coordinates) const;
  std::optional<Polynomial> most_at(std::size_t f, std::vector<Polynomial> coordinates);
  bool keeps_to_its_range(std::size_t f, const Polynomial& value);

  Polynomial evaluate(const Expression& e);
  Polynomial condition(const Expression& e);
  Polynomial sum(const Expression& e);
  Polynomial choice(const Expression& e);
  Polynomial symbol(std::size_t k, const Polynomial& index);
  Polynomial back(const Expression& e);
  Polynomial state(const Expression& e);
  bool is_earlier(const std::vector<Polynomial>& coordinates) const;
  Polynomial read(std::size_t f, const Polynomial& position);
  Polynomial evicted(std::size_t f, const Polynomial& position);

  const Statement& statement_;
  Rational length_;
  Assumptions assumptions_;
  Facts facts_;
  Functions functions_;
  std::vector<Polynomial> lengths_, first_symbol_, coordinates_, next_;
  Polynomial first_state_, position_;
  std::set<Polynomial> read_;  // positions
  std::set<std::size_t> at_large_;
};

}  // namespace wrought::certificate
