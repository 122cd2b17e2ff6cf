#pragma once

#include <QByteArray>
#include <cstdint>

namespace vidimus::transcode::engine {

/// Colour as code points of ITU-T H.273; 2 is "unspecified".
struct ColourTags {
    int primaries = 2;
    int transfer = 2;
    int matrix = 2;
    bool fullRange = false;

    friend bool operator==(const ColourTags&, const ColourTags&) = default;
};

struct VideoTrackFacts {
    int timescale = 90'000;
    int width = 0;
    int height = 0;
    std::int64_t reorderTicks = 0; ///< taken back by an edit list, see videoSegment()
    QByteArray avcConfiguration; ///< avcDecoderConfigurationRecord, ISO/IEC 14496-15, 5.3.3.1
    ColourTags colour;
};

struct SoundTrackFacts {
    int sampleRate = 48'000; ///< also the timescale
    int channels = 2;
    QByteArray audioSpecificConfig; ///< ISO/IEC 14496-3, 1.6.2.1
    int bitRate = 0;
};

/// CMAF header of a track (ISO/IEC 23000-19, 7.3.1): ftyp and moov with one track, no samples and no duration, so it
/// depends on the settings alone. Only the picture has an edit list.
[[nodiscard]] QByteArray videoInitSegment(const VideoTrackFacts& facts);
[[nodiscard]] QByteArray soundInitSegment(const SoundTrackFacts& facts);

} // namespace vidimus::transcode::engine
