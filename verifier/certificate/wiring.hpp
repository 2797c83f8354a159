// Whether a network's matrices are what the steps of a certificate say, entry by entry.
#pragma once

#include <map>
#include <vector>

#include "verifier/certificate/certificate.hpp"
#include "verifier/certificate/gadgets.hpp"
#include "verifier/certificate/outcome.hpp"
#include "verifier/network/network.hpp"

namespace wrought::certificate {

// A row of a matrix over what coordinates hold: a quantity less its kept linear part, named by the quantity.
using Row = std::map<QuantityId, Rational>;

class Wiring {
 public:
  // Checks who holds which coordinate when. Throws Rejected.
  Wiring(const Certificate& certificate, const Network& network);

  // Checks every matrix. Throws Rejected. A hidden unit may be missing; the arguments of those that are must be proved never
  // to be positive, and are returned by quantity.
  std::vector<std::vector<Form>> check() const;

  // The last stage at which each quantity is read, or gone on from. Throws Rejected like check().
  std::vector<std::size_t> last_stages() const;

  // An affine form over quantities as a row over what coordinates hold.
  Row row(const Form& form) const;

  // The quantity that held the same coordinate before, if any.
  std::optional<QuantityId> former_tenant(QuantityId id) const { return former_.at(id); }

  // The hidden units that compute a feed-forward quantity, the mirrored pair that moves a linear part included.
  static std::vector<Unit> units(const Quantity& quantity);
  // What is added to the coordinate's content to make the quantity.
  static Form kept(const Quantity& quantity);

 private:
  void check_tenants();
  void check_embedding() const;
  std::vector<std::size_t> last_of_reads() const;
  std::vector<std::vector<Form>> check_matrices() const;
  std::vector<std::vector<Form>> check_feed_forward() const;
  void check_heads() const;
  void check_readout() const;
  Row read(const Matrix& matrix, Eigen::Index index, std::size_t stage, const std::string& where) const;
  std::optional<QuantityId> tenant_at(std::size_t coordinate, std::size_t stage) const;
  std::optional<QuantityId> written_at(std::size_t coordinate, std::size_t stage) const;

  const Certificate& certificate_;
  const Network& network_;
  std::vector<std::vector<QuantityId>> tenants_;  // by coordinate, in order
  std::vector<std::optional<QuantityId>> former_;
  mutable std::map<QuantityId, Row> rows_;
  mutable std::vector<std::size_t> last_read_;  // the last stage at which a matrix reads a quantity
};

// The query and key of a head: pairs (constant, slope in λ), both of length d_k. Throws Unproved for an unknown rule.
struct HeadExpansion {
  std::vector<std::pair<Form, Form>> query, key;
};
HeadExpansion expand(const HeadUse& head);

}  // namespace wrought::certificate
