// One attention head at work: its converted matrices, and what it remembers of the tokens so far.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "verifier/network/network.hpp"
#include "verifier/runtime/runtime.hpp"
#include "verifier/runtime/sparse_rows.hpp"

namespace wrought::detail {

template <class Model>
class AttentionHead {
 public:
  using Arithmetic = typename Model::Arithmetic;
  using Value = typename Model::Value;

  AttentionHead(const Model& model, const Attention& attention, const Head& head)
      : attention_(attention),
        query_(model.arithmetic, head.query + head.query_lambda * model.lambda(),
               attention.is_linear() ? Rational(1) : Rational(model.tau())),
        key_(model.arithmetic, head.key + head.key_lambda * model.lambda(), 1),
        value_(model.arithmetic, head.value, 1),
        output_(model.arithmetic, head.output.transpose(), 1) {
    reset();
  }

  void reset() {
    keys_.clear();
    values_.clear();
    value_starts_.assign(1, 0);
    if (!attention_.is_linear()) return;
    state_.assign(key_.rows() * value_.rows(), Value{});
    normaliser_.assign(key_.rows(), Value{});
    value_sum_.assign(value_.rows(), Value{});
  }

  // Remembers the row at `position` and adds what the head returns there onto `update`. Returns multiply-adds.
  std::uint64_t step(const Model& model, std::size_t position, const std::vector<Value>& row,
                     std::vector<Value>& update) {
    products_ = 0;
    const std::vector<Value> query = project(model, query_, row);
    const std::vector<Value> key = project(model, key_, row);
    const std::vector<Value> value = project(model, value_, row);
    const std::vector<Value> head_output = attention_.is_linear()
                                               ? step_linear(model, position, query, key, value)
                                               : step_softmax(model, position, query, key, value);
    for (std::size_t d = 0; d < head_output.size(); ++d)
      if (!model.arithmetic.is_zero(head_output[d]))
        products_ += output_.add_scaled_row(model.arithmetic, d, head_output[d], update);
    return products_;
  }

  std::uint64_t cache_bytes() const {
    return sizeof(Value) * (keys_.size() + state_.size() + normaliser_.size() + value_sum_.size()) +
           sizeof(Component) * values_.size() + sizeof(std::size_t) * value_starts_.size();
  }

 private:
  struct Component {
    std::uint32_t index;
    Value value;
  };

  std::vector<Value> project(const Model& model, const SparseRows<Arithmetic>& matrix,
                             const std::vector<Value>& row) {
    std::vector<Value> result(matrix.rows());
    for (std::size_t d = 0; d < result.size(); ++d)
      products_ += matrix.add_dot(model.arithmetic, d, row, result[d]);
    return result;
  }

  // softmax over the visible tokens; values are kept by their non-zero components.
  std::vector<Value> step_softmax(const Model& model, std::size_t position, const std::vector<Value>& query,
                                  const std::vector<Value>& key, const std::vector<Value>& value) {
    const Arithmetic& arithmetic = model.arithmetic;
    keys_.insert(keys_.end(), key.begin(), key.end());
    for (std::size_t d = 0; d < value.size(); ++d)
      if (!arithmetic.is_zero(value[d])) values_.push_back({static_cast<std::uint32_t>(d), value[d]});
    value_starts_.push_back(values_.size());

    visible_.clear();
    weights_.clear();
    attention_.for_each_visible(position, [&](std::size_t j) {
      visible_.push_back(j);
      weights_.push_back(score(arithmetic, query, j));
    });
    model.weigh(weights_);

    Value total{};
    std::vector<Value> mean(value.size());
    for (std::size_t v = 0; v < visible_.size(); ++v) {
      if (arithmetic.is_zero(weights_[v])) continue;
      arithmetic.add(total, weights_[v]);
      for (std::size_t c = value_starts_[visible_[v]]; c < value_starts_[visible_[v] + 1]; ++c, ++products_)
        arithmetic.add_product(mean[values_[c].index], weights_[v], values_[c].value);
    }
    divide_all(arithmetic, mean, total);
    return mean;
  }

  Value score(const Arithmetic& arithmetic, const std::vector<Value>& query, std::size_t j) {
    Value sum{};
    const Value* key = keys_.data() + j * query.size();
    for (std::size_t d = 0; d < query.size(); ++d) {
      if (arithmetic.is_zero(query[d]) || arithmetic.is_zero(key[d])) continue;
      arithmetic.add_product(sum, query[d], key[d]);
      ++products_;
    }
    return sum;
  }

  // φ(q)ᵀS / φ(q)ᵀz with S += φ(k)vᵀ, z += φ(k); earlier tokens are never revisited (paper Lemma A.8).
  std::vector<Value> step_linear(const Model& model, std::size_t position, const std::vector<Value>& query,
                                 const std::vector<Value>& key, const std::vector<Value>& value) {
    const Arithmetic& arithmetic = model.arithmetic;
    const std::size_t width = value.size();
    for (std::size_t d = 0; d < width; ++d) arithmetic.add(value_sum_[d], value[d]);
    for (std::size_t a = 0; a < key.size(); ++a) {
      const Value feature = model.feature(key[a]);
      if (arithmetic.is_zero(feature)) continue;
      arithmetic.add(normaliser_[a], feature);
      add_scaled(arithmetic, feature, value.data(), state_.data() + a * width, width);
    }

    Value total{};
    std::vector<Value> mean(width);
    for (std::size_t a = 0; a < query.size(); ++a) {
      const Value feature = model.feature(query[a]);
      if (arithmetic.is_zero(feature)) continue;
      arithmetic.add_product(total, feature, normaliser_[a]);
      ++products_;
      add_scaled(arithmetic, feature, state_.data() + a * width, mean.data(), width);
    }
    if (model.averages_plainly(total)) {
      mean = value_sum_;
      total = arithmetic.from(static_cast<std::int64_t>(position) + 1);
    }
    divide_all(arithmetic, mean, total);
    return mean;
  }

  // to += factor · from, skipping zeros.
  void add_scaled(const Arithmetic& arithmetic, const Value& factor, const Value* from, Value* to,
                  std::size_t count) {
    for (std::size_t d = 0; d < count; ++d) {
      if (arithmetic.is_zero(from[d])) continue;
      arithmetic.add_product(to[d], factor, from[d]);
      ++products_;
    }
  }

  static void divide_all(const Arithmetic& arithmetic, std::vector<Value>& values, const Value& divisor) {
    for (Value& v : values)
      if (!arithmetic.is_zero(v)) arithmetic.divide(v, divisor);
  }

  Attention attention_;
  SparseRows<Arithmetic> query_, key_, value_;
  SparseRows<Arithmetic> output_;  // transposed: one row per value dimension

  // Softmax heads: the KV cache.
  std::vector<Value> keys_;
  std::vector<Component> values_;
  std::vector<std::size_t> value_starts_;
  std::vector<std::size_t> visible_;  // scratch
  std::vector<Value> weights_;        // scratch

  // Linear heads: S (d_k x d_v), z (d_k), and the sum of all values.
  std::vector<Value> state_;
  std::vector<Value> normaliser_;
  std::vector<Value> value_sum_;

  std::uint64_t products_ = 0;
};

}  // namespace wrought::detail
