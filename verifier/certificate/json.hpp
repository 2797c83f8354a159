// Certificates and networks as files. The format is described in docs/certificate.md; numbers are exact.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "verifier/certificate/certificate.hpp"
#include "verifier/network/network.hpp"

namespace wrought::certificate {

// Thrown for a text that is no certificate or network: what is wrong, and where.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string certificate_json(const Certificate& certificate);
std::string network_json(const Network& network);

Certificate read_certificate(std::string_view text);
Network read_network(std::string_view text);

}  // namespace wrought::certificate
