#pragma once

namespace wrought::cli {

inline constexpr const char* tool_name = "wrought";
inline constexpr const char* tool_version = WROUGHT_VERSION;

}  // namespace wrought::cli
