#include "verifier/certificate/rewriting_lemmas.hpp"

#include <algorithm>

#include "verifier/certificate/head_source.hpp"
#include "verifier/certificate/outcome.hpp"
#include "verifier/certificate/window.hpp"

namespace wrought::certificate {

namespace {

constexpr std::size_t window_size = 5;

class RewritingLemmas {
 public:
  explicit RewritingLemmas(const Knowledge& knowledge)
      : knowledge_(knowledge), certificate_(knowledge.certificate()), network_(knowledge.network()) {
    require(certificate_.statement.rewriting.has_value(), "the problem is a chain of thought that rewrites");
    require(network_.max_length >= longest_start, "there are four positions");
  }

  void require_last_separator(const Form& last) const {
    require(sees_back(network_, rewriting().longest_generated()), "the last separator is in the window");
    const Form& kept = separator_gate(last).arguments[0];
    require(*source(kept).value == position_of(latest(last)) + Form(1), "what is kept is the position, counted from 1");
  }

  // At every token.
  void require_handle(const Form& flag) const {
    const Window window(knowledge_, flag);
    require(std::all_of(window.depends_on().begin(), window.depends_on().end(), [](std::size_t k) { return k < window_size; }),
            "whether a handle ends is decided by five symbols");
    const SymbolClasses classes(rewriting());
    for (std::size_t t = 0; t < longest_start; ++t) check_start(window, classes, t);
    check_further(window);
  }

  void require_handle_value(const Form& value) const {
    const Window window(knowledge_, value);
    for (const std::size_t k : window.depends_on())
      require(1 <= k && k <= 3, "the value of a handle is decided by its three symbols");
    check_values(window);
    check_range(window);
  }

  void require_leftmost(const HeadUse& head) const {
    const Rewriting& r = rewriting();
    const Rational n = r.longest_expression(), generated = r.longest_generated();
    const Form &last_but_one = head.arguments.at(0), &before = head.arguments.at(1),
               &before_square = head.arguments.at(2), &flag = head.arguments.at(3), &p = head.arguments.at(4);
    require_position(p);
    const Form last = require_last_but_one(last_but_one);
    require(sees_back(network_, generated + 1), "the token before the last separator is in the window");
    require(sees_back(network_, 1), "the token before is in the window");
    require(is_of_token_before(before) && *source(before).value == last, "A is the last separator of the token before");
    require(is_of_token_before(before_square), "A² is that of the token before");
    require_square(*source(before_square).value, last);
    require_handle(flag);
    require(head.numbers.at(0) >= 1, "the right expression counts for something");
    require(head.numbers.at(1) >= n + 1, "a handle outweighs all positions of an expression");
    require(sees_back(network_, 2 * n - 5), "the leftmost handle is in the window");
  }

  // `beyond`: how far behind a handle's place is put that is none.
  void require_leftmost_start(const Form& start, const Rational& beyond) const {
    const HeadSource brought = source(start);
    require_leftmost_head(brought);
    require(denominator(beyond) == 1, "places are integers");
    const Form &flag = brought.head->arguments.at(3), &p = brought.head->arguments.at(4);
    require(*brought.value == p - Form(3) + beyond * (Form(1) - flag), "what is brought is where the handle begins");
  }

  void require_leftmost_value(const Form& value) const {
    const HeadSource brought = source(value);
    require_leftmost_head(brought);
    require_handle_value(*brought.value);
  }

  Bounds flag_bounds() const { return {0, 1, 0, true, true}; }
  Bounds number_bounds() const { return {rewriting().numbers.lo, rewriting().numbers.hi, 0, true, true}; }
  Bounds position_bounds() const { return {0, Rational(network_.max_length), 0, true, true}; }
  // Of what is brought from some token.
  Bounds brought_bounds(const Form& form) const {
    const Bounds value = knowledge_.value(*source(form).value);
    return {value.lo, value.hi, 0, value.integer, false};
  }

 private:
  // The first tokens, before which there are no four others.
  static constexpr std::size_t longest_start = window_size - 1;

  static void require(bool holds, const char* what) {
    if (!holds) throw Unproved{std::string("not so: ") + what};
  }
  const Rewriting& rewriting() const { return *certificate_.statement.rewriting; }
  HeadSource source(const Form& form) const { return single_source(certificate_, single_quantity(form)); }
  const Quantity& quantity(const Form& form) const { return certificate_.quantities.at(single_quantity(form)); }

  void require_position(const Form& p) const {
    require(knowledge_.is_feature(p, [](std::int64_t x) { return x; }), "p is the position");
  }

  // ---- separators ----

  // gate(x, symbol - (separator - 1)), symbol and x brought by one latest_head. The gate's own rule asks that x >= 1.
  const Piece& separator_gate(const Form& gated) const {
    const Quantity& q = quantity(gated);
    const bool one_gate = q.origin == Origin::feed_forward && q.rest == Form() && q.pieces.size() == 1 &&
                          q.pieces[0].rule == "gate" && q.pieces[0].factor == 1;
    require(one_gate, "it is a gate");
    const Piece& gate = q.pieces[0];
    const HeadSource largest = source(gate.arguments.at(1) + Form(rewriting().separator - 1)), kept = source(gate.arguments[0]);
    require(largest.head == kept.head && largest.head->rule == "latest_head", "symbol and position come from one head");
    require(*largest.value == largest.head->arguments.at(0), "the gate is opened by the largest symbol");
    const Quantity& symbol = quantity(*largest.value);
    require(symbol.origin == Origin::token, "the head looks for the largest symbol");
    return gate;
  }
  const HeadUse& latest(const Form& gated) const { return *source(separator_gate(gated).arguments[0]).head; }
  const Form& position_of(const HeadUse& latest) const {
    const Form& p = latest.arguments.at(1);
    require_position(p);
    return p;
  }

  // The square of a last_separator: the same head brings (position + 1)².
  void require_square(const Form& square, const Form& last) const {
    const HeadUse& head = latest(square);
    require(&head == &latest(last), "the square is that of the same position");
    const Form rest = *source(separator_gate(square).arguments[0]).value - Rational(2) * position_of(head) - Form(1);
    require(knowledge_.is_feature(rest, [](std::int64_t x) { return x * x; }), "what is kept is the square");
  }

  // The last separator at the token before the last separator; which is returned.
  Form require_last_but_one(const Form& form) const {
    const HeadSource brought = source(form);
    const Form last = *brought.value;
    require_last_separator(last);
    require(brought.head->rule == "position_head" && brought.head->arguments.at(0) == last - Form(2),
            "the head looks just before the last separator");
    return last;
  }

  bool is_of_token_before(const Form& form) const {
    return looks_back(*source(form).head, knowledge_) == std::optional<Rational>(1);
  }

  // ---- handles ----

  // Candidates for x_k: symbols of which one stands for all that neither the form nor the problem tells apart.
  template <class OfProblem>
  std::vector<std::int64_t> candidates(const Window& window, std::size_t k, const OfProblem& of_problem) const {
    using Key = std::pair<decltype(of_problem(std::int64_t{})), std::vector<Rational>>;
    std::vector<std::int64_t> all;
    std::set<Key> seen;
    for (std::int64_t x = 0; x <= rewriting().separator; ++x) {
      const auto signature = window.signature(k, x);
      if (!signature || seen.emplace(of_problem(x), *signature).second) all.push_back(x);
    }
    return all;
  }

  // Which sets a symbol k tokens back lies in, rule by rule.
  std::vector<bool> membership(std::size_t k, std::int64_t x) const {
    std::vector<bool> result;
    for (const Rewriting::Rule& rule : rewriting().rules)
      result.push_back(contains(k == 0 ? rule.behind : k == 4 ? rule.before : rule.handle.at(3 - k), x));
    return result;
  }

  // Calls visit(x_0, …, x_{n-1}) for all candidates.
  template <class Visit>
  static void for_all(const std::vector<std::vector<std::int64_t>>& candidates, const Visit& visit) {
    constexpr std::size_t most = 10'000'000;
    std::size_t windows = 1;
    for (const auto& c : candidates) {
      if (c.empty()) return;
      windows *= c.size();
      if (windows > most) throw Unproved{"so many windows are not looked at"};
    }
    std::vector<std::int64_t> x(candidates.size());
    for (std::size_t n = 0; n < windows; ++n) {
      std::size_t rest = n;
      for (std::size_t k = 0; k < x.size(); ++k) {
        x[k] = candidates[k][rest % candidates[k].size()];
        rest /= candidates[k].size();
      }
      visit(x);
    }
  }

  static NearSymbols symbols(const std::vector<std::int64_t>& x) {
    NearSymbols result;
    for (std::size_t k = 0; k < x.size(); ++k) result[k] = Interval::point(x[k]);
    return result;
  }

  static void check_flag(const Interval& flag, bool wanted) {
    require(flag.is_point() && flag.lo == (wanted ? 1 : 0), "handles are found where they are, and nowhere else");
  }

  // At position t < 4, where x_k is the first symbol for k > t.
  void check_start(const Window& window, const SymbolClasses& classes, std::size_t t) const {
    std::vector<std::vector<std::int64_t>> all;
    for (std::size_t k = 0; k <= t; ++k)
      all.push_back(candidates(window, k, [&](std::int64_t x) {
        std::vector<std::vector<bool>> sets;
        for (std::size_t other = 0; other < window_size; ++other) sets.push_back(membership(other, x));
        return std::pair{classes.of(x), std::pair{sets, first_symbol_signatures(window, k == t, t, x)}};
      }));
    for_all(all, [&](std::vector<std::int64_t> x) {
      for (std::size_t k = 0; k < t; ++k)
        if (!classes.may_touch(x[k + 1], x[k])) return;
      if (x[t] == rewriting().separator) return;  // an input is not empty
      const bool handle = t == 3 && rewriting().match(rewriting().separator, {x[3], x[2], x[1]}, x[0]);
      x.resize(window_size, x[t]);
      check_flag(window.value(symbols(x), {t, false}), handle);
    });
  }

  // What the form tells of the first symbol where it is read for those before it.
  static std::vector<std::optional<std::vector<Rational>>> first_symbol_signatures(const Window& window, bool is_first,
                                                                                    std::size_t t, std::int64_t x) {
    std::vector<std::optional<std::vector<Rational>>> all;
    for (std::size_t k = t + 1; is_first && k < window_size; ++k) {
      all.push_back(window.signature(k, x));
      if (!all.back()) all.back() = std::vector<Rational>{x};
    }
    return all;
  }

  void check_further(const Window& window) const {
    if (network_.max_length == longest_start) return;
    std::vector<std::vector<std::int64_t>> all;
    for (std::size_t k = 0; k < window_size; ++k)
      all.push_back(candidates(window, k, [&](std::int64_t x) { return membership(k, x); }));
    for_all(all, [&](const std::vector<std::int64_t>& x) {
      const bool handle = rewriting().match(x[4], {x[3], x[2], x[1]}, x[0]);
      check_flag(window.value(symbols(x), {longest_start, true}), handle);
    });
  }

  static std::vector<std::int64_t> elements(const SymbolSet& set) {
    std::set<std::int64_t> all;
    for (const Span& span : set)
      for (std::int64_t x = span.lo; x <= span.hi; ++x) all.insert(x);
    return {all.begin(), all.end()};
  }

  void check_values(const Window& window) const {
    const Span& numbers = rewriting().numbers;
    for (const Rewriting::Rule& rule : rewriting().rules)
      for_all({elements(rule.handle[0]), elements(rule.handle[1]), elements(rule.handle[2])},
              [&](const std::vector<std::int64_t>& x) {
                const NearSymbols near{
                    {3, Interval::point(x[0])}, {2, Interval::point(x[1])}, {1, Interval::point(x[2])}};
                const Interval value = window.value(near, {0, true});
                const Integer wanted = value_of(rule, {x[0], x[1], x[2]});
                require(value.is_point() && value.lo == Rational(wanted), "what is computed is the handle's value");
                require(numbers.lo <= wanted && wanted <= numbers.hi, "a handle becomes a number");
              });
  }

  // Whatever the symbols are, symbol by symbol in the middle.
  void check_range(const Window& window) const {
    const Span& numbers = rewriting().numbers;
    for (std::int64_t x = 0; x <= rewriting().separator; ++x) {
      const Interval value = window.value({{2, Interval::point(x)}}, {0, true});
      require(numbers.lo <= value.lo && value.hi <= numbers.hi, "what is computed is a number at every token");
    }
  }

  void require_leftmost_head(const HeadSource& brought) const {
    require(brought.head->rule == "leftmost_head", "it is brought from the leftmost handle");
    require_leftmost(*brought.head);
  }

  const Knowledge& knowledge_;
  const Certificate& certificate_;
  const Network& network_;
};

}  // namespace

bool is_rewriting_lemma(const std::string& rule) {
  return rule == "last_separator" || rule == "handle" || rule == "handle_value" || rule == "leftmost_handle" ||
         rule == "leftmost_value";
}

Bounds apply_rewriting_lemma(const Claim& claim, const Knowledge& knowledge) {
  const RewritingLemmas lemmas(knowledge);
  const bool has_number = claim.rule == "leftmost_handle";
  if (!claim.arguments.empty() || claim.numbers.size() != (has_number ? 1 : 0))
    throw Unproved{"the lemma speaks of its conclusion alone"};
  if (claim.rule == "last_separator") return lemmas.require_last_separator(claim.conclusion), lemmas.position_bounds();
  if (claim.rule == "handle") return lemmas.require_handle(claim.conclusion), lemmas.flag_bounds();
  if (claim.rule == "handle_value") return lemmas.require_handle_value(claim.conclusion), lemmas.number_bounds();
  if (has_number)
    lemmas.require_leftmost_start(claim.conclusion, claim.numbers[0]);
  else
    lemmas.require_leftmost_value(claim.conclusion);
  return lemmas.brought_bounds(claim.conclusion);
}

void require_leftmost(const HeadUse& head, const Knowledge& knowledge) {
  RewritingLemmas(knowledge).require_leftmost(head);
}

}  // namespace wrought::certificate
