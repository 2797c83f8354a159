// Where one visible token is nearest to what a head looks for, and that the checker sees where two may be.
#include "verifier/certificate/nearest.hpp"

#include <doctest/doctest.h>

#include "tests/proofs/certificate/certified_case.hpp"
#include "verifier/certificate/wiring.hpp"

using namespace wrought;

namespace {

std::vector<certificate::HeadUse> position_heads(const certificate::Certificate& c) {
  std::vector<certificate::HeadUse> heads;
  for (const certificate::Step& step : c.steps)
    if (const auto* attention = std::get_if<certificate::AttentionStep>(&step))
      for (const certificate::HeadUse& head : attention->heads)
        if (head.rule == "position_head") heads.push_back(head);
  return heads;
}

struct NearestCase : CertifiedCase {
  explicit NearestCase(AttentionKind kind)
      : CertifiedCase(certified_case(edit_distance_case(4, {1, 1, 1}, 3), kind)),
        wiring(certificate, construction.network()),
        knowledge(certificate, construction.network(), wiring) {}

  bool one_is_nearest(certificate::HeadUse head, const certificate::Form& off) const {
    head.arguments[0] = head.arguments[0] + off;
    return certificate::one_is_nearest(head, knowledge);
  }

  certificate::Wiring wiring;
  certificate::Knowledge knowledge;
};

// The closest two tokens that token p sees on either side of `target`, equally far away.
bool is_tied(const Attention& attention, std::size_t p, const Rational& target) {
  std::optional<Rational> nearest;
  std::size_t count = 0;
  attention.for_each_visible(p, [&](std::size_t j) {
    const Rational distance = abs(Rational(target - Rational(j)));
    if (!nearest || distance < *nearest) nearest = distance, count = 0;
    count += distance == *nearest;
  });
  return count > 1;
}

}  // namespace

TEST_CASE("one_is_nearest: every position that the constructions look for, and none that is moved") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided}) {
    CAPTURE(name(kind));
    const NearestCase c(kind);
    const std::vector<certificate::HeadUse> heads = position_heads(c.certificate);
    CHECK(heads.size() >= 4);
    for (const certificate::HeadUse& head : heads) {
      CHECK(c.one_is_nearest(head, certificate::Form()));
      CHECK(!c.one_is_nearest(head, certificate::Form(Rational(1, 2))));
      CHECK(!c.one_is_nearest(head, certificate::Form(2)));
    }
  }
}

// What token p looks for in such a head may be the middle between two tokens that it sees.
TEST_CASE("one_is_nearest: a head that looks for q itself, finished block or not, may find two") {
  for (const AttentionKind kind : {AttentionKind::sparse, AttentionKind::strided}) {
    CAPTURE(name(kind));
    const NearestCase c(kind);
    const Attention& attention = c.construction.network().attention;
    const std::size_t L = c.construction.network().max_length;
    bool tied = false;
    for (std::size_t p = 0; p < L; ++p)
      for (std::size_t q = 0; q <= p; ++q) tied = tied || is_tied(attention, p, Rational(q));
    CHECK(tied);
    for (certificate::HeadUse head : position_heads(c.certificate))
      for (const auto& [id, coefficient] : certificate::Form(head.arguments[0]).terms) {
        const auto& pieces = c.certificate.quantities[id].pieces;
        if (pieces.size() != 1 || pieces[0].rule != "clamp") continue;
        head.arguments[0] = certificate::Form::quantity(id);
        CHECK(!certificate::one_is_nearest(head, c.knowledge));
      }
  }
}

TEST_CASE("one_is_nearest: always under standard attention") {
  const NearestCase c(AttentionKind::standard);
  for (const certificate::HeadUse& head : position_heads(c.certificate)) CHECK(c.one_is_nearest(head, certificate::Form(Rational(1, 2))));
}
