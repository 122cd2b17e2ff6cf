#pragma once

#include <QString>
#include <cstdint>

namespace vidimus::media {

enum class ColorRange : std::uint8_t {
    Unknown,
    Limited, ///< 16–235 for luma at 8 bits
    Full,
};

/// The code points of ITU-T H.273 that a stream declares (clauses 8.1, 8.2, 8.3); 2 is "unspecified".
struct ColorTags {
    static constexpr int kUnspecified = 2;
    ColorRange range = ColorRange::Unknown;
    int primaries = kUnspecified;
    int transfer = kUnspecified;
    int matrix = kUnspecified;

    friend bool operator==(const ColorTags&, const ColorTags&) = default;
};

/// Transfer characteristics 16 (SMPTE ST 2084) and 18 (ARIB STD-B67) of H.273.
enum class HdrKind : std::uint8_t {
    Sdr,
    Pq,
    Hlg,
};
[[nodiscard]] HdrKind hdrKindOf(const ColorTags& tags);

/// The matrix to use for a picture of this height: the declared one, else BT.709 (1) from 720 lines on and BT.601 (6)
/// below. The one rule for untagged video in the whole product.
[[nodiscard]] int effectiveMatrix(const ColorTags& tags, int height);
/// The declared range, else Limited.
[[nodiscard]] ColorRange effectiveRange(const ColorTags& tags);

/// Short names as people know them ("bt709", "smpte2084", "bt2020nc"); "unspecified" for 2, the number for others.
[[nodiscard]] QString primariesName(int primaries);
[[nodiscard]] QString transferName(int transfer);
[[nodiscard]] QString matrixName(int matrix);

} // namespace vidimus::media
