// A sparse matrix converted to one number type, laid out for products whose cost follows the non-zeros.
#pragma once

#include <cstdint>
#include <vector>

#include "verifier/network/network.hpp"

namespace wrought::detail {

template <class Arithmetic>
class SparseRows {
 public:
  using Value = typename Arithmetic::Value;

  struct Entry {
    std::uint32_t column;
    Value value;
  };

  SparseRows() = default;

  // `matrix` times `scale`; each entry is rounded (or enclosed) once.
  SparseRows(const Arithmetic& arithmetic, const Matrix& matrix, const Rational& scale) {
    starts_.reserve(static_cast<std::size_t>(matrix.rows()) + 1);
    entries_.reserve(static_cast<std::size_t>(matrix.nonZeros()));
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
      for (Matrix::InnerIterator it(matrix, row); it; ++it)
        if (it.value() != 0)
          entries_.push_back({static_cast<std::uint32_t>(it.col()), arithmetic.from(Rational(it.value() * scale))});
      starts_.push_back(entries_.size());
    }
  }

  std::size_t rows() const { return starts_.size() - 1; }

  // acc += row · x. Returns the number of products with both factors non-zero.
  std::size_t add_dot(const Arithmetic& arithmetic, std::size_t row, const std::vector<Value>& x, Value& acc) const {
    std::size_t products = 0;
    for (std::size_t e = starts_[row]; e < starts_[row + 1]; ++e) {
      const Entry& entry = entries_[e];
      if (arithmetic.is_zero(x[entry.column])) continue;
      arithmetic.add_product(acc, entry.value, x[entry.column]);
      ++products;
    }
    return products;
  }

  // acc += factor · row, read as a column of the transposed matrix. Returns the number of products.
  std::size_t add_scaled_row(const Arithmetic& arithmetic, std::size_t row, const Value& factor,
                             std::vector<Value>& acc) const {
    for (std::size_t e = starts_[row]; e < starts_[row + 1]; ++e)
      arithmetic.add_product(acc[entries_[e].column], entries_[e].value, factor);
    return starts_[row + 1] - starts_[row];
  }

 private:
  std::vector<std::size_t> starts_{0};
  std::vector<Entry> entries_;
};

}  // namespace wrought::detail
