#include "verifier/certificate/nearest.hpp"

#include <algorithm>

#include "verifier/certificate/head_source.hpp"

namespace wrought::certificate {

namespace {

// What a head looks for, taken apart.
class Target {
 public:
  Target(const Form& target, const Knowledge& knowledge)
      : target_(target), knowledge_(knowledge), attention_(knowledge.network().attention), B_(attention_.block) {}

  // A function of p whose nearest token is one.
  bool is_safe_feature() const {
    const std::vector<std::int64_t>* values = feature(target_);
    if (!values) return false;
    for (std::size_t p = 0; p < knowledge_.network().max_length; ++p)
      if (!is_safe(p, (*values)[p])) return false;
    return true;
  }

  bool is_end_of_block() const {
    const bool shows_ends = attention_.kind == AttentionKind::sparse && attention_.globals >= 1 && attention_.window >= 1;
    if (!shows_ends || target_.terms.size() != 1) return false;
    const auto& [id, coefficient] = *target_.terms.begin();
    return coefficient == B_ && target_.constant == B_ - 1 && is_asked_block(id);
  }

  // p - B·(f - 1 - a) = p - B f + B a + B.
  bool is_strides_back() const {
    if (attention_.kind != AttentionKind::strided || target_.terms.size() != 3 || target_.constant != B_) return false;
    bool p = false, f = false, a = false;
    for (const auto& [id, coefficient] : target_.terms) {
      p = p || (coefficient == 1 && is_position(id));
      f = f || (coefficient == -B_ && is_finished(id));
      a = a || (coefficient == B_ && is_asked_block(id));
    }
    return p && f && a;
  }

  // q - c + c·u, c >= L.
  bool is_in_unfinished_block() const {
    const bool shows_block = attention_.kind == AttentionKind::strided ||
                             (attention_.kind == AttentionKind::sparse && attention_.window >= 1);
    if (!shows_block || target_.terms.size() != 2 || -target_.constant < Rational(knowledge_.network().max_length)) return false;
    for (const auto& [q, one] : target_.terms)
      for (const auto& [u, c] : target_.terms)
        if (q != u && one == 1 && c == -target_.constant && is_clamped(q) && is_unfinished(u, q)) return true;
    return false;
  }

 private:
  const Quantity& quantity(QuantityId id) const { return knowledge_.certificate().quantities[id]; }

  const Piece* only_piece(QuantityId id, const char* rule, const Rational& factor, const Form& rest) const {
    const Quantity& q = quantity(id);
    const bool alone = q.pieces.size() == 1 && q.pieces[0].rule == rule && q.pieces[0].factor == factor && q.rest == rest;
    return alone ? &q.pieces[0] : nullptr;
  }

  const std::vector<std::int64_t>* feature(const Form& form) const {
    if (form.constant != 0 || form.terms.size() != 1 || form.terms.begin()->second != 1) return nullptr;
    const Quantity& q = quantity(form.terms.begin()->first);
    for (const PositionFeature& f : knowledge_.network().positions)
      if (q.origin == Origin::position && static_cast<std::size_t>(f.coordinate) == q.at.coordinate) return &f.values;
    return nullptr;
  }

  bool is_safe(std::size_t p, std::int64_t target) const {
    if (target <= 0 || target >= static_cast<std::int64_t>(p)) return true;
    bool visible = false;
    attention_.for_each_visible(p, [&](std::size_t j) { visible = visible || static_cast<std::int64_t>(j) == target; });
    return visible;
  }

  bool is_position(QuantityId id) const {
    return knowledge_.is_feature(Form::quantity(id), [](std::int64_t p) { return p; });
  }
  bool is_finished(QuantityId id) const {
    const auto B = static_cast<std::int64_t>(attention_.block);
    return knowledge_.is_feature(Form::quantity(id), [B](std::int64_t p) { return (p + 1) / B; });
  }
  // In 0..p, whatever it is made of.
  bool is_clamped(QuantityId id) const {
    const Piece* clamp = only_piece(id, "clamp", 1, Form());
    return clamp && knowledge_.is_feature(clamp->arguments.at(1), [](std::int64_t p) { return p; });
  }
  // ⌊q/B⌋ of such a q.
  bool is_asked_block(QuantityId id) const {
    const Piece* staircase = only_piece(id, "staircase", 1, Form());
    if (!staircase || staircase->numbers.at(0) != B_) return false;
    const bool covers = staircase->numbers.at(0) * staircase->numbers.at(1) >= Rational(knowledge_.network().max_length);
    const Form& q = staircase->arguments.at(0);
    return covers && q.constant == 0 && q.terms.size() == 1 && q.terms.begin()->second == 1 && is_clamped(q.terms.begin()->first);
  }
  // [a >= f] = 1 - [f - a >= 1], a the block of q.
  bool is_unfinished(QuantityId id, QuantityId q) const {
    const Piece* threshold = only_piece(id, "threshold", -1, Form(1));
    if (!threshold || threshold->numbers.at(0) != 1) return false;
    const Form& left = threshold->arguments.at(0);
    if (left.constant != 0 || left.terms.size() != 2) return false;
    bool f = false, a = false;
    for (const auto& [term, coefficient] : left.terms) {
      f = f || (coefficient == 1 && is_finished(term));
      a = a || (coefficient == -1 && is_asked_block(term) && quantity(term).pieces[0].arguments[0] == Form::quantity(q));
    }
    return f && a;
  }

  const Form& target_;
  const Knowledge& knowledge_;
  const Attention& attention_;
  Rational B_;
};

}  // namespace

bool one_is_nearest(const HeadUse& head, const Knowledge& knowledge) {
  const Network& network = knowledge.network();
  const bool shows_all = network.attention.kind == AttentionKind::standard ||
                         (network.attention.kind == AttentionKind::strided && network.attention.block == 1);
  if (shows_all) return true;
  if (network.attention.kind == AttentionKind::sparse)
    if (const auto back = looks_back(head, knowledge); back && sees_back(network, *back)) return true;
  const Target target(head.arguments.at(0), knowledge);
  return target.is_safe_feature() || target.is_end_of_block() || target.is_strides_back() || target.is_in_unfinished_block();
}

}  // namespace wrought::certificate
