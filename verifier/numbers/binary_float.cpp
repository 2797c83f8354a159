#include "verifier/numbers/binary_float.hpp"

#include <limits>
#include <stdexcept>

#include "verifier/numbers/gelu_bound.hpp"
#include "verifier/numbers/mpfr_enclosure.hpp"

namespace wrought {
namespace {

constexpr mpfr_rnd_t kNearest = MPFR_RNDN;

// How many bits more than p GeLU is bounded with: at first, and when two p-bit numbers stay possible.
constexpr mpfr_prec_t kFirstGuard = 20;
constexpr mpfr_prec_t kLastGuard = 1280;

// The zero that every blank value is read as.
mpfr_srcptr shared_zero() {
  static mp_limb_t limb = 0;
  static const __mpfr_struct zero = [] {
    mpfr_t number;
    mpfr_custom_init(&limb, MPFR_PREC_MIN);
    mpfr_custom_init_set(number, MPFR_ZERO_KIND, 0, MPFR_PREC_MIN, &limb);
    return *number;
  }();
  return &zero;
}

// A number of each thread's own for intermediate results; its memory is kept from one use to the next.
class Scratch {
 public:
  Scratch() { mpfr_init2(number_, MPFR_PREC_MIN); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { mpfr_clear(number_); }

  mpfr_ptr with_precision(mpfr_prec_t bits) {
    if (mpfr_get_prec(number_) != bits) mpfr_set_prec(number_, bits);
    return number_;
  }

 private:
  mpfr_t number_;
};

}  // namespace

BinaryFloat::BinaryFloat(const BinaryFloat& other) {
  if (!other.is_blank()) mpfr_set(writable(mpfr_get_prec(other.number_)), other.number_, kNearest);
}

BinaryFloat& BinaryFloat::operator=(const BinaryFloat& other) {
  if (!is_blank() && !other.is_blank() && mpfr_get_prec(number_) == mpfr_get_prec(other.number_)) {
    mpfr_set(number_, other.number_, kNearest);
  } else {
    BinaryFloat copy(other);
    swap(copy);
  }
  return *this;
}

mpfr_srcptr BinaryFloat::get() const noexcept {
  return is_blank() ? shared_zero() : number_;
}

mpfr_ptr BinaryFloat::writable(mpfr_prec_t bits) {
  if (is_blank()) {
    mpfr_init2(number_, bits);
    mpfr_set_zero(number_, 1);
  } else if (mpfr_get_prec(number_) != bits) {
    throw std::logic_error("a number of " + std::to_string(mpfr_get_prec(number_)) +
                           " bits is changed by an arithmetic of " + std::to_string(bits) + " bits");
  }
  return number_;
}

Bits::Bits(unsigned p) : bits_(static_cast<mpfr_prec_t>(p)) {
  if (p < 2 || p > 1U << 16) {
    throw std::invalid_argument("a precision of " + std::to_string(p) + " bits is not between 2 and 2^16");
  }
}

std::string Bits::name() const {
  return "bits:" + std::to_string(bits_);
}

Bits::Value Bits::from(const Rational& value) const {
  Value result;
  if (value != 0) mpfr_set_q(result.writable(bits_), value.backend().data(), kNearest);
  return result;
}

Bits::Value Bits::from(std::int64_t integer) const {
  Value result;
  if (integer != 0) mpfr_set_si(result.writable(bits_), integer, kNearest);
  return result;
}

// acc is made writable before x is read, since they may be the same value.

void Bits::add(Value& acc, const Value& x) const {
  mpfr_ptr sum = acc.writable(bits_);
  mpfr_add(sum, sum, x.get(), kNearest);
}

void Bits::subtract(Value& acc, const Value& x) const {
  mpfr_ptr difference = acc.writable(bits_);
  mpfr_sub(difference, difference, x.get(), kNearest);
}

void Bits::multiply(Value& acc, const Value& x) const {
  mpfr_ptr product = acc.writable(bits_);
  mpfr_mul(product, product, x.get(), kNearest);
}

void Bits::divide(Value& acc, const Value& x) const {
  mpfr_ptr quotient = acc.writable(bits_);
  mpfr_div(quotient, quotient, x.get(), kNearest);
}

void Bits::add_product(Value& acc, const Value& x, const Value& y) const {
  thread_local Scratch scratch;
  mpfr_ptr product = scratch.with_precision(bits_);
  mpfr_mul(product, x.get(), y.get(), kNearest);
  mpfr_ptr sum = acc.writable(bits_);
  mpfr_add(sum, sum, product, kNearest);
}

Bits::Value Bits::gelu(const Value& x) const {
  mpfr_srcptr argument = x.get();
  Value result;
  if (mpfr_zero_p(argument) != 0) return result;
  if (mpfr_nan_p(argument) != 0) {
    mpfr_set_nan(result.writable(bits_));
    return result;
  }
  // Phi(-t) <= 2^-floor(0.72 t^2), so from t = 2^16 on the exponential part is below 2^-(2^31): nothing
  // beside x, and no number by itself.
  constexpr mpfr_exp_t far = 17;
  const bool negative = mpfr_signbit(argument) != 0;
  if (mpfr_inf_p(argument) != 0 || mpfr_get_exp(argument) >= far) {
    if (!negative) mpfr_set(result.writable(bits_), argument, kNearest);
    return result;
  }

  // Where both bounds round to the same number, so does what is between them.
  thread_local Scratch lower_scratch;
  thread_local Scratch upper_scratch;
  mpfr_ptr rounded = result.writable(bits_);
  Value other;
  for (mpfr_prec_t guard = kFirstGuard; guard <= kLastGuard; guard *= 4) {
    const mpfr_prec_t working = bits_ + guard;
    // Below 0 the result is all tail; above, the tail counts only down to the guard bits.
    const long tail_from = negative ? std::numeric_limits<long>::max() : static_cast<long>(working);
    mpfr_ptr lower = lower_scratch.with_precision(working);
    mpfr_ptr upper = upper_scratch.with_precision(working);
    detail::gelu_bound(lower, argument, MPFR_RNDD, tail_from);
    detail::gelu_bound(upper, argument, MPFR_RNDU, tail_from);
    mpfr_set(rounded, lower, kNearest);
    mpfr_set(other.writable(bits_), upper, kNearest);
    if (mpfr_equal_p(rounded, other.get()) != 0) break;
  }
  return result;
}

Bits::Value Bits::exp(const Value& x) const {
  Value result;
  mpfr_exp(result.writable(bits_), x.get(), kNearest);
  return result;
}

Bits::Value Bits::elu_plus_one(const Value& x) const {
  if (!x.is_zero() && mpfr_signbit(x.get()) != 0) return exp(x);
  Value result;
  mpfr_add_ui(result.writable(bits_), x.get(), 1, kNearest);
  return result;
}

bool Bits::likely_less(const Value& x, const Value& y) const {
  return mpfr_less_p(x.get(), y.get()) != 0;
}

std::optional<Enclosure> Bits::enclosure(const Value& x) const {
  if (mpfr_number_p(x.get()) == 0) return std::nullopt;
  return Enclosure{lower_bound(x.get()), upper_bound(x.get())};
}

std::string Bits::text(const Value& x) const {
  // Enough digits to tell neighbouring p-bit numbers apart: 1 + ceil(p log10(2)), rounded up.
  const int digits = static_cast<int>(bits_ * 302 / 1000) + 2;
  char* buffer = nullptr;
  mpfr_asprintf(&buffer, "%.*RNg", digits, x.get());
  std::string text(buffer);
  mpfr_free_str(buffer);
  return text;
}

}  // namespace wrought
