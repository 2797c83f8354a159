#include "cli/json_parts.hpp"

#include "cli/version.hpp"

namespace wrought::cli {

Json tool_json() { return {{"name", tool_name}, {"version", tool_version}}; }

Json header_json(const Job& job) {
  Json params = Json::object();
  for (const TaskParameter& parameter : job.task->parameters)
    params[parameter.name] = job.parameters.at(parameter.name);
  return {{"tool", tool_json()}, {"task", job.task->name}, {"params", std::move(params)}};
}

Json shape_json(const Shape& shape) {
  return {{"L", shape.length},
          {"B", shape.block},
          {"D", shape.width},
          {"D_paper", shape.paper_width},
          {"layers", shape.layers},
          {"heads", shape.heads},
          {"head_dim", shape.head_dim},
          {"ffn_width", shape.ffn_width},
          {"parameters", {{"dense", shape.dense_parameters}, {"nonzero", shape.nonzero_parameters}}},
          {"max_abs_weight", to_string(shape.max_abs_weight)}};
}

Json locality_json(const LocalityText& locality) {
  Json json{{"m", locality.m}, {"local", locality.local}, {"local_in_states", locality.local_in_states}};
  if (!locality.inputs.empty()) json["inputs_m"] = locality.inputs;
  if (!locality.states.empty()) json["states_m"] = locality.states;
  return json;
}

Json sharpness_json(const Sharpness* sharpness) {
  if (!sharpness) return nullptr;
  return {{"kappa", to_string(sharpness->kappa)},
          {"tau", to_string(sharpness->tau)},
          {"lambda", to_string(sharpness->lambda)}};
}

Json chains_json(const ChainEvidence& chains) {
  Json closed_form, enumerated;
  if (const auto& c = chains.closed_form)
    closed_form = {{"formula", c->formula}, {"exact", c->is_exact}, {"statement", c->statement}, {"proof", c->proof}};
  if (const auto& e = chains.enumerated) enumerated = {{"inputs", e->inputs}, {"chains", e->chains}};
  return {{"lengths", chains.lengths},
          {"closed_form", std::move(closed_form)},
          {"enumerated", std::move(enumerated)},
          {"log2_at_least", to_string(log2_ge(chains.at_least()))},
          {"bits_across", ceil_log2(chains.at_least()).str()}};
}

Json lower_bound_json(const WidthBounds& bounds) {
  const auto or_null = [](const std::optional<Integer>& x) { return x ? Json(x->str()) : Json(nullptr); };
  return {{"bits", bounds.bits},
          {"tokens_before_cut", bounds.before},
          {"numbers_across", or_null(bounds.numbers)},
          {"D", or_null(bounds.width)},
          {"D_paper", or_null(bounds.paper_width)}};
}

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wrought::cli
