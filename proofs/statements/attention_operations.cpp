// What the lemmas on attention are about: the operations AGG and COPY, and Assumption A.10 on scores.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "proofs/statements/statement.hpp"
#include "proofs/statements/sweep.hpp"
#include "verifier/runtime/runtime.hpp"

namespace wrought::statements {

namespace {

// ---- AGG, tokens numbered from 1 ----

// S_i as printed: {j : q·m - (m - 1) <= j <= min(q·m, i)}.
std::vector<int> averaged(int m, int i, int q) {
  std::vector<int> tokens;
  for (int j = q * m - (m - 1); j <= std::min(q * m, i); ++j) tokens.push_back(j);
  return tokens;
}

// What it is to be: the tokens up to i in block q.
std::vector<int> block_up_to(int m, int i, int q) {
  std::vector<int> tokens;
  for (int j = 1; j <= i; ++j)
    if ((j + m - 1) / m == q) tokens.push_back(j);
  return tokens;
}

// Some values in [-3, 3].
Rational value_of(int j) { return (j * j) % 7 - 3; }

// The linear head of Lemma A.9 with e^{-μ} = E, at token i: features are 1 in the own coordinate, E in the m - 1 others.
Rational head_of_lemma(int m, int i, int q, const Rational& E) {
  const Rational own = 1 + (m - 1) * E * E, other = 2 * E + (m - 2) * E * E;
  Rational sum = 0, weights = 0;
  for (int j = 1; j <= i; ++j) {
    const Rational& weight = (j + m - 1) / m == q ? own : other;
    sum += weight * value_of(j);
    weights += weight;
  }
  return sum / weights;
}

Rational mean(const std::vector<int>& tokens) {
  Rational sum = 0;
  for (const int j : tokens) sum += value_of(j);
  return sum / static_cast<int>(tokens.size());
}

Judgement aggregation_operation(Evidence&) {
  bool is_block = true, is_averaged = true;
  int cases = 0, empty = 0;
  const Rational M = 3, eps(1, 100);
  for (int m = 2; m <= 6; ++m)
    for (int i = 1; i <= m * m; ++i)
      for (int q = 1; q <= m; ++q) {
        const std::vector<int> tokens = averaged(m, i, q);
        is_block = is_block && tokens == block_up_to(m, i, q);
        ++cases;
        empty += tokens.empty() ? 1 : 0;
        if (tokens.empty()) continue;
        is_averaged =
            is_averaged && abs(head_of_lemma(m, i, q, eps / (2 * M * m * m * m)) - mean(tokens)) <= eps;
      }
  return judged(
      is_block && is_averaged, Verdict::verified,
      fmt::format("S_i is the part of block q_i up to i in all {} cases with 2 <= m <= 6, i <= m², q <= "
                  "m; in {} of them, where "
                  "the block lies ahead, it is empty and nothing is to be averaged. In all others the "
                  "head of A.9, its sums "
                  "worked out exactly, is within eps = 1/100 of the mean",
                  cases, empty));
}

// ---- COPY ----

// A token as the token that copies sees it.
struct Candidate {
  Rational score, r;  // q_i·k_j and r_j
};

// pos(i): the candidate with the largest r among those that match, from 1.
template <class Matches>
std::optional<std::size_t> copied(const std::vector<Candidate>& candidates, Matches matches) {
  std::optional<std::size_t> best;
  for (std::size_t j = 0; j < candidates.size(); ++j)
    if (matches(candidates[j].score) && (!best || candidates[j].r > candidates[*best - 1].r)) best = j + 1;
  return best;
}

Judgement copy_operation(Evidence&) {
  const Rational rho(1, 8);
  const auto printed = [&](const Rational& score) { return score < rho; };
  const auto right = [&](const Rational& score) { return abs(score) <= rho; };
  // One token matches, a later one does not; A.10 holds with δ = M = 1.
  const std::vector<Candidate> two{{0, 0}, {-1, 1}};
  // Scores -(q - p)²: just the token at q matches, whatever the recencies.
  bool finds = true;
  int cases = 0;
  for (int n = 1; n <= 40; ++n)
    for (int q = 1; q <= n; ++q, ++cases) {
      std::vector<Candidate> all;
      for (int p = 1; p <= n; ++p) all.push_back({-(q - p) * (q - p), p});
      finds = finds && copied(all, right) == std::optional<std::size_t>(q);
    }
  const std::optional<std::size_t> by_print = copied(two, printed), by_right = copied(two, right);
  return judged_corrected(
      by_print == 2 && by_right == 1, finds,
      fmt::format("scores 0 and -1, r = 0 and 1, rho = 1/8: token 1 matches and token 2 does not, but "
                  "the printed S_i = {{j : "
                  "q_i·k_j < rho}} holds both, so that pos(i) = {}; with |q_i·k_j| <= rho it is {}, and "
                  "with scores -(q - p)² "
                  "it is q in all {} cases with n <= 40",
                  *by_print, *by_right, cases));
}

// ---- A.10 ----

using Vector = std::vector<Rational>;

Vector product(const Matrix& matrix, const Vector& row) {
  Vector result(static_cast<std::size_t>(matrix.rows()));
  for (Eigen::Index r = 0; r < matrix.rows(); ++r)
    for (Matrix::InnerIterator entry(matrix, r); entry; ++entry)
      result[static_cast<std::size_t>(r)] += entry.value() * row[static_cast<std::size_t>(entry.col())];
  return result;
}

Rational dot(const Vector& a, const Vector& b) {
  Rational sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// The rows that enter each layer on one run: rows[layer][token].
std::vector<std::vector<Vector>> rows_of_run(const Construction& construction, const Inputs& inputs) {
  std::vector<std::vector<Vector>> rows(construction.network().layers.size());
  const std::unique_ptr<Runner> runner = make_runner(construction.network(), {});
  runner->observe([&](std::size_t, std::size_t stage, const RowView& view) {
    if (stage % 2 == 1 || stage / 2 == rows.size()) return;
    Vector& row = rows[stage / 2].emplace_back();
    for (std::size_t c = 0; c < view.size(); ++c) row.push_back(view.enclosure(c)->lower);
  });
  const ChainOfThought chain = construction.encode(inputs);
  for (const Token& token : chain.prompt) runner->append(token);
  for (std::size_t t = 0; t + 1 < chain.generated.size(); ++t) runner->append(chain.generated[t]);
  return rows;
}

struct Scores {
  std::size_t heads = 0, as_they_stand = 0, pairs = 0, best = 0;
  std::optional<Rational> gap;  // the least distance below the best score, where it is not the best

  void add_query(const Vector& query, const std::vector<Vector>& keys, std::size_t visible,
                 bool& as_it_stands) {
    Vector scores;
    for (std::size_t j = 0; j < visible; ++j) scores.push_back(dot(query, keys[j]));
    const Rational top = *std::max_element(scores.begin(), scores.end());
    for (const Rational& score : scores) {
      ++pairs;
      as_it_stands = as_it_stands && (score == 0 || score <= -1);
      if (score == top)
        ++best;
      else if (!gap || top - score < *gap)
        gap = top - score;
    }
  }

  void add_head(const Head& head, const std::vector<Vector>& rows) {
    std::vector<Vector> keys;
    bool as_it_stands = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      keys.push_back(product(head.key, rows[i]));
      add_query(product(head.query, rows[i]), keys, i + 1, as_it_stands);
    }
    ++heads;
    as_they_stand += as_it_stands ? 1 : 0;
  }
};

Scores scores_of_runs(Evidence& evidence, const std::vector<Case>& cases) {
  Scores scores;
  for (const Case& c : cases) {
    const Construction& construction = *evidence.run(c).construction;
    const auto rows = rows_of_run(construction, inputs_of(c).front());
    for (std::size_t l = 0; l < rows.size(); ++l)
      for (const Head& head : construction.network().layers[l].heads) scores.add_head(head, rows[l]);
  }
  return scores;
}

// q·k = -(i - j)² as a product of vectors, 0 or at most -1; r_j = j.
bool scores_of_positions_satisfy(int n) {
  for (int i = 1; i <= n; ++i)
    for (int j = 1; j <= n; ++j) {
      const Rational score = dot({-i * i, 2 * i, -1}, {1, j, j * j});
      if (score != -(i - j) * (i - j) || (score != 0 && score > -1)) return false;
    }
  return true;
}

Judgement score_assumption(Evidence& evidence) {
  std::vector<Case> cases;
  for (const char* task : {"edit-distance", "lis", "reversed-sums", "lagged-recurrence"})
    cases.push_back({task, 4, AttentionKind::standard});
  const Scores scores = scores_of_runs(evidence, cases);
  constexpr int n = 60;
  const bool positions = scores_of_positions_satisfy(n);
  return judged(
      positions && scores.gap && *scores.gap >= 1, Verdict::verified,
      fmt::format("satisfiable: q = (-i², 2i, -1), k = (1, j, j²) have q·k = -(i - j)², 0 or at most -1 "
                  "for all i, j <= {}, and r_j = "
                  "j differ by 1: delta = 1, rho = 0. The {} softmax heads of four of our networks (C0, "
                  "n = 4) do not use this "
                  "form ({} meet it as they stand): their scores are -(q - j)² plus a number of the "
                  "query's own, which softmax "
                  "does not see. Of {} exact scores on full runs {} are the query's best, and every "
                  "other lies {} or more below",
                  n, scores.heads, scores.as_they_stand, scores.pairs, scores.best,
                  scores.gap ? to_string(*scores.gap) : "nothing"));
}

}  // namespace

std::vector<Statement> attention_operations() {
  return {{"AGG",
           "the mean of xhat_j over S_i = {j : q_i·m - (m-1) <= j <= min(q_i·m, i)}, the block that the "
           "token names",
           "wrought lemmas linear_lookup", aggregation_operation},
          {"COPY", "the value v_j of the j with the largest r_j in S_i = {j < i : q_i·k_j < rho}",
           "wrought lemmas copy", copy_operation},
          {"A.10",
           "for all i, j either |q_i·k_j| <= rho or q_i·k_j <= -delta; r_i and r_j differ by delta or more",
           "wrought lemmas copy", score_assumption}};
}

}  // namespace wrought::statements
