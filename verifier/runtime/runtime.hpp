// The forward pass of any network, over any number type, token by token.
//
// The runtime knows matrices, an attention pattern and token vectors. It knows nothing of gadgets, registers or
// dynamic programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "verifier/network/network.hpp"
#include "verifier/numbers/arithmetic.hpp"

namespace wrought {

// The three numbers that turn the ideal weights into the real network (§2): GeLU(κx)/κ, softmax(τ·score), and λ in
// the linear heads. All positive.
struct Sharpness {
  Rational kappa, tau, lambda;
};

// Ideal: ReLU, hardmax averaged over ties, saturated feature map. Smooth: the paper's model at given sharpness.
struct Ideal {};
using Semantics = std::variant<Ideal, Sharpness>;

enum class ArithmeticKind { exact, interval, bits, machine_double };

// How to compute. Exact arithmetic runs the ideal semantics only; interval and bits the smooth one only.
struct RunOptions {
  ArithmeticKind arithmetic = ArithmeticKind::exact;
  unsigned precision = 0;  // bits of the significand, >= 2; for interval and bits
  Semantics semantics = Ideal{};
};

// Thrown when a run leaves what the ideal semantics defines (a feature-map argument in (-1, 0), for instance).
struct Undefined : std::domain_error {
  using std::domain_error::domain_error;
};

// One row of the residual stream, read-only, whatever the number type.
class RowView {
 public:
  virtual ~RowView() = default;
  virtual std::size_t size() const = 0;
  // Exact bounds of the coordinate's value; nothing if it is not finite.
  virtual std::optional<Enclosure> enclosure(std::size_t coordinate) const = 0;
  virtual std::string text(std::size_t coordinate) const = 0;
};

// Called with every row as it is computed. Stage 0 is the embedding, 2l+1 follows the attention of layer l,
// 2l+2 its feed-forward block.
using RowObserver = std::function<void(std::size_t position, std::size_t stage, const RowView& row)>;

struct RunStatistics {
  std::uint64_t multiply_adds = 0;  // with both factors non-zero
  std::uint64_t cache_bytes = 0;    // keys and values, or S and z
};

// A network with its weights converted to one number type, and the state of one run (KV cache, or S and z).
class Runner {
 public:
  virtual ~Runner() = default;

  // Forgets all tokens; keeps the converted weights.
  virtual void reset() = 0;

  // Runs one more token through all layers. Throws std::length_error beyond the network's largest length,
  // std::invalid_argument for a token of the wrong width, Undefined (ideal semantics only).
  virtual void append(const Token& token) = 0;

  // The last row's projection by `readout`: bounds and text per coordinate. Needs at least one token.
  virtual const RowView& output() const = 0;

  virtual void observe(RowObserver observer) = 0;
  virtual RunStatistics statistics() const = 0;
};

// Throws std::invalid_argument if the network is malformed, the precision below 2 bits, a sharpness not positive, or
// the arithmetic does not run the semantics. The network must outlive the runner.
std::unique_ptr<Runner> make_runner(const Network& network, const RunOptions& options);

}  // namespace wrought
