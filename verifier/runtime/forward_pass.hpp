// The incremental forward pass, written once for every semantics and number type.
#pragma once

#include <utility>
#include <vector>

#include "verifier/runtime/attention_head.hpp"
#include "verifier/runtime/runtime.hpp"
#include "verifier/runtime/sparse_rows.hpp"

namespace wrought::detail {

template <class Arithmetic>
class Row final : public RowView {
 public:
  using Value = typename Arithmetic::Value;

  Row(const Arithmetic& arithmetic, std::size_t size) : arithmetic_(arithmetic), values(size) {}

  std::size_t size() const override { return values.size(); }
  std::optional<Enclosure> enclosure(std::size_t c) const override { return arithmetic_.enclosure(values.at(c)); }
  std::string text(std::size_t c) const override { return arithmetic_.text(values.at(c)); }

 private:
  Arithmetic arithmetic_;

 public:
  std::vector<Value> values;
};

template <class Model>
class ForwardPass final : public Runner {
 public:
  using Arithmetic = typename Model::Arithmetic;
  using Value = typename Model::Value;

  ForwardPass(const Network& network, Model model)
      : network_(network),
        model_(std::move(model)),
        embedding_(model_.arithmetic, network.embedding, 1),
        readout_(model_.arithmetic, network.readout, 1),
        row_(model_.arithmetic, static_cast<std::size_t>(network.width)),
        output_(model_.arithmetic, static_cast<std::size_t>(network.token_width())),
        update_(row_.size()) {
    const Rational inverse_kappa = 1 / Rational(model_.kappa());
    for (const Layer& layer : network.layers) {
      Block& block = blocks_.emplace_back();
      for (const Head& head : layer.heads) block.heads.emplace_back(model_, network.attention, head);
      block.w1 = SparseRows<Arithmetic>(model_.arithmetic, layer.w1, model_.kappa());
      block.w2 = SparseRows<Arithmetic>(model_.arithmetic, layer.w2.transpose(), inverse_kappa);
    }
  }

  void reset() override {
    length_ = 0;
    for (Block& block : blocks_)
      for (auto& head : block.heads) head.reset();
  }

  void append(const Token& token) override {
    if (length_ >= network_.max_length)
      throw std::length_error("the network takes " + std::to_string(network_.max_length) + " tokens and no more");
    embed(token);
    report(0);
    for (std::size_t l = 0; l < blocks_.size(); ++l) {
      attend(blocks_[l]);
      report(2 * l + 1);
      feed_forward(blocks_[l]);
      report(2 * l + 2);
    }
    for (std::size_t c = 0; c < output_.size(); ++c) output_.values[c] = project(readout_, c, row_.values);
    ++length_;
  }

  const RowView& output() const override {
    if (length_ == 0) throw std::logic_error("no token has been run yet");
    return output_;
  }

  void observe(RowObserver observer) override { observer_ = std::move(observer); }

  RunStatistics statistics() const override {
    RunStatistics s{multiply_adds_, 0};
    for (const Block& block : blocks_)
      for (const auto& head : block.heads) s.cache_bytes += head.cache_bytes();
    return s;
  }

 private:
  struct Block {
    std::vector<AttentionHead<Model>> heads;
    SparseRows<Arithmetic> w1;  // one row per hidden unit
    SparseRows<Arithmetic> w2;  // transposed: one row per hidden unit
  };

  Value project(const SparseRows<Arithmetic>& matrix, std::size_t row, const std::vector<Value>& x) {
    Value sum{};
    multiply_adds_ += matrix.add_dot(model_.arithmetic, row, x, sum);
    return sum;
  }

  void embed(const Token& token) {
    if (token.size() != output_.size())
      throw std::invalid_argument("a token has " + std::to_string(output_.size()) + " coordinates, not " +
                                  std::to_string(token.size()));
    std::vector<Value> converted;
    for (const std::int64_t coordinate : token) converted.push_back(model_.arithmetic.from(coordinate));
    for (std::size_t d = 0; d < row_.size(); ++d) row_.values[d] = project(embedding_, d, converted);
    for (const PositionFeature& feature : network_.positions)
      model_.arithmetic.add(row_.values[static_cast<std::size_t>(feature.coordinate)],
                            model_.arithmetic.from(feature.values[length_]));
  }

  // h = x + Σ_heads: all heads read x before anything is added.
  void attend(Block& block) {
    if (block.heads.empty()) return;
    for (Value& u : update_) u = Value{};
    for (auto& head : block.heads) multiply_adds_ += head.step(model_, length_, row_.values, update_);
    add_update();
  }

  // x' = h + W2 σ(W1 h)
  void feed_forward(const Block& block) {
    for (Value& u : update_) u = Value{};
    for (std::size_t unit = 0; unit < block.w1.rows(); ++unit) {
      const Value activation = model_.activation(project(block.w1, unit, row_.values));
      if (!model_.arithmetic.is_zero(activation))
        multiply_adds_ += block.w2.add_scaled_row(model_.arithmetic, unit, activation, update_);
    }
    add_update();
  }

  void add_update() {
    for (std::size_t d = 0; d < row_.size(); ++d)
      if (!model_.arithmetic.is_zero(update_[d])) model_.arithmetic.add(row_.values[d], update_[d]);
  }

  void report(std::size_t stage) const {
    if (observer_) observer_(length_, stage, row_);
  }

  const Network& network_;
  Model model_;
  SparseRows<Arithmetic> embedding_, readout_;
  std::vector<Block> blocks_;
  Row<Arithmetic> row_, output_;
  std::vector<Value> update_;  // scratch
  RowObserver observer_;
  std::size_t length_ = 0;
  std::uint64_t multiply_adds_ = 0;
};

}  // namespace wrought::detail
