// From a program to a network: the chosen schedule, and the matrices it gives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "constructions/residual/program.hpp"
#include "constructions/residual/schedule.hpp"
#include "verifier/network/network.hpp"

namespace wrought {

// Where a register lives: in `coordinate` after stages first..last (last: the last stage that reads it).
struct Placement {
  std::string name;
  Range range;
  std::size_t coordinate = 0;
  std::size_t first_stage = 0;
  std::size_t last_stage = 0;
};

// When the coordinate of a register holds it: emptied of its former tenant at feed-forward stage `cleared` (0: it had none),
// written from stage `written` on, complete after stage `complete`, read up to stage `last`.
struct Residence {
  std::size_t coordinate = 0, cleared = 0, written = 0, complete = 0, last = 0;
};

// A form that the program watches, constant + Σ factor · coordinate, each term read after the stage that completes it.
struct Quantity {
  struct Term {
    std::size_t coordinate = 0, stage = 0;
    Rational factor;
  };

  std::string name;
  Range range;
  Rational constant;
  std::vector<Term> terms;
};

struct Layout {
  Network network;
  std::vector<Placement> placements;             // every register that is kept, in the order of first_stage
  std::vector<std::vector<std::string>> stages;  // the names of the steps that run at each stage
  std::vector<Quantity> quantities;              // what the program watches, if its registers are kept
  std::vector<std::optional<Residence>> residences;     // by register id; nothing if nobody reads it
  std::vector<std::optional<std::size_t>> step_stages;  // the first stage of each step; nothing if nobody needs it
};

// `token_width` is T, the number of coordinates of a token.
Layout lay_out(const Program& program, const Attention& attention, std::size_t token_width, Schedule schedule);

}  // namespace wrought
