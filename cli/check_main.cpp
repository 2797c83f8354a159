// wrought-check CERTIFICATE NETWORK: does the certificate prove what it says of the network?
//
// A program of its own that links verifier/ alone: it shares no code with what builds networks and certificates.
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <string>

#include "verifier/certificate/check.hpp"
#include "verifier/certificate/json.hpp"

namespace {

using namespace wrought::certificate;

enum Exit { accepted = 0, rejected = 1, usage = 2, unknown = 3, internal = 4 };

constexpr const char* help =
    "usage: wrought-check CERTIFICATE NETWORK\n\n"
    "Derives every step of the certificate again, compares every number and every matrix of the network, and answers\n"
    "accepted, rejected (with the step and the reason) or unknown.\n\n"
    "Exit codes: 0 accepted, 1 rejected, 2 usage error or unreadable file, 3 unknown, 4 internal error.\n";

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw Unreadable("cannot be read");
  return text.str();
}

template <class Read>
auto read_file(const std::string& path, Read read) {
  try {
    return read(contents(path));
  } catch (const Unreadable& unreadable) {
    throw Unreadable(path + ": " + unreadable.what());
  }
}

int answer(const Certificate& certificate, const wrought::Network& network) {
  const Check result = check(certificate, network);
  const std::string where = result.where.empty() ? "" : result.where + ": ";
  switch (result.answer) {
    case Answer::rejected: return std::printf("rejected at %s%s\n", where.c_str(), result.reason.c_str()), rejected;
    case Answer::unknown: return std::printf("unknown: %s%s\n", where.c_str(), result.reason.c_str()), unknown;
    case Answer::accepted: break;
  }
  std::printf("accepted: %s, %s attention, lengths up to", certificate.statement.name.c_str(),
              name(network.attention.kind).c_str());
  if (const auto& rewriting = certificate.statement.rewriting) std::printf(" %lld", static_cast<long long>(rewriting->longest));
  for (const Statement::Input& input : certificate.statement.inputs) std::printf(" %lld", static_cast<long long>(input.max_length));
  std::printf(", %u bits; %zu quantities, %zu steps, %zu cases\n", certificate.precision, certificate.quantities.size(),
              certificate.steps.size(), result.cases);
  for (const std::string& hypothesis : certificate.hypotheses) std::printf("if %s\n", hypothesis.c_str());
  return accepted;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string first = argc > 1 ? argv[1] : "";
    if (first == "--help" || first == "-h") return std::fputs(help, stdout), accepted;
    if (argc != 3) return std::fputs(help, stderr), usage;
    const Certificate certificate = read_file(argv[1], read_certificate);
    const wrought::Network network = read_file(argv[2], read_network);
    return answer(certificate, network);
  } catch (const Unreadable& unreadable) {
    std::fprintf(stderr, "wrought-check: %s\n", unreadable.what());
    return usage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "wrought-check: internal error: %s\n", error.what());
    return internal;
  }
}
