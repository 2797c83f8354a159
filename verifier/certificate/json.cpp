#include "verifier/certificate/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace wrought::certificate {

namespace {

using Json = nlohmann::ordered_json;

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

Json expression(const Expression& e) {
  Json json{{"kind", e.kind}};
  if (!e.numbers.empty()) json["numbers"] = e.numbers;
  for (const Expression& operand : e.operands) json["operands"].push_back(expression(operand));
  return json;
}

Json expressions(const std::vector<Expression>& all) {
  Json list = Json::array();
  for (const Expression& e : all) list.push_back(expression(e));
  return list;
}

Json statement(const Statement& s) {
  Json json{{"name", s.name}};
  json["inputs"] = Json::array();
  for (const auto& input : s.inputs)
    json["inputs"].push_back({{"name", input.name}, {"lo", input.lo}, {"hi", input.hi}, {"max_length", input.max_length}});
  json["loops"] = Json::array();
  for (const auto& loop : s.loops)
    json["loops"].push_back({{"name", loop.name}, {"lo", expression(loop.lo)}, {"hi", expression(loop.hi)}});
  json["rank"] = Json::array();
  for (const auto& term : s.rank) json["rank"].push_back({{"coefficient", term.coefficient}, {"unknowns", term.unknowns}});
  json["until"] = expressions(s.until);
  json["fields"] = Json::array();
  for (const auto& field : s.fields)
    json["fields"].push_back({{"name", field.name}, {"lo", expression(field.lo)}, {"hi", expression(field.hi)},
                              {"at_most", expressions(field.at_most)}});
  json["requirements"] = expressions(s.requirements);
  json["transition"] = expressions(s.transition);
  json["answer"] = expression(s.answer);
  json["capacity"] = s.capacity;
  json["evicted"] = s.evicted;
  return json;
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

constexpr std::size_t deepest = 200;  // expressions inside expressions

// A value and where it stands, for messages.
class Reader {
 public:
  Reader(const Json& json, std::string where) : json_(json), where_(std::move(where)) {}

  [[noreturn]] void fail(const std::string& wanted) const { throw Unreadable(where_ + " must be " + wanted); }

  Reader at(const char* key) const {
    if (!json_.is_object()) fail("an object");
    const auto found = json_.find(key);
    if (found == json_.end()) throw Unreadable(where_ + " has no \"" + key + "\"");
    return {*found, where_ + "." + key};
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  std::size_t size() const {
    if (!json_.is_array()) fail("a list");
    return json_.size();
  }
  Reader at(std::size_t i) const {
    if (i >= size()) throw Unreadable(where_ + " has fewer than " + std::to_string(i + 1) + " entries");
    return {json_[i], where_ + "[" + std::to_string(i) + "]"};
  }
  std::string text() const {
    if (!json_.is_string()) fail("a text");
    return json_.get<std::string>();
  }
  bool flag() const {
    if (!json_.is_boolean()) fail("true or false");
    return json_.get<bool>();
  }
  std::int64_t integer() const {
    if (!json_.is_number_integer() || (json_.is_number_unsigned() && json_.get<std::uint64_t>() > INT64_MAX))
      fail("an integer");
    return json_.get<std::int64_t>();
  }
  std::size_t count(std::size_t most = std::size_t{1} << 40) const {
    const std::int64_t n = integer();
    if (n < 0 || static_cast<std::uint64_t>(n) > most) fail("an integer in 0.." + std::to_string(most));
    return static_cast<std::size_t>(n);
  }
  Rational rational() const {
    if (json_.is_number_integer()) return integer();
    if (!json_.is_string()) fail("an integer or a text like \"7/3\"");
    const auto& written = json_.get_ref<const std::string&>();
    const auto value = written.size() <= 200'000 ? parse_rational(written) : std::nullopt;
    if (!value) fail("an integer or a text like \"7/3\"");
    return *value;
  }
  template <class Read>
  auto list(Read read) const -> std::vector<decltype(read(std::declval<Reader>()))> {
    std::vector<decltype(read(std::declval<Reader>()))> result;
    for (std::size_t i = 0; i < size(); ++i) result.push_back(read(at(i)));
    return result;
  }

 private:
  const Json& json_;
  std::string where_;
};

std::int64_t read_integer(const Reader& r) { return r.integer(); }
std::size_t read_count(const Reader& r) { return r.count(); }
Rational read_rational(const Reader& r) { return r.rational(); }

Form read_form(const Reader& r) {
  if (r.size() % 2 == 0) r.fail("a constant and pairs of a quantity and its coefficient");
  Form f = r.at(std::size_t{0}).rational();
  for (std::size_t i = 1; i < r.size(); i += 2) {
    const Rational coefficient = r.at(i + 1).rational();
    if (coefficient == 0 || f.terms.contains(r.at(i).count())) r.fail("a form that names every quantity once");
    f.add(r.at(i).count(), coefficient);
  }
  return f;
}

Expression read_expression_at(const Reader& r, std::size_t depth) {
  if (depth > deepest) r.fail("less deeply nested");
  Expression e;
  e.kind = r.at("kind").text();
  if (r.has("numbers")) e.numbers = r.at("numbers").list(read_integer);
  if (r.has("operands"))
    e.operands = r.at("operands").list([&](const Reader& operand) { return read_expression_at(operand, depth + 1); });
  return e;
}
Expression read_expression(const Reader& r) { return read_expression_at(r, 0); }

Statement read_statement(const Reader& r) {
  Statement s;
  s.name = r.at("name").text();
  s.inputs = r.at("inputs").list([](const Reader& x) {
    return Statement::Input{x.at("name").text(), x.at("lo").integer(), x.at("hi").integer(), x.at("max_length").integer()};
  });
  s.loops = r.at("loops").list([](const Reader& x) {
    return Statement::Loop{x.at("name").text(), read_expression(x.at("lo")), read_expression(x.at("hi"))};
  });
  s.rank = r.at("rank").list([](const Reader& x) {
    return Statement::Term{x.at("coefficient").text(), x.at("unknowns").list(read_count)};
  });
  s.until = r.at("until").list(read_expression);
  s.fields = r.at("fields").list([](const Reader& x) {
    return Statement::Field{x.at("name").text(), read_expression(x.at("lo")), read_expression(x.at("hi")),
                            x.at("at_most").list(read_expression)};
  });
  s.requirements = r.at("requirements").list(read_expression);
  s.transition = r.at("transition").list(read_expression);
  s.answer = read_expression(r.at("answer"));
  s.capacity = r.at("capacity").count();
  s.evicted = r.at("evicted").list(read_count);
  if (s.inputs.empty() || s.fields.empty() || s.transition.size() != s.fields.size())
    r.fail("a problem with inputs, fields and one transition per field");
  if (s.loops.empty() != (s.until.size() == 1)) r.fail("a problem with either loops or a condition that ends it");
  for (const std::size_t f : s.evicted)
    if (f >= s.fields.size()) r.fail("a problem that evicts fields it has");
  return s;
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
            {"statement", statement(c.statement)},
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
