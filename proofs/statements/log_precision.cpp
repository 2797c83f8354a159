#include "proofs/statements/log_precision.hpp"

#include <fmt/format.h>

namespace wrought::statements {

namespace {

struct Step {
  unsigned precision = 0;
  std::size_t length = 0;

  // p/log L <= p'/log L', as L'^p <= L^p' in whole numbers.
  bool is_no_steeper_than(const Step& other) const {
    using boost::multiprecision::pow;
    return pow(Integer(other.length), precision) <= pow(Integer(length), other.precision);
  }
};

}  // namespace

LogPrecision log_precision(Evidence& evidence, const std::vector<Family>& families, AttentionKind attention) {
  LogPrecision result{true, "certified for all inputs up to these sizes with p bits:"};
  std::string separator = " ";
  for (const Family& family : families) {
    if (!family.certify) continue;
    std::string bits;
    Step last;
    for (const std::int64_t size : family.sizes) {
      const Case c = case_of(family, size, attention);
      const Certified& certified = evidence.certificate(c);
      if (!certified.certificate) return {false, text(c) + " not certified: " + certified.reason};
      const Step next{certified.precision, evidence.run(c).length()};
      result.holds = result.holds && (bits.empty() || next.is_no_steeper_than(last));
      last = next;
      bits += (bits.empty() ? "" : ", ") + std::to_string(certified.precision);
    }
    result.text += fmt::format("{}{} {}", separator, family.task, bits);
    separator = "; ";
  }
  result.text += "; p/log₂ L falls";
  return result;
}

}  // namespace wrought::statements
