// The program `wrought`: picks the command, runs it, writes its result, answers with an exit code.
#pragma once

namespace wrought::cli {

int run_program(int argc, const char* const* argv);

}  // namespace wrought::cli
