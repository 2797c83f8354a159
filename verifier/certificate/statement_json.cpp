#include "verifier/certificate/statement_json.hpp"

namespace wrought::certificate {

namespace {

// ---- writing ----

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

Json program(const Statement& s) {
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

// [[lo, hi], …]
Json symbols(const SymbolSet& set) {
  Json list = Json::array();
  for (const Span& span : set) list.push_back({span.lo, span.hi});
  return list;
}

Json rewriting(const Rewriting& r) {
  Json json{{"longest", r.longest},
            {"separator", r.separator},
            {"end", r.end},
            {"numbers", {r.numbers.lo, r.numbers.hi}},
            {"rules", Json::array()}};
  for (const Rewriting::Rule& rule : r.rules)
    json["rules"].push_back({{"name", rule.name},
                             {"before", symbols(rule.before)},
                             {"handle", {symbols(rule.handle[0]), symbols(rule.handle[1]), symbols(rule.handle[2])}},
                             {"behind", symbols(rule.behind)},
                             {"value", expression(rule.value)}});
  return json;
}

// ---- reading ----

constexpr std::size_t deepest = 200;  // expressions inside expressions

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

Statement read_program(const Reader& r) {
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

Span read_span(const Reader& r) {
  if (r.size() != 2) r.fail("the first symbol and the last");
  return {r.at(std::size_t{0}).integer(), r.at(1).integer()};
}

Rewriting read_rewriting(const Reader& r) {
  Rewriting result;
  result.longest = r.at("longest").integer();
  result.separator = r.at("separator").integer();
  result.end = r.at("end").integer();
  result.numbers = read_span(r.at("numbers"));
  result.rules = r.at("rules").list([](const Reader& x) {
    const Reader handle = x.at("handle");
    if (handle.size() != 3) handle.fail("three sets of symbols");
    return Rewriting::Rule{x.at("name").text(),
                           {handle.at(std::size_t{0}).list(read_span), handle.at(1).list(read_span), handle.at(2).list(read_span)},
                           x.at("before").list(read_span),
                           x.at("behind").list(read_span),
                           read_expression(x.at("value"))};
  });
  return result;
}

}  // namespace

Json statement_json(const Statement& s) {
  return s.rewriting ? Json{{"name", s.name}, {"rewriting", rewriting(*s.rewriting)}} : program(s);
}

Statement read_statement(const Reader& r) {
  if (!r.has("rewriting")) return read_program(r);
  if (r.size_of_object() != 2) r.fail("a name and a rewriting, and nothing else");
  Statement s;
  s.name = r.at("name").text();
  s.rewriting = read_rewriting(r.at("rewriting"));
  return s;
}

}  // namespace wrought::certificate
