#pragma once

#include <compare>
#include <cstdint>
#include <numeric>

namespace vidimus {

/// An exact fraction; the denominator is positive. Used for frame rates, time bases, aspects and media times.
struct Rational {
    std::int64_t num = 0;
    std::int64_t den = 1;

    [[nodiscard]] constexpr double toDouble() const { return static_cast<double>(num) / static_cast<double>(den); }
    [[nodiscard]] constexpr Rational reduced() const
    {
        const std::int64_t divisor = std::gcd(num, den);
        return divisor > 1 ? Rational {num / divisor, den / divisor} : *this;
    }
    [[nodiscard]] constexpr bool isZero() const { return num == 0; }
    // Compared by value without overflow: 1/2 equals 2/4.
    friend constexpr bool operator==(const Rational& a, const Rational& b)
    {
        return product(a.num, b.den) == product(b.num, a.den);
    }
    friend constexpr std::strong_ordering operator<=>(const Rational& a, const Rational& b)
    {
        const auto left = product(a.num, b.den);
        const auto right = product(b.num, a.den);
        return left < right ? std::strong_ordering::less
            : left > right  ? std::strong_ordering::greater
                            : std::strong_ordering::equal;
    }

private:
    __extension__ using Wide = __int128;
    static constexpr Wide product(std::int64_t a, std::int64_t b) { return static_cast<Wide>(a) * b; }
};

} // namespace vidimus
