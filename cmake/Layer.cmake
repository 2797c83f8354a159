# wrought_layer(NAME DEPENDS ... SOURCES ...): one library per layer.
#
# A layer's headers are included as "NAME/..." and can be found only by targets that link
# wrought::NAME, because each layer has an include root of its own that shows nothing else.
# So an include against the direction of the layers does not compile.
function(wrought_layer name)
  cmake_parse_arguments(LAYER "" "" "DEPENDS;LINKS;SOURCES" ${ARGN})
  set(root ${PROJECT_BINARY_DIR}/include/${name})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${name} ${root}/${name} SYMBOLIC)

  add_library(wrought_${name} STATIC ${LAYER_SOURCES})
  add_library(wrought::${name} ALIAS wrought_${name})
  target_include_directories(wrought_${name} PUBLIC $<BUILD_INTERFACE:${root}>)
  # Most of a compile would go into reading these again and again.
  target_precompile_headers(wrought_${name} PRIVATE
    <boost/multiprecision/gmp.hpp> <functional> <map> <memory> <optional> <string> <variant> <vector>)
  target_link_libraries(wrought_${name} PUBLIC ${LAYER_DEPENDS} PRIVATE ${LAYER_LINKS})
endfunction()
