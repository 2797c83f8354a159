// Problems whose chain of thought rewrites an expression until one number is left.
//
//     expression = expression' = expression'' = … = value end
//
// Tokens are symbols: those of expressions are 0..separator-1, then come the separator (`=`) and `end`. A *handle* is three
// symbols in a row that a rule turns into one number; which rule, if any, is decided by them and by the symbols before and
// behind. Where the expression begins or ends, that symbol is the separator. Every expression is the one before with its
// leftmost handle replaced by the handle's value.
//
// An input is any sequence of at most `longest` symbols that this makes, step by step, a single number. The prompt is the
// input and a separator; an input of one symbol is written once more.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "verifier/certificate/expression.hpp"
#include "verifier/numbers/rational.hpp"

namespace wrought::certificate {

struct Span {
  std::int64_t lo, hi;

  friend bool operator==(const Span&, const Span&) = default;
};
using SymbolSet = std::vector<Span>;
bool contains(const SymbolSet& set, std::int64_t symbol);

struct Rewriting {
  using Handle = std::array<std::int64_t, 3>;

  struct Rule {
    std::string name;
    std::array<SymbolSet, 3> handle;
    SymbolSet before, behind;
    Expression value;
  };

  std::int64_t longest = 0;  // symbols of an input, at most
  std::int64_t separator = 0, end = 0;
  Span numbers{0, 0};  // what handles become, and what chains end in
  std::vector<Rule> rules;

  // The rule that the window matches, if any.
  const Rule* match(std::int64_t before, const Handle& handle, std::int64_t behind) const;

  // Of an expression, an input: every step takes two symbols away, so that all lengths are odd.
  std::int64_t longest_expression() const { return longest - (longest + 1) % 2; }
  // Of an expression that is generated.
  std::int64_t longest_generated() const { return longest_expression() > 3 ? longest_expression() - 2 : 1; }
  // Of a chain of thought, prompt and `end` included: with 2h - 1 symbols in the input h(h + 1), but 4 for h = 1.
  Integer longest_chain() const;
};

// Of a handle that the rule matches. Throws Unproved for an expression that has no value.
Integer value_of(const Rewriting::Rule& rule, const Rewriting::Handle& handle);

// Throws Rejected unless symbols, sets and bounds make sense and no window matches two rules; Unproved where that is too much
// to check.
void require_well_formed(const Rewriting& rewriting);

// Symbols that no rule tells apart, and which pairs of them are *stuck*: no expression in which they stand side by side is
// ever reduced to one number.
//
// Statement (stuck_pair).  Let S be a set of pairs such that for every (a, b) in S no rule has a and b side by side in a handle,
// (v, b) is in S for every number v if some rule's handle ends with a, and (a, v) is if some rule's handle begins with b. Then
// an expression that holds a pair of S side by side is reduced to none but such.
// Proof. A handle that leaves both in place keeps them side by side, one that holds both does not exist, and one that ends with
// a or begins with b leaves a pair of S. ∎ The largest such S is computed, over classes of symbols.
class SymbolClasses {
 public:
  explicit SymbolClasses(const Rewriting& rewriting);

  // Of a symbol in 0..separator.
  std::size_t of(std::int64_t symbol) const { return of_.at(static_cast<std::size_t>(symbol)); }
  // Whether two symbols may stand side by side in a chain of thought.
  bool may_touch(std::int64_t a, std::int64_t b) const { return !stuck_.contains({of(a), of(b)}); }

 private:
  using Pair = std::pair<std::size_t, std::size_t>;
  bool stays_stuck(const Rewriting& rewriting, const Pair& pair) const;

  std::vector<std::size_t> of_;               // by symbol
  std::vector<std::int64_t> representative_;  // by class
  std::set<std::size_t> numbers_;             // classes of numbers
  std::set<Pair> stuck_;
};

}  // namespace wrought::certificate
