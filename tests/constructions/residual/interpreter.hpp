// Executes a program on registers, in the ideal semantics and straight from its definition: no layers, no coordinates,
// no schedule. Shares nothing with lay_out() and the runtime but the attention pattern.
#pragma once

#include <stdexcept>
#include <vector>

#include "constructions/residual/program.hpp"
#include "tests/constructions/residual/evaluate.hpp"
#include "verifier/network/network.hpp"

namespace wrought {

class Interpreter {
 public:
  Interpreter(const Program& program, const Attention& attention)
      : program_(program), attention_(attention) {}

  // One more token. Every step in the program's order; a step sees its results at all earlier tokens.
  void append(const Token& token) {
    rows_.emplace_back();
    for (const TokenRegister& t : program_.token_registers()) now()[t.target] = token.at(t.coordinate);
    for (const PositionRegister& p : program_.position_registers())
      now()[p.target] = p.values.at(rows_.size() - 1);
    for (const Step& step : program_.steps())
      step.is_attention ? attend(step.attention) : compute(step.feed_forward);
  }

  // All registers at the last token, also those that hold something else in the network by now.
  const pointwise::Assignment& row() const { return rows_.back(); }

  std::vector<Rational> outputs() const {
    std::vector<Rational> result;
    for (const Form& form : program_.outputs()) result.push_back(pointwise::value(form, row()));
    return result;
  }

 private:
  pointwise::Assignment& now() { return rows_.back(); }

  void compute(const FeedForwardStep& step) {
    for (const auto& output : step.outputs) now()[output.target] = pointwise::ideal(output.sum, now());
  }

  void attend(const AttentionStep& step) {
    pointwise::Assignment written;
    for (const auto& [fresh, old] : step.accumulated) written[fresh] = now().at(old);
    for (const HeadSpec& head : step.heads) {
      const std::vector<Rational> weights = weights_of(head);
      Rational total = 0;
      for (const Rational& weight : weights) total += weight;
      for (const HeadValue& v : head.values) {
        Rational sum = 0;
        for (std::size_t j = 0; j < weights.size(); ++j)
          if (weights[j] != 0) sum += weights[j] * pointwise::value(v.value, rows_[j]);
        written[v.target] += v.weight * sum / total;
      }
    }
    for (const auto& [r, value] : written) now()[r] = value;
  }

  // One weight per token so far, 0 where the token is not seen.
  std::vector<Rational> weights_of(const HeadSpec& head) const {
    return attention_.is_linear() ? linear_weights(head) : hardmax_weights(head);
  }

  std::vector<Rational> hardmax_weights(const HeadSpec& head) const {
    std::vector<Rational> weights(rows_.size(), 0);
    std::vector<std::pair<std::size_t, Rational>> scores;
    attention_.for_each_visible(rows_.size() - 1, [&](std::size_t j) {
      Rational score = 0;
      for (std::size_t d = 0; d < head.query.size(); ++d)
        score += pointwise::value(head.query[d].constant, row()) *
                 pointwise::value(head.key[d].constant, rows_[j]);
      scores.emplace_back(j, score);
    });
    Rational best = scores.front().second;
    for (const auto& [j, score] : scores) best = std::max(best, score);
    for (const auto& [j, score] : scores) weights[j] = score == best ? 1 : 0;
    return weights;
  }

  std::vector<Rational> linear_weights(const HeadSpec& head) const {
    std::vector<Rational> weights(rows_.size(), 0);
    bool all_zero = true;
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      for (std::size_t d = 0; d < head.query.size(); ++d)
        weights[j] += feature(head.query[d], row()) * feature(head.key[d], rows_[j]);
      all_zero = all_zero && weights[j] == 0;
    }
    return all_zero ? std::vector<Rational>(rows_.size(), 1) : weights;
  }

  // The saturated elu + 1.
  static Rational feature(const QueryKeyForm& form, const pointwise::Assignment& at) {
    const Rational x = pointwise::value(form.constant, at) + pointwise::value(form.slope, at);
    if (x >= 0) return x + 1;
    if (x > -1) throw std::domain_error("the feature map is not defined at " + to_string(x));
    return 0;
  }

  const Program& program_;
  Attention attention_;
  std::vector<pointwise::Assignment> rows_;
};

}  // namespace wrought
