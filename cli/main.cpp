#include "cli/program.hpp"

int main(int argc, char** argv) { return wrought::cli::run_program(argc, argv); }
