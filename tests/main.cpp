// The main function of every test executable.
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN  // does not imply the other where doctest is precompiled already
#include <doctest/doctest.h>
