// Who writes and who reads each register of a program.
#pragma once

#include <optional>
#include <vector>

#include "constructions/residual/program.hpp"

namespace wrought {

// Calls visit(register) for every register a form reads; a constant is read from the register that holds 1.
template <class Visit>
void for_each_register(const Program& program, const Form& form, Visit&& visit) {
  for (const auto& [r, coefficient] : form.terms()) visit(r);
  if (form.constant() != 0) visit(program.one());
}

// All vectors are indexed by register id.
struct Uses {
  std::vector<std::optional<StepId>> writer;  // none: the embedding
  std::vector<std::vector<StepId>> readers;
  std::vector<bool> is_output;

  explicit Uses(const Program& program)
      : writer(program.registers().size()), readers(writer.size()), is_output(writer.size()) {
    const auto& steps = program.steps();
    for (StepId s = 0; s < steps.size(); ++s) {
      for_each_form_read(steps[s], [&](const Form& form) {
        for_each_register(program, form, [&](Register r) { readers[r->id].push_back(s); });
      });
      for (const auto& [fresh, old] : steps[s].attention.accumulated) readers[old->id].push_back(s);
      for (const Register r : written_by(steps[s])) writer[r->id] = s;
    }
    for (const Form& form : program.outputs())
      for_each_register(program, form, [&](Register r) { is_output[r->id] = true; });
  }
};

}  // namespace wrought
