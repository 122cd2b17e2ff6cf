#pragma once

#include <QByteArray>
#include <cstdint>
#include <span>

namespace vidimus::transcode::engine {

/// One sample in decode order.
struct CmafSample {
    std::int64_t presentationTicks = 0; ///< from the grid's zero, in the track's timescale
    std::int64_t durationTicks = 0; ///< for which it is shown
    std::uint32_t bytes = 0;
    bool isKey = true;
};

/// One CMAF segment of one fragment (ISO/IEC 23000-19, 7.3.2): styp, moof, mdat. The decode times are the presentation
/// times in rising order, so the first decode time is the grid's own and segments join without holes. Composition
/// offsets are \a reorderTicks larger than the difference, which the init segment's edit list takes back: decoding then
/// comes before showing without negative times (offsets are signed all the same, trun version 1, for a variable rate
/// that jumps further). \a data is all samples in decode order.
[[nodiscard]] QByteArray videoSegment(
    std::uint32_t sequence, std::int64_t reorderTicks, std::span<const CmafSample> samples, QByteArrayView data);

/// The same for sound, where each sample lasts as long as the init segment's default and can be decoded by itself.
[[nodiscard]] QByteArray soundSegment(
    std::uint32_t sequence, std::int64_t startTicks, std::span<const std::uint32_t> sampleBytes, QByteArrayView data);

} // namespace vidimus::transcode::engine
