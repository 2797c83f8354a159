# Third-party libraries, all from Debian 12. scripts/setup installs them.
find_package(Boost 1.81 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt 9 REQUIRED)

# GMP, MPFR and MPFI ship no CMake package of their own.
function(wrought_find_c_library name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  add_library(${name}::${name} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${name}::${name} INTERFACE ${${name}_INCLUDE_DIR})
  target_link_libraries(${name}::${name} INTERFACE ${${name}_LIBRARY})
endfunction()
wrought_find_c_library(GMP gmp.h gmp)
wrought_find_c_library(MPFR mpfr.h mpfr)
wrought_find_c_library(MPFI mpfi.h mpfi)
