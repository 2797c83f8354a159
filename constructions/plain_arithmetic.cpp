#include "constructions/plain_arithmetic.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "constructions/gadgets/equality.hpp"
#include "constructions/gadgets/gate.hpp"
#include "constructions/gadgets/table.hpp"
#include "constructions/lookup/fetch_window.hpp"
#include "constructions/tasks/arithmetic.hpp"
#include "constructions/tasks/plain_chain.hpp"

namespace wrought {

namespace {

constexpr std::size_t signs = 4;  // + - × ÷

ReluSum is_in(const Form& x, std::int64_t lo, std::int64_t hi) {
  return with_range(at_least(x, lo) - at_least(x, hi + 1), {0, 1});
}

class PlainCompiler {
 public:
  PlainCompiler(std::int64_t p, std::int64_t N, const ConstructionPlan& plan,
                const PlainArithmeticWeights& weights)
      : p_(p),
        longest_(N),
        is_(p),
        weights_(weights),
        program_(plan.max_length),
        memory_(program_, plan.attention, plan.memory),
        symbol_(program_.token("symbol", 0, {0, is_.equals})) {}

  Program run() {
    read_symbols();
    locate_equals();
    const Form is_handle = find_handle(), worth = handle_value();
    find_leftmost(is_handle, worth);
    generate();
    return std::move(program_);
  }

 private:
  Form position() const { return memory_.at.p; }

  void attend(const HeadSpec& head) { program_.attend(head.name, {{head}, {}}); }

  // x_0 is the token's own symbol. Where there is no token so far back, the first one is read instead.
  void read_symbols() {
    x_[0] = symbol_;
    for (std::size_t k = 1; k < x_.size(); ++k)
      x_[k] = fetch_window(program_, memory_, {"x_" + std::to_string(k), symbol_, position() - Rational(k)});
  }

  // Among the symbols `=` is the largest. E + 1 is the position that the head finds, counted from 1, if `=` stands there;
  // its square comes along, since a position's square is a function of the position.
  void locate_equals() {
    const Rational L(program_.max_length());
    const Register largest = program_.declare("largest symbol", {0, is_.equals});
    const Register at = program_.declare("its position", {1, L});
    const Register at_square = program_.declare("its position²", {1, L * L});
    const Form key = Rational(weights_.symbol) * Form(symbol_) + Rational(weights_.recency) * position();
    const Form square = Form(memory_.at.p_squared) + 2 * position() + 1;
    attend({"last largest symbol",
            {{1, 0}},
            {{key, 0}},
            {{symbol_, 1, largest}, {position() + 1, 1, at}, {square, 1, at_square}},
            {"latest_head", {symbol_, position()}, {Rational(weights_.symbol)}}});
    const Form found = Form(largest) - Rational(is_.equals - 1);  // at most 1
    last_ = program_.claim("last_separator", {}, {}, program_.compute("last =", gate(at, found)));
    const Form last_square = program_.compute("last =²", gate(at_square, found));
    before_ = program_.declare("= before", {0, L});
    before_square_ = program_.declare("= before²", {0, L * L});
    attend(position_head("= before", position() - 1, memory_.at,
                         {{last_, 1, before_}, {last_square, 1, before_square_}}));
    last_but_one_ = fetch_window(program_, memory_, {"last = but one", last_, last_ - 2});
    program_.watch("last =", last_ - 1);
    program_.watch("last = but one", last_but_one_ - 1);
  }

  // Whether x_3 x_2 x_1 is a handle: each of the three kinds is a number of conditions that must all hold.
  Form find_handle() {
    const Form &behind = x_[0], &third = x_[1], &second = x_[2], &first = x_[3], &before = x_[4];
    const ReluSum numbers = at_most(first, p_ - 1) + at_most(third, p_ - 1);
    const ReluSum bracket = equals(first, is_.open) + at_most(second, p_ - 1) + equals(third, is_.close);
    const ReluSum product =
        numbers + is_in(second, is_.times, is_.divide) + linear(1) - is_in(before, is_.times, is_.divide);
    // The first handle of all has no token before it. Its x_4 is read as x_3, a number, so the start counts at most once.
    const ReluSum begins = linear(fourth_position()) + equals(before, is_.open) + equals(before, is_.equals);
    const ReluSum sum = numbers + is_in(second, is_.plus, is_.minus) + begins + linear(1) -
                        is_in(behind, is_.times, is_.divide);
    const Form brackets = program_.compute("bracket conditions", bracket);
    const Form products = program_.compute("product conditions", product);
    const Form sums = program_.compute("sum conditions", sum);
    const ReluSum any = at_least(brackets, 3) + at_least(products, 4) + at_least(sums, 5);
    return program_.claim("handle", {}, {}, program_.compute("handle", with_range(any, {0, 1})));
  }

  // [position = 3]: the token behind a handle that opens the sequence.
  Form fourth_position() {
    std::vector<std::int64_t> values(program_.max_length(), 0);
    values.at(3) = 1;
    return program_.position("fourth", std::move(values));
  }

  // What the handle is worth: x_3 x_2 x_1 by one table per sign, or the x_2 between brackets.
  Form handle_value() {
    const Form pair = Rational(p_) * x_[3] + x_[1];
    ReluSum value = gate(x_[2], program_.compute("x_2 is a number", at_most(x_[2], p_ - 1)));
    for (std::size_t s = 0; s < signs; ++s) {
      const std::int64_t sign = is_.plus + static_cast<std::int64_t>(s);
      const std::string name = "x_3 " + expression_text({sign}, p_) + " x_1";
      std::vector<Rational> values;
      for (std::int64_t x = 0; x < p_; ++x)
        for (std::int64_t y = 0; y < p_; ++y) values.emplace_back(combined(x, sign, y, p_));
      const Form result = program_.compute(name, table(pair, 0, values));
      value = value +
              gate(result, program_.compute("x_2 is " + expression_text({sign}, p_), equals(x_[2], sign)));
    }
    return program_.claim("handle_value", {}, {}, program_.compute("handle value", with_range(value, {0, p_ - 1})));
  }

  // Without a handle, in a single number, there is nothing to skip: its start is put behind the expression.
  void find_leftmost(const Form& is_handle, const Form& worth) {
    const Rational beyond(longest_ + 4), L(program_.max_length());
    const Form start = position() - 3 + beyond * (1 - is_handle);
    start_ = program_.declare("handle start", {-3, L + beyond});
    value_ = program_.declare("its value", worth.range());
    const Rational C1(weights_.expression), C2(weights_.handle);
    const Form order = C2 * is_handle - position();
    attend({"leftmost handle",
            {{Rational(2) * last_but_one_, 0}, {-1, 0}, {1, 0}},
            {{C1 * Form(before_), 0}, {C1 * Form(before_square_), 0}, {order, 0}},
            {{start, 1, start_}, {worth, 1, value_}},
            {"leftmost_head", {last_but_one_, before_, before_square_, is_handle, position()}, {C1, C2}}});
    program_.claim("leftmost_handle", {}, {beyond}, start_);
    program_.claim("leftmost_value", {}, {}, value_);
    program_.watch("handle start", start_);
    program_.watch("its value", value_);
  }

  // The symbol to generate has the index k = p - E + 1 in its expression, counted from 1. It comes from index k of the
  // expression before, or from two further behind the handle. What follows the expression is its `=`, copied as well; but
  // the second symbol never is: an expression of one number is the last.
  void generate() {
    const Rational L(program_.max_length());
    const Form same_place = (last_but_one_ + position() - last_ + 1).within({0, L - 1});
    const Form offset = same_place - Form(start_);
    const Form behind = program_.compute("behind the handle", at_least(offset, 1));
    const Form reached = program_.compute("handle reached", at_least(offset, 0));
    const Form in_place = (reached - behind).within({0, 1});
    const Form is_short = program_.compute("at most one symbol", at_most(position() + 1 - last_, 1));

    const Form source = same_place + 2 * behind;
    const Form copied = fetch_window(program_, memory_, {"copied", symbol_, source});
    const ReluSum ends = at_least(copied + is_short, is_.equals + 1);
    const ReluSum symbol = gate(copied, 1 - in_place) + gate(value_, in_place) + ends;
    program_.watch("position copied", source);
    program_.watch("copied", copied);
    program_.output(0, program_.compute("output symbol", with_range(symbol, {0, is_.end})));
  }

  std::int64_t p_, longest_;
  ArithmeticSymbols is_;
  PlainArithmeticWeights weights_;
  Program program_;
  Memory memory_;
  Register symbol_;
  std::array<Form, 5> x_;
  // Positions of `=`, counted from 1; 0 for none: E, E_2, A and A².
  Form last_, last_but_one_;
  Register before_ = nullptr, before_square_ = nullptr;
  Register start_ = nullptr, value_ = nullptr;  // of the handle to reduce
};

}  // namespace

Integer plain_arithmetic_length(std::int64_t N) {
  const Integer h = (N + 1) / 2;
  return std::max<Integer>(h * (h + 1), 4);
}

Integer plain_arithmetic_distance(std::int64_t N) {
  const Integer h = (N + 1) / 2;
  return std::max<Integer>(std::max<Integer>(2 * h, 4 * h - 6), 3);
}

PlainArithmeticWeights plain_arithmetic_weights(std::int64_t N) {
  return {plain_arithmetic_length(N), 1, N + 1, 1};
}

ConstructionPlan plan_plain_arithmetic(std::int64_t N, AttentionKind kind, std::optional<std::size_t> block) {
  if (N < 1) throw std::invalid_argument("lengths start at 1, not at " + std::to_string(N));
  if (kind != AttentionKind::standard && kind != AttentionKind::sparse)
    throw std::invalid_argument(
        "arithmetic-plain needs a window that shows the whole expression before, so sparse or "
        "standard attention; for " +
        name(kind) + " attention there is the task arithmetic");
  ConstructionPlan plan;
  plan.is_plain = true;
  plan.max_length = static_cast<std::size_t>(plain_arithmetic_length(N));
  plan.distance = static_cast<std::size_t>(plain_arithmetic_distance(N));
  plan.fetched_fields = {0};
  plan.attention.kind = kind;
  if (kind == AttentionKind::standard) return plan;
  // The fifth symbol from the end is read too, where there is one.
  const std::size_t B = block.value_or(std::min(std::max(plan.distance, std::size_t{5}), plan.max_length));
  if (B < 1 || B > plan.max_length)
    throw std::invalid_argument("the block must be in 1.." + std::to_string(plan.max_length) + ", not " +
                                std::to_string(B));
  if (B < plan.distance)
    throw std::invalid_argument("a block of " + std::to_string(B) +
                                " is too small for arithmetic-plain: it needs a " +
                                "window of at least its largest distance, " + std::to_string(plan.distance));
  plan.attention.block = plan.memory.B = B;
  plan.memory.A = (plan.max_length + B - 1) / B;
  return plan;
}

Program plain_arithmetic_program(std::int64_t p, std::int64_t N, const ConstructionPlan& plan,
                                 const PlainArithmeticWeights& weights) {
  return PlainCompiler(p, N, plan, weights).run();
}

Problem plain_arithmetic(std::int64_t p) {
  Problem problem = arithmetic(p);
  problem.name = "arithmetic-plain";
  return problem;
}

Construction compile_plain_arithmetic(std::int64_t p, std::int64_t N, AttentionKind kind, Schedule schedule,
                                      std::optional<std::size_t> block) {
  const ConstructionPlan plan = plan_plain_arithmetic(N, kind, block);
  const TokenFormat format = TokenFormat::plain();
  auto program =
      std::make_shared<const Program>(plain_arithmetic_program(p, N, plan, plain_arithmetic_weights(N)));
  Layout layout = lay_out(*program, plan.attention, format.width(), schedule);
  const Problem problem = plain_arithmetic(p);
  auto chain = [problem, p](const Inputs& inputs) {
    if (const std::string error = find_input_error(problem, inputs); !error.empty())
      throw std::invalid_argument(error);
    return plain_chain_of_thought(inputs.front(), p);
  };
  return {problem, {N}, schedule, plan, format, std::move(layout), std::move(program), std::move(chain)};
}

}  // namespace wrought
