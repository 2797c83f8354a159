// Certificates that once were accepted though their networks are wrong, one for each hole that was found in the checker: the
// structure is kept, all numbers are derived anew, so that what is refused is refused by a rule.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "verifier/certificate/check.hpp"
#include "verifier/certificate/json.hpp"

using namespace wrought;
using namespace wrought::certificate;

namespace {

std::string contents(const std::string& file) {
  std::ifstream stream(std::filesystem::path(FALSE_CERTIFICATES) / file);
  REQUIRE(stream);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Why the structure proves nothing, or what it takes for granted.
std::string objection(const std::string& name) {
  const Certificate certificate = read_certificate(contents(name + ".cert.json"));
  const Network network = read_network(contents(name + ".network.json"));
  CHECK(check(certificate, network).answer != Answer::accepted);
  try {
    const Derived derived = derive(certificate, network);
    for (const Rational& error : derived.output_errors)
      if (error >= Rational(1, 2)) return "an output may be off by 1/2";
    return derived.hypotheses.empty() ? "" : derived.hypotheses.front();
  } catch (const Rejected& rejected) {
    return rejected.reason;
  } catch (const Unproved& unproved) {
    return unproved.reason;
  }
}

}  // namespace

TEST_CASE("certificates that are false are refused, or say what they rest on") {
  const std::map<std::string, std::string> objections{
      {"added_onto_a_kept_linear_part", "may not be added onto"},
      {"units_added_onto_another_quantity", "may not be added onto"},
      {"goes_on_from_its_own_step", "before that is defined"},
      {"further_back_than_64_bits", "is not the symbol a fixed number of tokens back"},
      {"symbol_that_is_half_a_flag", "the symbol must be an integer at every token"},
      {"tenants_out_of_order", "follows one in its coordinate that is not known yet"},
      {"half_a_mirrored_pair", "an output may be off by 1/2"},
      {"cleared_with_inexact_kappa", "an output may be off by 1/2"},
      {"addresses_that_do_not_telescope", "addresses that come again"},
      {"locate_by_a_flag_of_many", "that of a separator"},
      {"at_most_reads_first", "about lengths and coordinates alone"},
      {"back_in_the_answer", "every distance of a read"},
      {"back_in_a_branch_not_taken", "every distance of a read"},
      {"at_most_not_proved", "is at most what is stated of each state"},
      {"eviction_at_the_separator", "evicted(0)"},
      {"evicted_without_capacity", "evicted after a number of tokens"},
      {"hidden_units_that_cancel", "two hidden units with the same argument"},
      {"half_a_clearing_pair", "a hidden unit has weight 0"},
      {"until_is_no_condition", "a condition may be other than 0 and 1"},
      {"outputs_beyond_the_token", "not one for every coordinate of a token"}};
  for (const auto& [name, reason] : objections) {
    const std::string why = objection(name);
    CAPTURE(name);
    CAPTURE(why);
    CHECK(why.find(reason) != std::string::npos);
  }
}

TEST_CASE("a form that writes the constant as a quantity is not read") {
  try {
    read_certificate(contents("mirror_in_another_form.cert.json"));
    FAIL("it was read");
  } catch (const std::exception& error) {
    CHECK(std::string(error.what()).find("every quantity but the constant") != std::string::npos);
  }
}
