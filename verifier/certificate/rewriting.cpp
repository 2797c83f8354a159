#include "verifier/certificate/rewriting.hpp"

#include <algorithm>
#include <map>

#include "verifier/certificate/outcome.hpp"

namespace wrought::certificate {

namespace {

bool overlap(const SymbolSet& a, const SymbolSet& b) {
  return std::any_of(a.begin(), a.end(), [&](const Span& x) {
    return std::any_of(b.begin(), b.end(), [&](const Span& y) { return x.lo <= y.hi && y.lo <= x.hi; });
  });
}

bool lies_in(const SymbolSet& set, std::int64_t lo, std::int64_t hi) {
  return std::all_of(set.begin(), set.end(),
                     [&](const Span& s) { return lo <= s.lo && s.lo <= s.hi && s.hi <= hi; });
}

// All sets of a rule, in the order of the window.
std::array<const SymbolSet*, 5> sets_of(const Rewriting::Rule& rule) {
  return {&rule.before, &rule.handle[0], &rule.handle[1], &rule.handle[2], &rule.behind};
}

bool exclude_each_other(const Rewriting::Rule& a, const Rewriting::Rule& b) {
  const auto x = sets_of(a), y = sets_of(b);
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!overlap(*x[i], *y[i])) return true;
  return false;
}

Integer evaluate(const Expression& e, const Rewriting::Handle& handle) {
  const auto operand = [&] { return evaluate(e.operands.at(0), handle); };
  if (e.kind == "constant") return e.numbers.at(0);
  if (e.kind == "symbol") return handle.at(static_cast<std::size_t>(e.numbers.at(0)));
  if (e.kind == "sum") {
    Integer sum = e.numbers.at(0);
    for (std::size_t i = 0; i < e.operands.size(); ++i)
      sum += e.numbers.at(i + 1) * evaluate(e.operands[i], handle);
    return sum;
  }
  if (e.kind == "lookup" && e.numbers.size() >= 2) {
    const Integer last = static_cast<std::int64_t>(e.numbers.size()) - 2;
    const Integer index = std::clamp<Integer>(operand() - e.numbers[0], 0, last);
    return e.numbers[1 + static_cast<std::size_t>(index)];
  }
  if (e.kind == "remainder" && e.numbers.at(0) >= 1) {
    const Integer x = operand(), divisor = e.numbers[0];
    return x - divisor * floor(Rational(x, divisor));
  }
  throw Unproved{"a value of a handle that is no " + e.kind + " of its symbols"};
}

}  // namespace

bool contains(const SymbolSet& set, std::int64_t symbol) {
  return std::any_of(set.begin(), set.end(), [&](const Span& s) { return s.lo <= symbol && symbol <= s.hi; });
}

const Rewriting::Rule* Rewriting::match(std::int64_t before, const Handle& handle, std::int64_t behind) const {
  for (const Rule& rule : rules)
    if (contains(rule.before, before) && contains(rule.handle[0], handle[0]) &&
        contains(rule.handle[1], handle[1]) && contains(rule.handle[2], handle[2]) && contains(rule.behind, behind))
      return &rule;
  return nullptr;
}

Integer Rewriting::longest_chain() const {
  const Integer h = (longest + 1) / 2;
  return std::max<Integer>(h * (h + 1), 4);
}

Integer value_of(const Rewriting::Rule& rule, const Rewriting::Handle& handle) { return evaluate(rule.value, handle); }

void require_well_formed(const Rewriting& r) {
  constexpr std::int64_t most = 1'000'000;
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw Rejected{"statement", what};
  };
  if (r.longest > most || r.separator > most) throw Unproved{"so many symbols are not looked at"};
  require(r.longest >= 1, "an input has at least one symbol");
  require(r.separator >= 1 && r.end == r.separator + 1, "symbols are 0..separator - 1, the separator, end");
  require(lies_in({r.numbers}, 0, r.separator - 1), "numbers are symbols");
  for (const Rewriting::Rule& rule : r.rules) {
    for (const SymbolSet& set : rule.handle) require(lies_in(set, 0, r.separator - 1), "handles are made of symbols");
    for (const SymbolSet* set : {&rule.before, &rule.behind})
      require(lies_in(*set, 0, r.separator), "around a handle stand symbols or the separator");
    for (const Rewriting::Rule& other : r.rules)
      require(&rule == &other || exclude_each_other(rule, other), "no window matches two rules");
  }
}

SymbolClasses::SymbolClasses(const Rewriting& rewriting) {
  std::map<std::vector<bool>, std::size_t> classes;
  for (std::int64_t symbol = 0; symbol <= rewriting.separator; ++symbol) {
    std::vector<bool> membership{symbol == rewriting.separator, contains({rewriting.numbers}, symbol)};
    for (const Rewriting::Rule& rule : rewriting.rules)
      for (const SymbolSet* set : sets_of(rule)) membership.push_back(contains(*set, symbol));
    const auto [found, is_new] = classes.try_emplace(std::move(membership), classes.size());
    if (is_new) representative_.push_back(symbol);
    if (contains({rewriting.numbers}, symbol)) numbers_.insert(found->second);
    of_.push_back(found->second);
  }
  const std::size_t separator = of(rewriting.separator);
  for (std::size_t a = 0; a < classes.size(); ++a)
    for (std::size_t b = 0; b < classes.size(); ++b)
      if (a != separator && b != separator) stuck_.insert({a, b});
  for (std::set<Pair> last; last != stuck_;) {
    last = stuck_;
    for (const Pair& pair : last)
      if (!stays_stuck(rewriting, pair)) stuck_.erase(pair);
  }
}

bool SymbolClasses::stays_stuck(const Rewriting& rewriting, const Pair& pair) const {
  const std::int64_t a = representative_[pair.first], b = representative_[pair.second];
  const auto all_numbers = [&](const auto& pair_with) {
    return std::all_of(numbers_.begin(), numbers_.end(), [&](std::size_t v) { return stuck_.contains(pair_with(v)); });
  };
  for (const Rewriting::Rule& rule : rewriting.rules) {
    const auto& [first, second, third] = rule.handle;
    const bool both = (contains(first, a) && contains(second, b)) || (contains(second, a) && contains(third, b));
    if (both) return false;
    if (contains(third, a) && !all_numbers([&](std::size_t v) { return Pair{v, pair.second}; })) return false;
    if (contains(first, b) && !all_numbers([&](std::size_t v) { return Pair{pair.first, v}; })) return false;
  }
  return true;
}

}  // namespace wrought::certificate
