// Quantities that depend on the position and on symbols at and before a token: on x_0, x_1, …, x_k being the symbol k tokens
// back, or the first one where there are not so many.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "verifier/certificate/gadgets.hpp"
#include "verifier/certificate/knowledge.hpp"

namespace wrought::certificate {

struct Interval {
  Rational lo, hi;

  static Interval point(const Rational& x) { return {x, x}; }
  bool is_point() const { return lo == hi; }
};

// Symbols, or ranges of them, by how far back they stand.
using NearSymbols = std::map<std::size_t, Interval>;

// A position, or all positions from it on.
struct Where {
  std::size_t from = 0;
  bool onwards = false;
};

class Window {
 public:
  // Keeps the reference. Throws Unproved for a form that depends on more, or is not known at every token.
  Window(const Knowledge& knowledge, Form form);

  // The form, when symbols are as given; one that is not given may be any.
  Interval value(const NearSymbols& symbols, const Where& where) const;

  // How far back the symbols stand that it depends on.
  const std::set<std::size_t>& depends_on() const { return symbols_; }

  // Two symbols of the same signature, k tokens back, make no difference to the form. Nothing if symbols k tokens back are
  // combined with others before anything is decided of them alone.
  std::optional<std::vector<Rational>> signature(std::size_t k, std::int64_t symbol) const;

 private:
  // A sum of thresholds: values[i] from at[i - 1] on, below at[i].
  struct StepFunction {
    std::vector<Rational> at, values;
  };
  using Known = std::map<QuantityId, Interval>;

  std::set<std::size_t> explore(const Form& form);
  std::set<std::size_t> explore(QuantityId id);
  std::set<std::size_t> explore(const Piece& piece);
  std::size_t symbol_before(QuantityId id) const;
  void require_no_symbol_alone(const Form& form);

  Interval value(const Form& form, const NearSymbols& symbols, const Where& where, Known& known) const;
  Interval value(QuantityId id, const NearSymbols& symbols, const Where& where, Known& known) const;
  Interval value(const Piece& piece, const NearSymbols& symbols, const Where& where, Known& known) const;
  Interval feature(QuantityId id, const Where& where) const;
  static Interval value(const StepFunction& f, const Interval& x);

  const Knowledge& knowledge_;
  const Certificate& certificate_;
  Form form_;
  std::map<QuantityId, std::set<std::size_t>> explored_;           // what each quantity depends on
  std::map<QuantityId, std::size_t> back_;                         // of symbols that heads bring
  std::map<const Piece*, StepFunction> steps_;
  std::map<std::size_t, std::vector<const Piece*>> alone_;         // pieces that depend on one symbol
  std::set<std::size_t> combined_;                                 // symbols that others are combined with as they are
  std::set<std::size_t> symbols_;
};

}  // namespace wrought::certificate
