// One case of the intended run, of whatever kind of problem: which token generates, where it stands, what the problem says comes
// next, and what is known of other tokens.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verifier/certificate/functions.hpp"

namespace wrought::certificate {

class Setting {
 public:
  Setting() = default;
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;
  virtual ~Setting() = default;

  virtual bool is_impossible() const = 0;
  // The token that comes next, coordinate by coordinate.
  virtual std::vector<Polynomial> next_token() = 0;

  virtual Facts& facts() = 0;
  virtual const Functions& functions() const = 0;
  virtual const Polynomial& position() const = 0;
  // A coordinate of the token that generates.
  virtual Polynomial token(std::size_t coordinate) = 0;
  // Whether a token stands at `position`, not behind the one that generates.
  virtual bool is_in_sequence(const Polynomial& position) const = 0;
  // A coordinate of the token at a position of the sequence, if it is one that is fetched; with no position, of a token before
  // the first one.
  virtual std::optional<Polynomial> payload(std::size_t coordinate, const std::optional<Polynomial>& position) = 0;
  // Where the separator of input k stands.
  virtual std::optional<Polynomial> separator_position(std::size_t) const { return {}; }
  // What a lemma about this kind of problem says of its conclusion at the token that generates, and at the one at `position`.
  virtual std::optional<Polynomial> landmark(const std::string&, const std::vector<Rational>&) { return {}; }
  virtual std::optional<Polynomial> landmark_at(const std::string&, const Polynomial&) { return {}; }

  virtual bool is_read(const Polynomial&) const { return false; }
  virtual std::set<std::size_t> fields_at_large() const { return {}; }
  virtual std::string description() const = 0;
};

}  // namespace wrought::certificate
