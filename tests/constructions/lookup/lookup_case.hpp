// Small programs whose only business is to look something up, and runs of them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "constructions/lookup/fetch.hpp"
#include "constructions/residual/layout.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought {

inline const std::vector<AttentionKind> attention_kinds{AttentionKind::standard, AttentionKind::sparse,
                                                        AttentionKind::strided, AttentionKind::linear};

inline Attention pattern(AttentionKind kind, std::size_t block) {
  Attention attention;
  attention.kind = kind;
  attention.block = block;
  return attention;
}

inline std::size_t ceil_sqrt(std::size_t n) {
  std::size_t root = 0;
  while (root * root < n) ++root;
  return root;
}

inline LookupMethod method_for(AttentionKind kind, std::size_t block) {
  switch (kind) {
    case AttentionKind::sparse: return LookupMethod::block;
    case AttentionKind::strided: return block == 1 ? LookupMethod::window : LookupMethod::stride;
    case AttentionKind::linear: return LookupMethod::block_sum;
    case AttentionKind::standard: break;
  }
  return LookupMethod::window;
}

// Every token carries a payload in 0..V and positions q_1, …, q_m; it fetches the payloads there, one after the other.
struct FetchCase {
  AttentionKind kind = AttentionKind::standard;
  LookupMethod method = LookupMethod::window;
  std::size_t length = 1, block = 1, fetches = 1;
  bool one_region = true;
  std::int64_t V = 9;

  Layout layout() const {
    Program program(length);
    const std::size_t blocks = (length + block - 1) / block;
    const MemoryPlan plan{method, block, blocks, one_region, anchored_divisor(length, blocks, block)};
    Memory memory(program, pattern(kind, block), plan);
    const Register payload = program.token("payload", 0, {0, V});
    program.output(0, payload);
    for (std::size_t k = 1; k <= fetches; ++k) {
      const std::string number = std::to_string(k);
      const Register q = program.token("q" + number, k, {0, length - 1});
      program.output(k, fetch(program, memory, {"v" + number, payload, q, Form(0)}));
    }
    return lay_out(program, pattern(kind, block), fetches + 1,
                   one_region ? Schedule::narrow : Schedule::shallow);
  }

  std::string text() const {
    return name(kind) + " L = " + std::to_string(length) + " B = " + std::to_string(block) +
           " m = " + std::to_string(fetches) + (one_region ? " one region" : " regions apart");
  }

  // Random payloads; token p asks for positions round + p, round + p + 1, … modulo p + 1, so that in as many rounds as
  // there are positions every token asks for every position, and all rounds ask for the first and the own one somewhere.
  std::vector<Token> tokens(std::size_t round, std::mt19937& random) const {
    std::uniform_int_distribution<std::int64_t> any(0, V);
    std::vector<Token> result;
    for (std::size_t p = 0; p < length; ++p) {
      result.push_back({any(random)});
      for (std::size_t k = 0; k < fetches; ++k)
        result.back().push_back(static_cast<std::int64_t>((round + p + k) % (p + 1)));
    }
    return result;
  }
};

// "" if every token gets what it asks for, with an error of at most `tolerance`; otherwise who did not.
inline std::string first_wrong(Runner& runner, const std::vector<Token>& tokens,
                               const Rational& tolerance = 0) {
  runner.reset();
  for (std::size_t p = 0; p < tokens.size(); ++p) {
    runner.append(tokens[p]);
    for (std::size_t k = 1; k < tokens[p].size(); ++k) {
      const std::int64_t expected = tokens[static_cast<std::size_t>(tokens[p][k])][0];
      const auto found = runner.output().enclosure(k);
      if (found && found->lower >= expected - tolerance && found->upper <= expected + tolerance) continue;
      return "token " + std::to_string(p) + " asks for " + std::to_string(tokens[p][k]) + ", expects " +
             std::to_string(expected) + ", gets " + runner.output().text(k);
    }
  }
  return "";
}

}  // namespace wrought
