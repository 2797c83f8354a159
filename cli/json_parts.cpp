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

std::string dumped(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wrought::cli
