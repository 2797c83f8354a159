#include "cli/json.hpp"

#include "cli/json_parts.hpp"
#include "cli/token_text.hpp"

namespace wrought::cli {

namespace {

Json or_null(const std::optional<std::int64_t>& value) { return value ? Json(*value) : Json(nullptr); }

Json margin_json(const std::optional<Rational>& margin, const ArithmeticChoice& arithmetic) {
  if (!margin) return nullptr;
  if (arithmetic.is_exact()) return to_string(*margin);
  return nearest_double(*margin);
}

// Where the network left the expected tokens, or else where a published answer differs from the dynamic program's.
Json difference_json(const Job& job, const Run& run, const GivenInput& input, const Checked& checked) {
  const TokenFormat& format = run.construction->format;
  const ChainOfThought chain = run.construction->encode(input.sequences);
  const auto text_at = [&](std::size_t position) {
    return token_text(job, format, chain.generated.at(position - chain.prompt.size()), position);
  };
  const std::size_t last = chain.prompt.size() + chain.generated.size() - 1;
  if (!checked.report.difference)
    return {{"position", last},
            {"coordinate", "published answer"},
            {"expected", *input.published_answer},
            {"found", std::to_string(chain.answer)},
            {"token", text_at(last)},
            {"reason", "the published answer differs from the dynamic program's"}};
  const Difference& difference = *checked.report.difference;
  return {{"position", difference.position},       {"coordinate", format.names().at(difference.coordinate)},
          {"expected", difference.expected},       {"found", difference.found},
          {"token", text_at(difference.position)}, {"reason", checked.report.reason}};
}

Json input_json(const Job& job, const Options& options, const Run& run, const GivenInput& input,
                const Checked& checked) {
  Json result{{"sequences", sequence_texts(job, input.sequences)},
              {"tokens", checked.report.tokens},
              {"verdict", name(checked.verdict)},
              {"answer", or_null(checked.answer)},
              {"expected", checked.expected},
              {"margin", margin_json(checked.report.margin, options.arithmetic)}};
  if (checked.verdict != Verdict::verified)
    result["first_difference"] = difference_json(job, run, input, checked);
  return result;
}

Json run_json(const Job& job, const Options& options, const Run& run) {
  Json inputs = Json::array();
  for (std::size_t i = 0; i < run.checked.size(); ++i)
    inputs.push_back(input_json(job, options, run, job.inputs[i], run.checked[i]));
  return {{"attention", name(run.attention())},
          {"arithmetic", name(options.arithmetic)},
          {"schedule", name(options.schedule)},
          {"size", job.size},
          {"shape", shape_json(run.shape)},
          {"sharpness", sharpness_json(run.sharpness())},
          {"inputs", std::move(inputs)},
          {"verdict", name(run.verdict)},
          {"seconds", run.seconds}};
}

}  // namespace

std::string verification_json(const Job& job, const Options& options, const std::vector<Run>& runs) {
  Json json = header_json(job);
  json["runs"] = Json::array();
  for (const Run& run : runs) json["runs"].push_back(run_json(job, options, run));
  json["verdict"] = name(worst_of(runs));
  return dumped(json);
}

}  // namespace wrought::cli
