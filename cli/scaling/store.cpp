#include "cli/scaling/store.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "cli/error.hpp"
#include "cli/json_parts.hpp"
#include "cli/output.hpp"
#include "cli/scaling/exponents.hpp"
#include "cli/words.hpp"

namespace wrought::cli {

namespace {

Json rational_or_null(const std::optional<Rational>& x) { return x ? Json(to_string(*x)) : Json(nullptr); }

// Everything besides task, parameters, size and attention that shapes a cell.
Json sweep_json(const Options& options) {
  return {{"schedule", name(options.schedule)},
          {"arithmetic", name(options.arithmetic)},
          {"block", options.block ? Json(*options.block) : Json(nullptr)},
          {"kappa", rational_or_null(options.sharpness.kappa)},
          {"tau", rational_or_null(options.sharpness.tau)},
          {"lambda", rational_or_null(options.sharpness.lambda)},
          {"inputs", options.random.value_or(1)},
          {"seed", options.seed.value_or(1)}};
}

// The parameters of the sweep; one that is the size differs from cell to cell and is left out.
Json identity_json(const Options& options) {
  Options any = options;
  any.size = options.sizes.front();
  const Job job = job_without_inputs(any);
  Json json = header_json(job);
  if (!job.task->size_parameter.empty()) json["params"].erase(job.task->size_parameter);
  json["sweep"] = sweep_json(options);
  return json;
}

Json cell_json(const Cell& cell, const Options& options) {
  const bool is_exact = options.arithmetic.is_exact();
  return {{"attention", name(cell.attention)},
          {"arithmetic", cell.verified_by},
          {"schedule", name(options.schedule)},
          {"size", cell.size},
          {"construction", cell.construction},
          {"shape", shape_json(cell.shape)},
          {"distance", cell.distance.str()},
          {"dense_cost", cell.dense_cost.str()},
          {"information", to_string(cell.information)},
          {"lower_bound", lower_bound_json(cell.bounds)},
          {"multiply_adds_per_token", cell.multiply_adds},
          {"sharpness", sharpness_json(cell.sharpness ? &*cell.sharpness : nullptr)},
          {"inputs", cell.inputs},
          {"tokens", cell.tokens},
          {"verdict", name(cell.verdict)},
          {"margin", is_exact ? rational_or_null(cell.margin)
                              : (cell.margin ? Json(nearest_double(*cell.margin)) : Json(nullptr))},
          {"seconds", cell.seconds}};
}

Rational rational_of(const Json& json) {
  if (json.is_number()) return Rational(json.get<double>());
  const std::optional<Rational> value = parse_rational(json.get<std::string>());
  if (!value) throw std::invalid_argument("no number: " + json.dump());
  return *value;
}

Shape shape_of(const Json& json) {
  Shape shape;
  shape.length = json.at("L");
  shape.block = json.at("B");
  shape.width = json.at("D");
  shape.paper_width = json.at("D_paper");
  shape.layers = json.at("layers");
  shape.heads = json.at("heads");
  shape.head_dim = json.at("head_dim");
  shape.ffn_width = json.at("ffn_width");
  shape.dense_parameters = json.at("parameters").at("dense");
  shape.nonzero_parameters = json.at("parameters").at("nonzero");
  shape.max_abs_weight = rational_of(json.at("max_abs_weight"));
  return shape;
}

std::optional<Integer> integer_or_null(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(Integer(json.get<std::string>()));
}

WidthBounds bounds_of(const Json& json) {
  return {json.at("bits"), json.at("tokens_before_cut"), integer_or_null(json.at("numbers_across")),
          integer_or_null(json.at("D")), integer_or_null(json.at("D_paper"))};
}

template <class Value>
Value named(const std::string& text, const std::vector<Value>& values) {
  for (const Value value : values)
    if (name(value) == text) return value;
  throw std::invalid_argument("unknown name " + text);
}

Cell cell_of(const Json& json) {
  Cell cell;
  cell.attention = named(json.at("attention").get<std::string>(), all_attention_kinds());
  cell.verified_by = json.at("arithmetic");
  cell.size = json.at("size");
  cell.construction = json.at("construction");
  cell.shape = shape_of(json.at("shape"));
  cell.distance = Integer(json.at("distance").get<std::string>());
  cell.dense_cost = Integer(json.at("dense_cost").get<std::string>());
  cell.information = rational_of(json.at("information"));
  cell.bounds = bounds_of(json.at("lower_bound"));
  cell.multiply_adds = json.at("multiply_adds_per_token");
  if (const Json& s = json.at("sharpness"); !s.is_null())
    cell.sharpness = Sharpness{rational_of(s.at("kappa")), rational_of(s.at("tau")), rational_of(s.at("lambda"))};
  cell.inputs = json.at("inputs");
  cell.tokens = json.at("tokens");
  cell.verdict = named(json.at("verdict").get<std::string>(),
                         std::vector{Verdict::verified, Verdict::refuted, Verdict::unknown});
  if (!json.at("margin").is_null()) cell.margin = rational_of(json.at("margin"));
  cell.seconds = json.at("seconds");
  return cell;
}

Json law_json(const PowerLaw& law) {
  return {{"exponent", law.exponent}, {"misfit", law.misfit}, {"factor", law.factor}};
}

Json fit_json(const Exponents& e) {
  Json json = e.law ? law_json(*e.law) : Json{{"exponent", nullptr}, {"misfit", nullptr}};
  json["in"] = e.variable;
  json["last"] = e.last ? Json(*e.last) : Json(nullptr);
  if (e.shifted) {
    json["after_constant"] = law_json(e.shifted->law);
    json["after_constant"]["constant"] = e.shifted->constant;
  }
  json["claim"] = e.claim;
  return json;
}

Json fits_json(const std::vector<Cell>& cells) {
  Json fits = Json::object();
  for (const AttentionKind kind : all_attention_kinds()) {
    std::vector<Cell> own;
    std::copy_if(cells.begin(), cells.end(), std::back_inserter(own),
                 [&](const Cell& cell) { return cell.attention == kind; });
    for (const Exponents& e : exponents(own)) fits[name(kind)][e.quantity] = fit_json(e);
  }
  return fits;
}

Verdict worst_of(const std::vector<Cell>& cells) {
  Verdict verdict = Verdict::verified;
  for (const Cell& cell : cells) verdict = worst(verdict, cell.verdict);
  return verdict;
}

// The first key under which two tables differ.
std::string difference(const Json& ours, const Json& theirs) {
  for (const auto& [key, value] : ours.items())
    if (!theirs.contains(key) || theirs.at(key) != value)
      return key + " " + (theirs.contains(key) ? theirs.at(key).dump() : "missing") + " instead of " + value.dump();
  return "";
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw UsageError("--out " + in_quotes(path) + " holds " + why + "; name another file, or remove that one first");
}

}  // namespace

CellStore::CellStore(const Options& options, std::optional<std::string> path)
    : options_(options), path_(std::move(path)) {
  std::ifstream stream(path_.value_or(""));
  if (!path_ || !stream || stream.peek() == std::ifstream::traits_type::eof()) return;
  const Json json = Json::parse(stream, nullptr, false);
  if (json.is_discarded() || !json.is_object() || !json.contains("runs") || !json.contains("sweep"))
    refuse(*path_, "something that is no scaling table");
  if (const std::string differs = difference(identity_json(options), json); !differs.empty())
    refuse(*path_, "another table (" + differs + ")");
  try {
    for (const Json& run : json.at("runs")) cells_.push_back(cell_of(run));
  } catch (const std::exception& error) {
    refuse(*path_, "a damaged table (" + std::string(error.what()) + ")");
  }
}

const Cell* CellStore::find(std::int64_t size, AttentionKind kind) const {
  for (const Cell& cell : cells_)
    if (cell.size == size && cell.attention == kind) return &cell;
  return nullptr;
}

void CellStore::add(Cell cell) {
  const std::lock_guard lock(mutex_);
  cells_.push_back(std::move(cell));
  std::stable_sort(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) {
    return std::pair(a.attention, a.size) < std::pair(b.attention, b.size);
  });
  if (!path_) return;
  try {
    Output(path_).write(scaling_json(options_, cells_));
  } catch (const OutputError& error) {
    throw UsageError(std::string(error.what()) + "; the cells finished before are kept there");
  }
}

std::vector<Cell> CellStore::cells(const std::vector<std::int64_t>& sizes,
                                   const std::vector<AttentionKind>& kinds) const {
  std::vector<Cell> wanted;
  for (const AttentionKind kind : kinds)
    for (const std::int64_t size : sizes)
      if (const Cell* cell = find(size, kind)) wanted.push_back(*cell);
  return wanted;
}

std::string scaling_json(const Options& options, const std::vector<Cell>& cells) {
  Json json = identity_json(options);
  json["runs"] = Json::array();
  for (const Cell& cell : cells) json["runs"].push_back(cell_json(cell, options));
  json["fits"] = fits_json(cells);
  json["verdict"] = name(worst_of(cells));
  return dumped(json);
}

}  // namespace wrought::cli
