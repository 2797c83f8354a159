// One cell of a scaling table: one size under one attention kind, built, measured and, where affordable, verified.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/job.hpp"
#include "cli/options.hpp"
#include "proofs/bounds/width.hpp"
#include "verifier/check/check.hpp"
#include "verifier/network/network.hpp"

namespace wrought::cli {

struct Cell {
  std::int64_t size = 0;
  AttentionKind attention = AttentionKind::standard;
  std::string construction;  // "C0" … "C5"
  Shape shape;
  Integer distance;    // m, the largest distance
  Integer dense_cost;  // multiply-adds with dense matrices
  Rational information;  // I: log₂ of how many chains of thought there are for certain, rounded down
  WidthBounds bounds;    // on D and D_paper, from I
  std::optional<Sharpness> sharpness;  // none with exact arithmetic

  // How it was verified: the arithmetic, or "built" if a run would take too long; the verdict is then unknown.
  std::string verified_by;
  std::size_t inputs = 0, tokens = 0;
  Verdict verdict = Verdict::unknown;
  std::optional<Rational> margin;
  double multiply_adds = 0;  // of one token in a run, both factors non-zero; 0 if only built
  double seconds = 0;

  bool was_run() const { return verified_by != built_only; }
  static constexpr const char* built_only = "built";
};

// More multiply-adds than this (minutes of exact arithmetic) and a cell is only built.
constexpr double most_multiply_adds = 2e10;

// Builds the construction for the options' task at `size` and runs it on inputs: one of full size, and random ones of
// lengths up to it if the options ask for more than one.
Cell measure(const Options& options, std::int64_t size, AttentionKind kind);

}  // namespace wrought::cli
