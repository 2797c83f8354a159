// One visitor out of several lambdas, for std::visit over the kinds of an expression.
#pragma once

namespace wrought {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace wrought
