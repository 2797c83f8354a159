# Fails, naming them, if there are *_test.cpp under ROOT that are not among BUILT.
file(GLOB_RECURSE left_out ${ROOT}/*_test.cpp)
list(REMOVE_ITEM left_out ${BUILT})
if(left_out)
  list(JOIN left_out "\n  " names)
  message(FATAL_ERROR "listed in no CMakeLists.txt:\n  ${names}")
endif()
