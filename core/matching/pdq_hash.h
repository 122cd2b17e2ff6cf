#pragma once

#include "core/base/result.h"

#include <QString>
#include <array>
#include <bit>
#include <compare>
#include <cstdint>

namespace vidimus::matching {

/// A PDQ hash as its authors define it (Meta, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing
/// algorithm", 2019): bit 16·i+j says whether the DCT coefficient of vertical frequency i+1 and horizontal frequency
/// j+1 lies above the median of all 256. A value.
struct PdqHash {
    std::array<std::uint64_t, 4> words {}; ///< bit n is bit n%64 of word n/64

    [[nodiscard]] bool bit(int n) const { return (words[std::size_t(n) / 64] >> (n % 64) & 1U) != 0; }
    void setBit(int n) { words[std::size_t(n) / 64] |= std::uint64_t(1) << (n % 64); }

    friend bool operator==(const PdqHash&, const PdqHash&) = default;
    friend auto operator<=>(const PdqHash&, const PdqHash&) = default;
};

inline constexpr int kPdqBits = 256;
/// The authors' advice: hashes this near show the same picture; below this quality a hash says nothing.
inline constexpr int kPdqMatchDistance = 31;
inline constexpr int kPdqMinQuality = 50;

/// Bits that differ, 0…256.
[[nodiscard]] inline int distance(const PdqHash& a, const PdqHash& b)
{
    return std::popcount(a.words[0] ^ b.words[0]) + std::popcount(a.words[1] ^ b.words[1])
        + std::popcount(a.words[2] ^ b.words[2]) + std::popcount(a.words[3] ^ b.words[3]);
}

/// 64 lower-case hexadecimal digits, bit 255 first: the authors' text form.
[[nodiscard]] QString toHex(const PdqHash& hash);
/// Errors: Invalid (not 64 hexadecimal digits).
[[nodiscard]] Result<PdqHash> pdqHashFromHex(QStringView text);

/// The hash of the picture mirrored left to right, found from the hash alone: odd horizontal frequencies change their
/// sign. Exact but for coefficients between zero and the median, which are few.
[[nodiscard]] PdqHash mirrored(const PdqHash& hash);

} // namespace vidimus::matching
