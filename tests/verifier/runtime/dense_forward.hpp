// A second forward pass, to compare the runtime with: the formulas of the paper over dense matrices and whole
// sequences. No cache, no sparsity, no state of linear heads; nothing shared with verifier/runtime.
#pragma once

#include <mpfr.h>

#include <Eigen/Core>
#include <algorithm>
#include <boost/multiprecision/mpfr.hpp>
#include <stdexcept>
#include <vector>

#include "tests/verifier/network/visible.hpp"
#include "verifier/network/network.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::reference {

// 100 decimal digits.
using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<100>,
                                           boost::multiprecision::et_off>;

template <class Number>
using Dense = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>;

inline Real real(const Rational& x) { return Real(numerator(x)) / Real(denominator(x)); }

// An argument for which the ideal feature map is not defined.
struct NotDefined : std::domain_error {
  using std::domain_error::domain_error;
};

struct IdealFunctions {
  using Number = Rational;
  static Number number(const Rational& x) { return x; }
  static Rational kappa() { return 1; }
  static Rational tau() { return 1; }
  static Rational lambda() { return 1; }
  static Number activation(const Number& x) { return x > 0 ? x : Number(0); }
  static Number feature(const Number& x) {
    if (x > -1 && x < 0) throw NotDefined("feature map");
    return x < 0 ? Number(0) : Number(x + 1);
  }
  static std::vector<Number> weigh(const std::vector<Number>& scores) {
    const Number best = *std::max_element(scores.begin(), scores.end());
    std::vector<Number> weights;
    for (const Number& s : scores) weights.emplace_back(s == best ? 1 : 0);
    return weights;
  }
};

struct SmoothFunctions {
  using Number = Real;
  Sharpness sharpness;

  static Number number(const Rational& x) { return real(x); }
  const Rational& kappa() const { return sharpness.kappa; }
  const Rational& tau() const { return sharpness.tau; }
  const Rational& lambda() const { return sharpness.lambda; }
  // x Φ(x) = x erfc(-x/√2)/2
  static Number activation(const Number& x) {
    const Number argument = -x / sqrt(Number(2));
    Number erfc;
    mpfr_erfc(erfc.backend().data(), argument.backend().data(), MPFR_RNDN);
    return x * erfc / 2;
  }
  static Number feature(const Number& x) { return x < 0 ? Number(exp(x)) : Number(x + 1); }
  static std::vector<Number> weigh(const std::vector<Number>& scores) {
    std::vector<Number> weights;
    for (const Number& s : scores) weights.push_back(exp(s));
    return weights;
  }
};

// What a whole sequence gives: one column per token, one matrix per stage, and the read-out.
template <class Number>
struct ForwardResult {
  std::vector<Dense<Number>> stages;
  Dense<Number> output;
};

template <class Functions>
class DenseForward {
 public:
  using Number = typename Functions::Number;

  DenseForward(const Network& network, Functions functions) : network_(network), f_(std::move(functions)) {}

  ForwardResult<Number> operator()(const std::vector<Token>& tokens) const {
    ForwardResult<Number> result;
    Dense<Number> x = embed(tokens);
    result.stages.push_back(x);
    for (const Layer& layer : network_.layers) {
      Dense<Number> update = Dense<Number>::Zero(x.rows(), x.cols());
      for (const Head& head : layer.heads) update += dense(head.output) * attend(head, x);
      x += update;
      result.stages.push_back(x);
      const Dense<Number> units = f_.number(f_.kappa()) * dense(layer.w1) * x;
      x += dense(layer.w2) * units.unaryExpr([&](const Number& u) { return f_.activation(u); }) /
           f_.number(f_.kappa());
      result.stages.push_back(x);
    }
    result.output = dense(network_.readout) * x;
    return result;
  }

 private:
  Dense<Number> dense(const Matrix& sparse) const {
    return Dense<Rational>(sparse).unaryExpr([&](const Rational& w) { return f_.number(w); });
  }

  Dense<Number> embed(const std::vector<Token>& tokens) const {
    Dense<Number> columns(network_.token_width(), static_cast<Eigen::Index>(tokens.size()));
    for (Eigen::Index t = 0; t < columns.cols(); ++t)
      for (Eigen::Index c = 0; c < columns.rows(); ++c)
        columns(c, t) = tokens[static_cast<std::size_t>(t)][static_cast<std::size_t>(c)];
    Dense<Number> x = dense(network_.embedding) * columns;
    for (const PositionFeature& p : network_.positions)
      for (Eigen::Index t = 0; t < x.cols(); ++t) x(p.coordinate, t) += p.values[static_cast<std::size_t>(t)];
    return x;
  }

  Dense<Number> attend(const Head& head, const Dense<Number>& x) const {
    const Number lambda = f_.number(f_.lambda());
    const Dense<Number> queries = (dense(head.query) + lambda * dense(head.query_lambda)) * x;
    const Dense<Number> keys = (dense(head.key) + lambda * dense(head.key_lambda)) * x;
    const Dense<Number> values = dense(head.value) * x;
    Dense<Number> result = Dense<Number>::Zero(values.rows(), x.cols());
    for (Eigen::Index i = 0; i < x.cols(); ++i) {
      const auto visible = reference::visible(network_.attention, static_cast<std::size_t>(i));
      const std::vector<Number> weights = weigh(queries.col(i), keys, visible);
      Number total = 0;
      for (std::size_t v = 0; v < visible.size(); ++v) {
        total += weights[v];
        result.col(i) += values.col(static_cast<Eigen::Index>(visible[v])) * weights[v];
      }
      result.col(i) /= total;
    }
    return result;
  }

  std::vector<Number> weigh(const Dense<Number>& query, const Dense<Number>& keys,
                            const std::vector<std::size_t>& visible) const {
    std::vector<Number> weights;
    const bool linear = network_.attention.kind == AttentionKind::linear;
    for (const std::size_t j : visible) {
      Number weight = 0;
      for (Eigen::Index d = 0; d < query.rows(); ++d) {
        const Number& key = keys(d, static_cast<Eigen::Index>(j));
        weight += linear ? Number(f_.feature(query(d)) * f_.feature(key)) : Number(query(d) * key);
      }
      weights.push_back(linear ? weight : Number(f_.number(f_.tau()) * weight));
    }
    if (!linear) return f_.weigh(weights);
    // Nothing weighs anything: the plain average (§2).
    if (std::all_of(weights.begin(), weights.end(), [](const Number& w) { return w == 0; }))
      weights.assign(weights.size(), Number(1));
    return weights;
  }

  const Network& network_;
  Functions f_;
};

// Every row that a runner computes, by position and stage.
class Recorder {
 public:
  explicit Recorder(Runner& runner) {
    runner.observe([this](std::size_t position, std::size_t stage, const RowView& row) {
      rows_.resize(std::max(rows_.size(), position + 1));
      rows_[position].resize(std::max(rows_[position].size(), stage + 1));
      auto& copy = rows_[position][stage];
      copy.clear();
      for (std::size_t c = 0; c < row.size(); ++c) copy.push_back(row.enclosure(c).value());
    });
  }

  std::size_t positions() const { return rows_.size(); }
  std::size_t stages(std::size_t position) const { return rows_.at(position).size(); }
  const std::vector<Enclosure>& row(std::size_t position, std::size_t stage) const {
    return rows_.at(position).at(stage);
  }

 private:
  std::vector<std::vector<std::vector<Enclosure>>> rows_;
};

}  // namespace wrought::reference
