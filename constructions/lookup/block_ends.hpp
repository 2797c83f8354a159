// Random access through the last tokens of blocks, under sparse and strided attention: what fetch_sparse and fetch_strided have
// in common.
//
// The last token of a block, its end, sees the whole block and collects it, slot by slot. A head averages, and averages over
// B tokens are no p-bit numbers; but those over K = 2^⌊log2(B-1)⌋ tokens are, and K >= B/2:
//
//   first   slot 0 of the token at aB                           a copy
//   low     slots 1..⌊(B-1)/2⌋, over residues 1..K              K times the average: the sum, of which one term is not 0
//   high    the slots up to B-2, over residues B-K..B-1         the same; slot B-1 holds the end's own payload already
//
// Any other token gets a copy of the token at aB from each of them, which has nothing in the slots of low and high. All three
// look for a number of which there are several tokens, or one: `group`, 4a plus 0 for residue 0, 1 for 1..B-K-1, 2 for B-K..K,
// 3 for K+1..B-1. An end looks for 4a + 3/2 or 4a + 5/2, which two groups are equally near to, anyone else for 4a.
//
// Statement.  block_average_error_le (proofs/lemmas/block_average.md); exact in the ideal semantics.
// Source.     §5.2; layer (2) of Lemma A.12 with a score in place of a window.
#pragma once

#include "constructions/lookup/memory.hpp"

namespace wrought {

// Z, after every end has collected its block. `written` is what every token has in its slot.
std::vector<Register> collect_blocks(Program& program, const Memory& memory, const std::string& name,
                                     const std::vector<Register>& written, const Rational& V);

// The block of q, whether that is not finished at p yet, and the slot to pick; negative, so that nothing is, if not.
struct AskedBlock {
  Form a, unfinished, slot;
};
AskedBlock asked_block(Program& program, const Memory& memory, const Request& request);

// The payload at q: slot `asked.slot` of the region of the token at `holder`, or that of q itself if its block is unfinished.
// The region holds at most `most` in a slot; `arguments` are those of the lemma `claim` besides what is made here.
struct Reading {
  AskedBlock asked;
  Form holder;
  Rational most;
  const char* claim;
};
Form read_block(Program& program, Memory& memory, const Request& request, const std::vector<Register>& region,
                const Reading& reading, std::vector<std::vector<Register>> earlier);

}  // namespace wrought
