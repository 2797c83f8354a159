// One case of a chain of thought that rewrites: which symbol of which expression comes next, with unknowns for where the
// expression before begins, how long it is, where its leftmost handle stands and what that is worth.
//
// s' and s are the positions of the last separator but one (-1 if there is none) and of the last one; between them stands the
// expression before, of length s - s' - 1. The token that generates stands at s + i and generates symbol i + 1 of the new
// expression. If the expression before has a handle, that begins at s' + h; otherwise the expression is one number, the input.
#pragma once

#include "verifier/certificate/case.hpp"
#include "verifier/certificate/rewriting.hpp"

namespace wrought::certificate {

class RewritingCase : public Setting {
 public:
  // Where the symbol that comes next stands: left of the handle's value, in its place, behind it, or at the expression's end, which
  // is a separator or the end; or in the copy of a single number, or behind that.
  enum class Part { left, value, right, separator, end, copy, copy_end };
  static constexpr std::size_t parts = 7;

  // `length`: what a network has positions for. Throws Unproved if that is less than the longest chain of thought.
  RewritingCase(const Rewriting& rewriting, std::size_t length, const Assumptions& assumptions);

  bool is_impossible() const override { return facts_.contradictory(); }
  std::vector<Polynomial> next_token() override;
  Facts& facts() override { return facts_; }
  const Functions& functions() const override { return functions_; }
  const Polynomial& position() const override { return position_; }
  Polynomial token(std::size_t coordinate) override;
  bool is_in_sequence(const Polynomial& position) const override;
  std::optional<Polynomial> payload(std::size_t coordinate, const std::optional<Polynomial>& position) override;
  // last_separator, leftmost_handle, leftmost_value.
  std::optional<Polynomial> landmark(const std::string& lemma, const std::vector<Rational>& numbers) override;
  // last_separator.
  std::optional<Polynomial> landmark_at(const std::string& lemma, const Polynomial& position) override;
  std::string description() const override;

 private:
  bool has_handle() const { return part_ < Part::copy; }
  void place();
  void place_handle();
  Polynomial symbol(const Polynomial& position);
  Polynomial handle_value();

  const Rewriting& rewriting_;
  Part part_;
  Assumptions assumptions_;
  Facts facts_;
  Functions functions_;
  Polynomial before_;  // s'
  Polynomial length_;  // of the expression before
  Polynomial last_;    // s
  Polynomial handle_;  // s' + h
  Polynomial index_;   // i + 1
  Polynomial position_;
};

}  // namespace wrought::certificate
