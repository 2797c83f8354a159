#include "proofs/lemmas/lemma.hpp"

namespace wrought::lemmas {

std::string name(Method method) {
  switch (method) {
    case Method::case_analysis: return "exact case analysis";
    case Method::subdivision: return "interval subdivision";
    case Method::enumeration: break;
  }
  return "exhaustive enumeration";
}

Finding Statement::check(const Effort& effort) const {
  return enumerate ? enumerate() : prove(claims(), effort);
}

std::vector<Lemma> all_lemmas() {
  std::vector<Lemma> all;
  for (const auto& part : {smooth_lemmas(), step_lemmas(), gate_lemmas(), slot_lemmas(), attention_lemmas(),
                           lookup_lemmas(), rewriting_lemmas(), rounding_lemmas()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace wrought::lemmas
