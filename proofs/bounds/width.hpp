// Lower bounds on the width of any network that generates given chains of thought (§8; Theorems B.5 and B.6).
//
// Statement (width_ge_of_linear_state, width_ge_of_visible_tokens). Fix the lengths of the inputs, and let N chains of
// thought be different. Let every number that crosses the cut before the last separator take at most 2^b values, and let C(D)
// numbers cross it in a network of width D. If the network generates the chain of every input of these lengths, then
//
//     2^(b·C(D)) >= N.
//
// Source. §8, Theorems B.5 and B.6; the proof, and C(D) for each kind of attention, in proofs/bounds/width.md.
#pragma once

#include <optional>

#include "verifier/network/network.hpp"

namespace wrought {

// Networks of any weights with this attention, depth and these heads.
struct NetworkClass {
  Attention attention;
  std::size_t layers = 0;            // M
  std::size_t attending_layers = 0;  // with at least one head
  std::size_t heads = 0;             // in all layers together
  std::size_t most_heads = 0;        // H: in one layer
};

NetworkClass class_of(const Network& network);

// own: these heads in these layers, each with d_k, d_v <= D. paper: H heads in each of the M layers, d_k = d_v = ⌈D/H⌉.
enum class HeadShape { own, paper };

// Of the first `before` tokens, those that any later one sees: all (standard), or the last kB - 1 and c per block (sparse).
// Nothing for strided attention, for which nothing is claimed, and for linear attention, which sees no single tokens.
std::optional<Integer> visible_tokens(const Attention& attention, std::size_t before);

// C(D): how many numbers cross a cut behind `before` tokens at most. Nothing where nothing is claimed.
std::optional<Integer> crossing_numbers(const NetworkClass& networks, HeadShape shape, std::size_t before,
                                        const Integer& width);

// The same for one network, with its own width and head dimensions.
std::optional<Integer> crossing_numbers(const Network& network, std::size_t before);

// The least D >= 1 with 2^(bits·C(D)) >= chains. Nothing where nothing is claimed, or where nothing crosses the cut at all.
// chains >= 1, bits >= 1.
std::optional<Integer> width_ge(const NetworkClass& networks, HeadShape shape, std::size_t before,
                                const Integer& chains, unsigned bits);

// The bounds on one network's width, for `before` tokens before the cut.
struct WidthBounds {
  unsigned bits = 0;  // b
  std::size_t before = 0;
  std::optional<Integer> numbers;             // that cross the cut in this network
  std::optional<Integer> width, paper_width;  // width_ge for HeadShape::own and HeadShape::paper
};

WidthBounds width_bounds(const Network& network, std::size_t before, const Integer& chains, unsigned bits);

// 2⌈log₂ L⌉ + 18: a significand of 2⌈log₂ L⌉ + 10 bits, its first one implied, sign and an exponent of 8 bits. No
// construction that docs/scaling measures needs a longer significand. For L = 128 that is the 32 bits of a float.
unsigned standard_bits(std::size_t length);

}  // namespace wrought
