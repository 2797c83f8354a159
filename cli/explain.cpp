#include "cli/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/expected_quantities.hpp"
#include "cli/readings.hpp"
#include "cli/token_text.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

// Runs the input again up to the row that generates the token at `position`.
RowProbe probe_before(const Run& run, const ChainOfThought& chain, std::size_t position) {
  RowProbe probe(*run.construction);
  probe.want(position - 1);
  const std::unique_ptr<Runner> runner = make_runner(run.construction->network(), run.run_options);
  probe.attach(*runner);
  try {
    for (std::size_t p = 0; p < position; ++p)
      runner->append(p < chain.prompt.size() ? chain.prompt[p] : chain.generated[p - chain.prompt.size()]);
  } catch (const Undefined&) {
    // The run stops inside this row, as it did before; what was read until then is what there is to see.
  }
  return probe;
}

std::string expected_text(const Expectations& expected, const std::string& name) {
  const auto known = expected.find(name);
  if (known == expected.end()) return "";
  return known->second ? known->second->str() : "unused";
}

std::string remark(const Reading& reading, const Expectations& expected) {
  const auto known = expected.find(reading.name);
  const bool is_known = known != expected.end() && known->second && reading.value;
  if (is_known && decode(*reading.value) != known->second) {
    const bool may_be = reading.value->lower <= *known->second && reading.value->upper >= *known->second;
    return may_be ? "too wide" : "differs";
  }
  return reading.is_out_of_range() ? "out of range" : "";
}

// Quantities with what they should be, where that is certain, and then the registers they are made of.
Table readings_table(const RowProbe& probe, const Expectations& expected) {
  Table table{{{"quantity", Align::left}, {"found"}, {"expected"}, {"range", Align::left}, {"", Align::left}},
              {}};
  for (const Reading& reading : probe.quantities())
    table.rows.push_back({reading.name, value_text(reading.value), expected_text(expected, reading.name),
                          range_text(reading.range), remark(reading, expected)});
  for (const Reading& reading : probe.registers())
    table.rows.push_back({"register " + reading.name, value_text(reading.value), "",
                          range_text(reading.range), remark(reading, {})});
  return table;
}

std::string input_text(const Job& job, const GivenInput& input) {
  const std::string origin = input.origin.empty() ? "" : input.origin + ": ";
  return origin + joined(sequence_texts(job, input.sequences), " ");
}

void explain_difference(Document& document, const Job& job, const Run& run, const GivenInput& input,
                        const Checked& checked) {
  const Construction& construction = *run.construction;
  const ChainOfThought chain = construction.encode(input.sequences);
  const Difference& difference = *checked.report.difference;
  const std::size_t generated = difference.position - chain.prompt.size();
  document.paragraph(fmt::format(
      "input       {}\nposition    {} (generated token {} of {})\nreason      {}\ntoken       expected {}\n"
      "coordinate  {}: expected {}, found {}",
      input_text(job, input), difference.position, generated + 1, chain.generated.size(),
      checked.report.reason,
      token_text(job, construction.format, chain.generated.at(generated), difference.position),
      construction.format.names().at(difference.coordinate), difference.expected, difference.found));
  document.table(
      readings_table(probe_before(run, chain, difference.position),
                     expected_quantities(construction, input.sequences, chain, difference.position)));
}

void explain_published_answer(Document& document, const Job& job, const GivenInput& input,
                              const Checked& checked) {
  document.paragraph(
      fmt::format("input       {}\nreason      the file's answer {} differs from the dynamic program's {}",
                  input_text(job, input), *input.published_answer, checked.expected));
}

}  // namespace

void explain_failure(Document& document, const Job& job, const Run& run) {
  const auto failed = std::find_if(run.checked.begin(), run.checked.end(),
                                   [](const Checked& c) { return c.verdict != Verdict::verified; });
  if (failed == run.checked.end()) return;
  const GivenInput& input = job.inputs[static_cast<std::size_t>(failed - run.checked.begin())];
  document.heading(name(failed->verdict) + " under " + name(run.attention()) + " attention");
  if (failed->report.difference)
    explain_difference(document, job, run, input, *failed);
  else
    explain_published_answer(document, job, input, *failed);
}

std::string verdict_text(Verdict verdict, const Options& options) {
  return verdict == Verdict::verified && options.arithmetic.is_interval() ? "proved" : name(verdict);
}

std::string summary_text(const std::vector<Run>& runs, const Options& options) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::verified, Verdict::unknown, Verdict::refuted}) {
    std::ptrdiff_t count = 0;
    for (const Run& run : runs)
      count += std::count_if(run.checked.begin(), run.checked.end(),
                             [&](const Checked& c) { return c.verdict == verdict; });
    if (count > 0) parts.push_back(fmt::format("{} ×{}", verdict_text(verdict, options), count));
  }
  return joined(parts);
}

}  // namespace wrought::cli
