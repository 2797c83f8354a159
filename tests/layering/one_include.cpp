// A source file with one include, which the build chooses.
#include HEADER
