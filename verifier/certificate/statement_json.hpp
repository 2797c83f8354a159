// Statements as JSON. The format is described in docs/certificate.md.
#pragma once

#include "verifier/certificate/json_reader.hpp"
#include "verifier/certificate/statement.hpp"

namespace wrought::certificate {

Json statement_json(const Statement& statement);
Statement read_statement(const Reader& reader);

}  // namespace wrought::certificate
