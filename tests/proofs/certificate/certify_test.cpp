// Certificates: every construction has one, it holds for the runs of its network, and it survives being written down.
#include "proofs/certificate/certify.hpp"

#include <map>

#include "constructions/sharpness.hpp"
#include "tests/proofs/certificate/certified_case.hpp"
#include "verifier/certificate/json.hpp"

using namespace wrought;
using certificate::Answer;

namespace {

std::vector<TaskCase> tasks() {
  return {edit_distance_case(3, {1, 2, 1}, 3), lis_case(4, 5),          reversed_sums_case(5, 4),
          lagged_recurrence_case(4, 12, 5),    arithmetic_case(5, 5),   local_edit_distance_case(3, {1, 1, 1}, 3),
          banded_edit_distance_case(3, 1, 3)};
}

// Values of all coordinates of a run by (position, stage).
using Rows = std::map<std::pair<std::size_t, std::size_t>, std::vector<Enclosure>>;

// A number below 2^-2000 is compared like 2^-2000: in full, the weights of what softmax leaves out would fill the memory.
Enclosure without_tail(Enclosure e) {
  static const Rational tail(Integer(1), Integer(Integer(1) << 2000));
  const auto cut = [](Rational& x) {
    if (x != 0 && abs(x) < tail) x = x < 0 ? Rational(-tail) : tail;
  };
  cut(e.lower);
  cut(e.upper);
  return e;
}

Rows rows_of(const Network& network, const RunOptions& options, const ChainOfThought& chain) {
  Rows rows;
  const auto runner = make_runner(network, options);
  runner->observe([&](std::size_t position, std::size_t stage, const RowView& row) {
    std::vector<Enclosure>& values = rows[{position, stage}];
    for (std::size_t c = 0; c < row.size(); ++c) values.push_back(without_tail(row.enclosure(c).value()));
  });
  std::vector<Token> tokens = chain.prompt;
  tokens.insert(tokens.end(), chain.generated.begin(), chain.generated.end() - 1);
  for (const Token& token : tokens) runner->append(token);
  return rows;
}

}  // namespace

TEST_CASE("every task has a certificate under every attention kind, and the checker accepts it") {
  for (const TaskCase& task : tasks())
    for (const AttentionKind kind : all_kinds) {
      CAPTURE(task.problem.name);
      CAPTURE(name(kind));
      const CertifiedCase c = certified_case(task, kind);
      const certificate::Check result = certificate::check(c.certificate, c.construction.network());
      INFO(result.where, result.reason);
      CHECK(result.answer == Answer::accepted);
    }
}

TEST_CASE("every schedule has a certificate") {
  for (const Schedule schedule : all_schedules())
    for (const AttentionKind kind : all_kinds) {
      CAPTURE(name(schedule));
      CAPTURE(name(kind));
      const CertifiedCase c = certified_case(edit_distance_case(3, {1, 1, 1}, 3), kind, schedule);
      CHECK(certificate::check(c.certificate, c.construction.network()).answer == Answer::accepted);
    }
}

TEST_CASE("a certificate and its network are the same after writing and reading") {
  for (const AttentionKind kind : all_kinds) {
    const CertifiedCase c = certified_case(lis_case(3, 4), kind);
    const std::string text = certificate::certificate_json(c.certificate);
    const std::string network = certificate::network_json(c.construction.network());
    CHECK(certificate::certificate_json(certificate::read_certificate(text)) == text);
    CHECK(certificate::network_json(certificate::read_network(network)) == network);
    CHECK(certificate::check(certificate::read_certificate(text), certificate::read_network(network)).answer ==
          Answer::accepted);
  }
}

TEST_CASE("too few bits or too little sharpness: no certificate, and a reason") {
  const TaskCase task = edit_distance_case(3, {1, 1, 1}, 3);
  const Construction c = compile(task.problem, task.max_lengths, AttentionKind::linear, Schedule::narrow);
  const Sharpness standard = standard_sharpness(c);
  CHECK(!certify_least(c, {{}, {}, {}, 8u}).certificate);
  CHECK(certify_least(c, {{}, {}, {}, 8u}).reason != "");
  CHECK(!certify_least(c, {Rational(1), standard.tau, standard.lambda, 64u}).certificate);
  CHECK(!certify_least(c, {standard.kappa, standard.tau, Rational(1), 64u}).certificate);
}

// Where something is a mean that is rounded it takes about 10 bits more.
TEST_CASE("integers stay exact in the look-ups of every attention kind") {
  for (const TaskCase& task : {edit_distance_case(4, {1, 1, 1}, 3), lis_case(4, 5), reversed_sums_case(5, 4)}) {
    CAPTURE(task.problem.name);
    const unsigned standard = certified_case(task, AttentionKind::standard).certificate.precision;
    for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear}) {
      CAPTURE(name(kind));
      CHECK(certified_case(task, kind).certificate.precision <= standard + 6);
    }
  }
}

TEST_CASE("a memory with too few blocks for all positions has no certificate") {
  const TaskCase task = reversed_sums_case(9, 4);
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided, AttentionKind::linear}) {
    CAPTURE(name(kind));
    Construction c = compile(task.problem, task.max_lengths, kind, Schedule::narrow);
    --c.plan.memory.A;
    const Program program = program_for(task.problem, task.max_lengths, c.plan, c.format);
    c.layout = lay_out(program, c.plan.attention, c.format.width(), c.schedule);
    c.program = std::make_shared<const Program>(program);
    const Certified certified = certify_least(c, {});
    CHECK(!certified.certificate);
    CAPTURE(certified.reason);
    const char* reason = kind == AttentionKind::linear ? "there must be an address for every token" : "the slot must lie in";
    CHECK(certified.reason.find(reason) != std::string::npos);
  }
}

TEST_CASE("groups of a block need exact scores: at a τ that is rounded there is no certificate") {
  const TaskCase task = reversed_sums_case(12, 1000);
  const Construction c = compile(task.problem, task.max_lengths, AttentionKind::sparse, Schedule::narrow, 4);
  const Sharpness s = certificate_sharpness(c);
  CHECK(certify_least(c, {s.kappa, s.tau, s.lambda, 40u}).certificate);
  const Certified rounded = certify_least(c, {s.kappa, Rational(s.tau + Rational(1, 3)), s.lambda, 40u});
  CHECK(!rounded.certificate);
  CHECK(rounded.reason.find("the scores of two groups must be exact") != std::string::npos);
}

TEST_CASE("what is certified at p bits runs at p bits") {
  textbook::RandomSequences random(7);
  for (const TaskCase& task : tasks())
    for (const AttentionKind kind : all_kinds) {
      CAPTURE(task.problem.name);
      CAPTURE(name(kind));
      const CertifiedCase c = certified_case(task, kind);
      const RunOptions options{ArithmeticKind::bits, c.certificate.precision, c.certificate.sharpness};
      for (int i = 0; i < 3; ++i) {
        const textbook::Sequences input = random_input(task, random);
        const ChainOfThought chain = c.construction.encode(input);
        const auto runner = make_runner(c.construction.network(), options);
        CHECK(check(*runner, chain.prompt, chain.generated).verdict == Verdict::verified);
      }
    }
}

namespace {

// The largest observed error over the certified one; every quantity wherever its bounds are said to hold. Where nothing but
// sharpness and rounding comes between the intended run and the real one, the exact run is the intended one.
Rational worst_ratio(const CertifiedCase& c, const ChainOfThought& chain) {
  const RunOptions smooth{ArithmeticKind::bits, c.certificate.precision, c.certificate.sharpness};
  const Rows exact = rows_of(c.construction.network(), {}, chain), real = rows_of(c.construction.network(), smooth, chain);
  Rational worst = 0;
  for (const auto& q : c.certificate.quantities) {
    if (q.keeps_linear) continue;  // its coordinate holds a part of it
    for (const auto& [at, values] : exact) {
      const auto [position, stage] = at;
      const bool generates = position + 1 >= chain.prompt.size();
      if (stage != q.at.complete || !(generates || q.bounds.everywhere)) continue;
      const Enclosure& found = real.at(at)[q.at.coordinate];
      const Rational exactly = values[q.at.coordinate].lower;
      const Rational error = std::max<Rational>(abs(Rational(found.lower - exactly)), abs(Rational(found.upper - exactly)));
      CAPTURE(q.name);
      CHECK(error <= q.bounds.error);
      if (q.bounds.error > 0) worst = std::max<Rational>(worst, error / q.bounds.error);
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("observed errors stay below the certified ones, quantity by quantity") {
  textbook::RandomSequences random(11);
  for (const TaskCase& task : {edit_distance_case(4, {1, 1, 1}, 3), lis_case(4, 5)})
    for (const AttentionKind kind : all_kinds)
      // At few bits rounding makes integers exact; at many sharpness is what counts.
      for (const std::optional<unsigned> bits : {std::optional<unsigned>(), std::optional(200u)}) {
        CAPTURE(task.problem.name);
        CAPTURE(name(kind));
        const CertifiedCase c = certified_case(task, kind, Schedule::narrow, bits);
        CAPTURE(c.certificate.precision);
        Rational worst = 0;
        for (int i = 0; i < 2; ++i)
          worst = std::max(worst, worst_ratio(c, c.construction.encode(random_input(task, random))));
        if (bits) CHECK(worst > Rational(1, 1000));  // the bounds are not empty
      }
}

// Where what GeLU adds is about as large as rounding is, and everywhere around: what is rounded away, and what is not.
TEST_CASE("observed errors stay below the certified ones at every sharpness and precision that has bounds") {
  textbook::RandomSequences random(13);
  const TaskCase task = reversed_sums_case(4, 5);
  std::size_t tried = 0;
  for (const AttentionKind kind : {AttentionKind::standard, AttentionKind::linear}) {
    const Construction c = compile(task.problem, task.max_lengths, kind, Schedule::narrow);
    const ChainOfThought chain = c.encode(random_input(task, random));
    for (const int kappa : {4, 8, 16})
      for (const unsigned p : {9u, 11u, 13u, 15u, 17u, 19u, 23u, 27u}) try {
          CAPTURE(kappa);
          CAPTURE(p);
          worst_ratio({c, certify(c, {kappa, 32, 32}, p)}, chain);
          ++tried;
        } catch (const certificate::Unproved&) {
        }
  }
  CHECK(tried >= 10);
}

TEST_CASE("with a sharpness that is no power of two integers are rounded, and more bits are needed") {
  const TaskCase task = edit_distance_case(4, {1, 1, 1}, 3);
  const Construction c = compile(task.problem, task.max_lengths, AttentionKind::standard, Schedule::narrow);
  const Certified powers = certify_least(c, {});
  REQUIRE(powers.certificate);
  const Sharpness s = powers.sharpness;
  const Certified others = certify_least(c, {s.kappa + 1, s.tau + 1, s.lambda + 1, {}});
  REQUIRE(others.certificate);
  CHECK(powers.precision < others.precision);
  // Numbers of fewer bits than the scores have: nothing is exact any more.
  CHECK(!certify_least(c, {s.kappa, s.tau, s.lambda, powers.precision - 1}).certificate);
}

// The anchor weighs C, and what its slot is off weighs as much.
TEST_CASE("telescoping memory: a sum is certified no better than C times what the anchor's slot is off") {
  const CertifiedCase c = certified_case(lagged_recurrence_case(4, 12, 5), AttentionKind::linear);
  std::size_t sums = 0;
  for (const certificate::Step& step : c.certificate.steps) {
    const auto* attention = std::get_if<certificate::AttentionStep>(&step);
    if (!attention) continue;
    for (const certificate::HeadUse& head : attention->heads) {
      if (head.rule != "anchored_head") continue;
      const Rational& C = head.numbers.at(1);
      for (const certificate::HeadValue& value : head.values)
        for (const auto& [target, weight] : value.targets) {
          const Rational slot = c.certificate.quantities[value.value.terms.begin()->first].bounds.error;
          CHECK(slot > 0);
          CHECK(weight == C);  // undoes the division
          CHECK(c.certificate.quantities[target].bounds.error >= C * slot);
          ++sums;
        }
    }
  }
  CHECK(sums > 0);
}

TEST_CASE("telescoping memory: the anchor must weigh C less the tokens of the block") {
  const TaskCase task = lagged_recurrence_case(4, 30, 5);
  const CertifiedCase c = certified_case(task, AttentionKind::linear);
  REQUIRE(certificate::check(c.certificate, c.construction.network()).answer == Answer::accepted);

  // The feature that counts the tokens of earlier rounds, off by one at the last position.
  const MemoryPlan& memory = c.construction.plan.memory;
  const std::size_t earlier = (c.construction.plan.max_length - 1) / (memory.A * memory.B) * memory.B;
  Network miscounted = c.construction.network();
  std::size_t changed = 0;
  for (PositionFeature& feature : miscounted.positions)
    if (feature.values.front() == 0 && feature.values.back() == static_cast<std::int64_t>(earlier)) {
      ++feature.values.back();
      ++changed;
    }
  CHECK(changed == 1);
  CHECK(certificate::check(c.certificate, miscounted).reason.find("must count the tokens of the block") != std::string::npos);

  Construction small = c.construction;
  small.plan.memory.C = 8;
  const Program program = program_for(task.problem, task.max_lengths, small.plan, small.format);
  small.layout = lay_out(program, small.plan.attention, small.format.width(), small.schedule);
  small.program = std::make_shared<const Program>(program);
  const auto certified = certify_least(small, {});
  CHECK(!certified.certificate);
  CHECK(certified.reason.find("the anchor's weight less 1 must lie in [0, 7]") != std::string::npos);
}

TEST_CASE("ranges are proved by induction for every task with loops; what is not is a hypothesis") {
  for (const TaskCase& task : tasks()) {
    CAPTURE(task.problem.name);
    const std::vector<std::string> hypotheses =
        certified_case(task, AttentionKind::standard).certificate.hypotheses;
    if (task.problem.loops.empty())
      CHECK(hypotheses.back() == "the run ends within the network's positions");
    else
      CHECK(hypotheses == std::vector<std::string>{});
  }
}

TEST_CASE("a range that does not follow is a hypothesis, and a wrong one is refused where it is broken") {
  const auto running_sum = [](std::int64_t most) {
    ProblemBuilder p{"sum"};
    const auto s = p.input("s", 0, 3);
    const auto i = p.loop("i", 1, length(s));
    const auto dp = p.value("dp", 0, 3 * length(s));
    if (most > 0) p.at_most(dp, most * i);
    p.transition(cases(i == 1, p.at(s, i), otherwise, p.state(i - 1) + p.at(s, i)));
    p.answer(p.last());
    return p.build();
  };
  const auto hypotheses = [](const Problem& problem) {
    const Construction c = compile(problem, {4}, AttentionKind::standard, Schedule::narrow);
    const Certified certified = certify_least(c, {});
    REQUIRE(certified.certificate);
    CHECK(certificate::check(*certified.certificate, c.network()).answer == Answer::accepted);
    return certified.certificate->hypotheses;
  };
  const std::string open = "value 0, dp, keeps to its range", more = " and is at most what is stated of each state";
  CHECK(hypotheses(running_sum(3)).empty());
  CHECK(hypotheses(running_sum(0)) == std::vector{open});         // true, but not by induction
  CHECK(hypotheses(running_sum(2)) == std::vector{open + more});  // false
  CHECK_THROWS_AS(solve(running_sum(2), {{3, 3}}), Inadmissible);

  CertifiedCase c = certified_case(arithmetic_case(5, 5), AttentionKind::standard);
  c.certificate.hypotheses.pop_back();
  CHECK(certificate::check(c.certificate, c.construction.network()).where == "hypotheses");
}
