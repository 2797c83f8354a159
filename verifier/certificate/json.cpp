#include "verifier/certificate/json.hpp"

#include <algorithm>

#include "verifier/certificate/json_reader.hpp"
#include "verifier/certificate/statement_json.hpp"

namespace wrought::certificate {

namespace {

constexpr const char* certificate_format = "wrought certificate";
constexpr const char* network_format = "wrought network";
constexpr int version = 1;

// ---- writing ----

// Integers that every JSON reader keeps are numbers, all else is text.
Json number(const Rational& x) {
  const Integer limit = Integer(1) << 53;
  if (denominator(x) == 1 && abs(numerator(x)) < limit) return static_cast<std::int64_t>(numerator(x));
  return to_string(x);
}

Json numbers(const std::vector<Rational>& all) {
  Json list = Json::array();
  for (const Rational& x : all) list.push_back(number(x));
  return list;
}

// [constant, quantity, coefficient, quantity, coefficient, …]
Json form(const Form& f) {
  Json list = Json::array({number(f.constant)});
  for (const auto& [id, coefficient] : f.terms) {
    list.push_back(id);
    list.push_back(number(coefficient));
  }
  return list;
}

Json forms(const std::vector<Form>& all) {
  Json list = Json::array();
  for (const Form& f : all) list.push_back(form(f));
  return list;
}

Json bounds(const Bounds& b) {
  return {{"lo", number(b.lo)}, {"hi", number(b.hi)}, {"error", number(b.error)}, {"integer", b.integer},
          {"everywhere", b.everywhere}};
}

const char* const origins[] = {"token", "position", "feed-forward", "attention"};

Json quantity(const Quantity& q) {
  Json json{{"name", q.name},
            {"origin", origins[static_cast<std::size_t>(q.origin)]},
            {"coordinate", q.at.coordinate},
            {"stages", {q.at.cleared, q.at.written, q.at.complete, q.at.last}},
            {"bounds", bounds(q.bounds)}};
  if (q.origin == Origin::token) json["token_coordinate"] = q.token_coordinate;
  if (q.origin == Origin::feed_forward) {
    json["pieces"] = Json::array();
    for (const Piece& p : q.pieces)
      json["pieces"].push_back({{"rule", p.rule},
                                {"arguments", forms(p.arguments)},
                                {"numbers", numbers(p.numbers)},
                                {"factor", number(p.factor)}});
    json["rest"] = form(q.rest);
    json["keeps_linear"] = q.keeps_linear;
  }
  if (q.continues) json["continues"] = *q.continues;
  return json;
}

Json head(const HeadUse& h) {
  Json json{{"head", h.index}, {"rule", h.rule}, {"arguments", forms(h.arguments)}, {"numbers", numbers(h.numbers)}};
  json["values"] = Json::array();
  for (const HeadValue& value : h.values) {
    Json targets = Json::array();
    for (const auto& [id, weight] : value.targets) targets.push_back({id, number(weight)});
    json["values"].push_back({{"value", form(value.value)}, {"targets", targets}});
  }
  return json;
}

Json step(const Step& s) {
  if (const auto* ffn = std::get_if<FeedForwardStep>(&s)) return {{"step", "feed-forward"}, {"defines", ffn->defines}};
  if (const auto* attention = std::get_if<AttentionStep>(&s)) {
    Json json{{"step", "attention"}, {"layer", attention->layer}, {"defines", attention->defines}};
    json["heads"] = Json::array();
    for (const HeadUse& h : attention->heads) json["heads"].push_back(head(h));
    return json;
  }
  const Claim& claim = std::get<Claim>(s);
  return {{"step", "claim"},
          {"rule", claim.rule},
          {"arguments", forms(claim.arguments)},
          {"numbers", numbers(claim.numbers)},
          {"conclusion", form(claim.conclusion)},
          {"bounds", bounds(claim.bounds)}};
}

// [row, column, value, row, column, value, …]
Json matrix(const Matrix& m) {
  Json entries = Json::array();
  for (Eigen::Index r = 0; r < m.rows(); ++r)
    for (Matrix::InnerIterator it(m, r); it; ++it) {
      if (it.value() == 0) continue;
      entries.push_back(it.row());
      entries.push_back(it.col());
      entries.push_back(number(it.value()));
    }
  return {{"rows", m.rows()}, {"columns", m.cols()}, {"entries", entries}};
}

// ---- reading ----

Form read_form(const Reader& r) {
  if (r.size() % 2 == 0) r.fail("a constant and pairs of a quantity and its coefficient");
  Form f = r.at(std::size_t{0}).rational();
  for (std::size_t i = 1; i < r.size(); i += 2) {
    const Rational coefficient = r.at(i + 1).rational();
    // Quantity 0 is the constant 1: equal forms have to look alike.
    const std::size_t id = r.at(i).count();
    if (coefficient == 0 || id == 0 || f.terms.contains(id)) r.fail("a form that names every quantity but the constant once");
    f.add(id, coefficient);
  }
  return f;
}

Bounds read_bounds(const Reader& r) {
  return {r.at("lo").rational(), r.at("hi").rational(), r.at("error").rational(), r.at("integer").flag(),
          r.at("everywhere").flag()};
}

Quantity read_quantity(const Reader& r) {
  Quantity q;
  q.name = r.at("name").text();
  const std::string origin = r.at("origin").text();
  const auto found = std::find(std::begin(origins), std::end(origins), origin);
  if (found == std::end(origins)) r.at("origin").fail("token, position, feed-forward or attention");
  q.origin = static_cast<Origin>(found - std::begin(origins));
  const Reader stages = r.at("stages");
  q.at = {r.at("coordinate").count(), stages.at(std::size_t{0}).count(), stages.at(1).count(), stages.at(2).count(),
          stages.at(3).count()};
  q.bounds = read_bounds(r.at("bounds"));
  if (q.origin == Origin::token) q.token_coordinate = r.at("token_coordinate").count();
  if (q.origin == Origin::feed_forward) {
    q.pieces = r.at("pieces").list([](const Reader& x) {
      return Piece{x.at("rule").text(), x.at("arguments").list(read_form), x.at("numbers").list(read_rational),
                   x.at("factor").rational()};
    });
    for (const Piece& piece : q.pieces)
      if (piece.factor == 0) r.fail("made of pieces with factors other than 0");
    q.rest = read_form(r.at("rest"));
    q.keeps_linear = r.at("keeps_linear").flag();
  }
  if (r.has("continues")) q.continues = r.at("continues").count();
  return q;
}

HeadUse read_head(const Reader& r) {
  return {r.at("head").count(), r.at("rule").text(), r.at("arguments").list(read_form),
          r.at("numbers").list(read_rational), r.at("values").list([](const Reader& x) {
            return HeadValue{read_form(x.at("value")), x.at("targets").list([](const Reader& target) {
                               return std::pair{target.at(std::size_t{0}).count(), target.at(1).rational()};
                             })};
          })};
}

Step read_step(const Reader& r) {
  const std::string kind = r.at("step").text();
  if (kind == "feed-forward") return FeedForwardStep{r.at("defines").list(read_count)};
  if (kind == "attention")
    return AttentionStep{r.at("layer").count(), r.at("heads").list(read_head), r.at("defines").list(read_count)};
  if (kind != "claim") r.at("step").fail("feed-forward, attention or claim");
  return Claim{r.at("rule").text(), r.at("arguments").list(read_form), r.at("numbers").list(read_rational),
               read_form(r.at("conclusion")), read_bounds(r.at("bounds"))};
}

constexpr std::size_t most_rows = 1 << 20;

Matrix read_matrix(const Reader& r) {
  const std::size_t rows = r.at("rows").count(most_rows), columns = r.at("columns").count(most_rows);
  const Reader entries = r.at("entries");
  if (entries.size() % 3 != 0) entries.fail("triples of row, column and value");
  std::vector<Eigen::Triplet<Rational>> triplets;
  std::pair<std::size_t, std::size_t> last;
  for (std::size_t i = 0; i < entries.size(); i += 3) {
    const std::pair at{entries.at(i).count(), entries.at(i + 1).count()};
    if (at.first >= rows || at.second >= columns || (i > 0 && at <= last))
      entries.fail("inside the matrix, in order, each place once");
    last = at;
    triplets.emplace_back(static_cast<Eigen::Index>(at.first), static_cast<Eigen::Index>(at.second),
                          entries.at(i + 2).rational());
  }
  Matrix m(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
  m.setFromTriplets(triplets.begin(), triplets.end());
  return m;
}

Json parse(std::string_view text, const char* format) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw Unreadable("not JSON, or cut off");
  const Reader r(json, "the file");
  if (r.at("format").text() != format) throw Unreadable("the file is not a " + std::string(format));
  if (r.at("version").integer() != version)
    throw Unreadable("version " + std::to_string(r.at("version").integer()) + " is not known here; version " +
                     std::to_string(version) + " is");
  return json;
}

AttentionKind read_kind(const Reader& r) {
  for (const AttentionKind kind :
       {AttentionKind::standard, AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear})
    if (name(kind) == r.text()) return kind;
  r.fail("standard, sparse, strided or linear");
}

}  // namespace

std::string certificate_json(const Certificate& c) {
  Json json{{"format", certificate_format},
            {"version", version},
            {"statement", statement_json(c.statement)},
            {"sharpness",
             {{"kappa", number(c.sharpness.kappa)}, {"tau", number(c.sharpness.tau)}, {"lambda", number(c.sharpness.lambda)}}},
            {"precision", c.precision}};
  json["quantities"] = Json::array();
  for (const Quantity& q : c.quantities) json["quantities"].push_back(quantity(q));
  json["steps"] = Json::array();
  for (const Step& s : c.steps) json["steps"].push_back(step(s));
  json["outputs"] = forms(c.outputs);
  json["output_errors"] = numbers(c.output_errors);
  json["hypotheses"] = c.hypotheses;
  return json.dump() + "\n";
}

std::string network_json(const Network& n) {
  Json json{{"format", network_format},
            {"version", version},
            {"width", n.width},
            {"max_length", n.max_length},
            {"attention",
             {{"kind", name(n.attention.kind)},
              {"block", n.attention.block},
              {"window", n.attention.window},
              {"globals", n.attention.globals}}},
            {"embedding", matrix(n.embedding)}};
  json["positions"] = Json::array();
  for (const PositionFeature& p : n.positions)
    json["positions"].push_back({{"coordinate", p.coordinate}, {"values", p.values}});
  json["layers"] = Json::array();
  for (const Layer& layer : n.layers) {
    Json heads = Json::array();
    for (const Head& h : layer.heads)
      heads.push_back({{"query", matrix(h.query)},
                       {"key", matrix(h.key)},
                       {"query_lambda", matrix(h.query_lambda)},
                       {"key_lambda", matrix(h.key_lambda)},
                       {"value", matrix(h.value)},
                       {"output", matrix(h.output)}});
    json["layers"].push_back({{"heads", heads}, {"w1", matrix(layer.w1)}, {"w2", matrix(layer.w2)}});
  }
  json["readout"] = matrix(n.readout);
  return json.dump() + "\n";
}

Certificate read_certificate(std::string_view text) {
  const Json json = parse(text, certificate_format);
  const Reader r(json, "the certificate");
  Certificate c;
  c.statement = read_statement(r.at("statement"));
  const Reader sharpness = r.at("sharpness");
  c.sharpness = {sharpness.at("kappa").rational(), sharpness.at("tau").rational(), sharpness.at("lambda").rational()};
  if (c.sharpness.kappa <= 0 || c.sharpness.tau <= 0 || c.sharpness.lambda <= 0) sharpness.fail("positive");
  c.precision = static_cast<unsigned>(r.at("precision").count(1 << 16));
  if (c.precision < 2) r.at("precision").fail("at least 2");
  c.quantities = r.at("quantities").list(read_quantity);
  c.steps = r.at("steps").list(read_step);
  c.outputs = r.at("outputs").list(read_form);
  c.output_errors = r.at("output_errors").list(read_rational);
  c.hypotheses = r.at("hypotheses").list([](const Reader& x) { return x.text(); });
  return c;
}

Network read_network(std::string_view text) {
  const Json json = parse(text, network_format);
  const Reader r(json, "the network");
  Network n;
  n.width = static_cast<Eigen::Index>(r.at("width").count(most_rows));
  n.max_length = r.at("max_length").count(std::size_t{1} << 31);
  const Reader attention = r.at("attention");
  n.attention = {read_kind(attention.at("kind")), attention.at("block").count(), attention.at("window").count(),
                 attention.at("globals").count()};
  n.embedding = read_matrix(r.at("embedding"));
  n.positions = r.at("positions").list([](const Reader& x) {
    return PositionFeature{static_cast<Eigen::Index>(x.at("coordinate").count(most_rows)), x.at("values").list(read_integer)};
  });
  n.layers = r.at("layers").list([](const Reader& x) {
    return Layer{x.at("heads").list([](const Reader& h) {
                   return Head{read_matrix(h.at("query")),        read_matrix(h.at("key")),
                               read_matrix(h.at("query_lambda")), read_matrix(h.at("key_lambda")),
                               read_matrix(h.at("value")),        read_matrix(h.at("output"))};
                 }),
                 read_matrix(x.at("w1")), read_matrix(x.at("w2"))};
  });
  n.readout = read_matrix(r.at("readout"));
  return n;
}

}  // namespace wrought::certificate
