#include "proofs/bounds/chain_count.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace wrought {

namespace {

using Lengths = std::vector<std::int64_t>;

Integer power(std::int64_t base, std::int64_t exponent) {
  return boost::multiprecision::pow(Integer(base), static_cast<unsigned>(exponent));
}

std::string power_text(std::int64_t base, std::int64_t exponent) {
  return std::to_string(base) + "^" + std::to_string(exponent);
}

ChainCount reversed_sums_count(const TaskParameters& p, const Lengths& n) {
  return {power(p.at("modulus"), n[0]), true, power_text(p.at("modulus"), n[0]), "chains_eq_of_reversed_sums",
          "proofs/bounds/reversed_sums.md"};
}

ChainCount lagged_recurrence_count(const TaskParameters& p, const Lengths&) {
  const std::int64_t modulus = p.at("modulus"), m = p.at("m"), revealed = std::min(m, p.at("steps"));
  ChainCount count{power(modulus, revealed), true, power_text(modulus, revealed),
                   "chains_eq_of_lagged_recurrence", "proofs/bounds/lagged_recurrence.md"};
  if (m == 1) {  // x_1 = 2 x_0
    count.at_least = modulus / std::gcd(modulus, std::int64_t{2});
    count.formula = count.at_least.str();
  }
  return count;
}

ChainCount arithmetic_count(const TaskParameters& p, const Lengths& n) {
  const std::int64_t prime = p.at("p"), operators = (n[0] - 1) / 2;
  return {prime * power(4 * prime - 1, operators), false,
          std::to_string(prime) + "·" + power_text(4 * prime - 1, operators), "chains_ge_of_arithmetic",
          "proofs/bounds/arithmetic.md"};
}

// Without a copy of the expression: what the first step makes of it.
ChainCount plain_arithmetic_count(const TaskParameters& p, const Lengths& n) {
  const std::int64_t prime = p.at("p"), operators = std::max<std::int64_t>(0, (n[0] - 3) / 2);
  return {prime * power(4 * prime - 1, operators), false,
          std::to_string(prime) + "·" + power_text(4 * prime - 1, operators),
          "first_results_ge_of_arithmetic", "proofs/bounds/arithmetic.md"};
}

// The product of edit_distance.md over `rows` rows, for a column string of length `columns` with `letters` of the alphabet.
Integer row_product(std::int64_t rows, std::int64_t columns, std::int64_t letters, std::int64_t alphabet) {
  const std::int64_t occurrences = columns / letters;
  Integer product = 1;
  for (std::int64_t absorbed = 0; absorbed < letters && absorbed * occurrences < rows; ++absorbed) {
    const std::int64_t some_letter_changes_nothing = letters < alphabet || absorbed >= 1 ? 1 : 0;
    product *= power(letters - absorbed + some_letter_changes_nothing,
                     std::min(occurrences, rows - absorbed * occurrences));
  }
  return product;
}

bool distances_tell_letters_apart(const TaskParameters& p) {
  return p.at("substitute") > 0 && p.at("insert") + p.at("delete") > 0;
}

ChainCount edit_distance_count(const TaskParameters& p, const Lengths& n) {
  ChainCount best{1, false, "1", "chains_ge_of_edit_distance", "proofs/bounds/edit_distance.md"};
  if (!distances_tell_letters_apart(p)) return best;
  const std::int64_t alphabet = p.at("alphabet");
  for (const auto& [rows, columns] : {std::pair(n[0], n[1]), std::pair(n[1], n[0])})
    for (std::int64_t s = 1; s <= std::min(alphabet, columns); ++s)
      if (const Integer count = row_product(rows, columns, s, alphabet); count > best.at_least) {
        best.at_least = count;
        best.formula = "row product, s = " + std::to_string(s) + ", q = " + std::to_string(columns / s);
      }
  return best;
}

ChainCount local_edit_distance_count(const TaskParameters& p, const Lengths& n) {
  return {power(p.at("alphabet"), n[0] + n[1]), true, power_text(p.at("alphabet"), n[0] + n[1]),
          "chains_eq_of_local_edit_distance", "proofs/bounds/local_edit_distance.md"};
}

ChainCount banded_edit_distance_count(const TaskParameters& p, const Lengths& n) {
  const bool tells = distances_tell_letters_apart(p) && p.at("alphabet") >= 2;
  const std::int64_t diagonal = tells ? std::min(n[0], n[1]) : 0;
  return {power(2, diagonal), false, power_text(2, diagonal), "chains_ge_of_banded_edit_distance",
          "proofs/bounds/banded_edit_distance.md"};
}

// Any prefix length gives a bound; a good one is chosen in floating point, and the bound itself is exact.
std::int64_t good_prefix(std::int64_t n, std::int64_t most) {
  std::int64_t best = 0;
  double largest = 0;
  for (std::int64_t h = 0; h <= most; ++h)
    if (const double bits = static_cast<double>(n - h) * std::log2(static_cast<double>(h + 1));
        bits > largest) {
      largest = bits;
      best = h;
    }
  return best;
}

ChainCount lis_count(const TaskParameters& p, const Lengths& n) {
  const std::int64_t h = good_prefix(n[0], std::min(n[0] - 1, p.at("values")));
  return {power(h + 1, n[0] - h), false, power_text(h + 1, n[0] - h), "chains_ge_of_lis",
          "proofs/bounds/lis.md"};
}

struct ClosedForm {
  const char* task;
  ChainCount (*count)(const TaskParameters&, const Lengths&);
};

constexpr ClosedForm closed_forms[] = {{"reversed-sums", reversed_sums_count},
                                       {"lagged-recurrence", lagged_recurrence_count},
                                       {"arithmetic", arithmetic_count},
                                       {"arithmetic-plain", plain_arithmetic_count},
                                       {"edit-distance", edit_distance_count},
                                       {"local-edit-distance", local_edit_distance_count},
                                       {"banded-edit-distance", banded_edit_distance_count},
                                       {"lis", lis_count}};

}  // namespace

std::vector<std::int64_t> counted_lengths(const Task& task, std::size_t inputs, std::int64_t size) {
  const bool only_odd = task.notation == Notation::expression;  // operators and brackets add two symbols each
  return Lengths(inputs, only_odd && size % 2 == 0 ? size - 1 : size);
}

std::optional<ChainCount> chains_ge(const std::string& task, const TaskParameters& parameters,
                                    const std::vector<std::int64_t>& lengths) {
  for (const ClosedForm& form : closed_forms)
    if (task == form.task) return form.count(parameters, lengths);
  return std::nullopt;
}

std::string contradiction(const ChainCount& claim, const Enumeration& all) {
  const bool holds = claim.is_exact ? claim.at_least == all.chains : claim.at_least <= all.chains;
  if (holds) return "";
  return claim.statement + " claims " + (claim.is_exact ? "" : "at least ") + claim.at_least.str() +
         " chains of thought, and all " + std::to_string(all.inputs) + " inputs have " +
         std::to_string(all.chains);
}

Integer ChainEvidence::at_least() const {
  if (enumerated) return enumerated->chains;
  return closed_form ? closed_form->at_least : Integer(1);
}

std::optional<OwnChains> own_chains(const Task& task, const TaskParameters& parameters, std::int64_t size) {
  if (!task.own) return std::nullopt;
  const OwnConstruction& own = *task.own;
  const Construction any = own.build(parameters, size, own.kinds.front(), Schedule::narrow, std::nullopt);
  return OwnChains{any.chain_of_thought, own.max_length(size)};
}

ChainEvidence count_chains(const Task& task, const TaskParameters& parameters, const Problem& problem,
                           std::int64_t size) {
  ChainEvidence evidence{counted_lengths(task, problem.inputs.size(), size), std::nullopt, std::nullopt};
  evidence.closed_form = chains_ge(task.name, parameters, evidence.lengths);
  evidence.enumerated =
      enumerate_chains(problem, evidence.lengths, most_enumerated_tokens, own_chains(task, parameters, size));
  return evidence;
}

Integer ceil_log2(const Integer& n) { return n == 1 ? Integer(0) : Integer(msb(n - 1) + 1); }

Rational log2_ge(const Integer& n) {
  constexpr unsigned most_bits = 1u << 20;
  if (msb(n) > most_bits) return Rational(msb(n));
  return Rational(msb(boost::multiprecision::pow(n, 10))) / 10;
}

}  // namespace wrought
