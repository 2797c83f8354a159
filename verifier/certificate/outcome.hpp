// How a check ends that does not end well.
#pragma once

#include <string>

namespace wrought::certificate {

// Why something could not be proved. It may still be true.
struct Unproved {
  std::string reason;
};

// Something that the certificate says and that is not so.
struct Rejected {
  std::string where, reason;
};

}  // namespace wrought::certificate
