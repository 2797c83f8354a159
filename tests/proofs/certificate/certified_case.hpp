// Small constructions with their certificates.
#pragma once

#include <doctest/doctest.h>

#include "proofs/certificate/least_precision.hpp"
#include "tests/constructions/task_cases.hpp"
#include "verifier/certificate/check.hpp"

namespace wrought {

struct CertifiedCase {
  Construction construction;
  certificate::Certificate certificate;
};

inline CertifiedCase certified_case(const TaskCase& task, AttentionKind kind, Schedule schedule = Schedule::narrow,
                                    std::optional<unsigned> precision = std::nullopt) {
  Construction construction = compile(task.problem, task.max_lengths, kind, schedule);
  Certified certified = certify_least(construction, {{}, {}, {}, precision});
  INFO(certified.reason);
  REQUIRE(certified.certificate);
  return {std::move(construction), std::move(*certified.certificate)};
}

}  // namespace wrought
