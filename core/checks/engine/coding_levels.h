#pragma once

#include <QStringView>
#include <optional>

namespace vidimus::checks::engine {

/// What one level of a video standard allows.
struct CodingLevel {
    double maxPicture = 0; ///< luma samples
    double maxRate = 0; ///< luma samples a second
};

/// H.264 (ITU-T H.264, table A-1) and H.265 (ITU-T H.265, tables A.8 and A.9) by the number in the stream: 41 is H.264
/// level 4.1, 123 is H.265 level 4.1. Nothing for other codecs and numbers.
[[nodiscard]] std::optional<CodingLevel> codingLevel(QStringView codec, int level);
/// Whether this profile of H.264 (profile_idc) can hold pictures of this depth and chroma sampling ("yuv422p10le").
/// Nothing for other codecs and unknown profiles.
[[nodiscard]] std::optional<bool> profileHolds(QStringView codec, int profile, int bitDepth, QStringView pixelFormat);
/// Whether players expect this codec in this container (MediaFacts::container). Nothing for containers without a list.
[[nodiscard]] std::optional<bool> isUsualIn(QStringView container, QStringView codec);

} // namespace vidimus::checks::engine
