#pragma once

#include "core/media/frame.h"
#include "core/transcode/engine/aac_encoder_p.h"
#include "core/transcode/engine/output_writer.h"

#include <optional>

namespace vidimus::transcode::engine {

/// The sound: encoded once over the whole length and cut at the AAC frames nearest to the grid's boundaries.
///
/// Time: sample 0 is the grid's zero. Sound before it is dropped, holes are filled with silence, overlaps are dropped,
/// each where they pass 50 ms. The encoder's first frame holds nothing but its own delay (1,024 samples); it is left
/// out, so that decode time 0 is sample 0 and no edit list is needed. The price: the first 21 ms fade in.
/// One thread.
class SoundTrack {
public:
    /// Writes the init segment where it is missing.
    [[nodiscard]] static Result<std::unique_ptr<SoundTrack>> create(
        const PlannedSound& sound, const SegmentGrid& grid, OutputWriter& writer);

    /// A piece of sound that begins \a start seconds after the grid's zero (may be negative).
    [[nodiscard]] Result<void> push(double start, const media::AudioView& sound);
    /// No more comes. Where the sound ends, in seconds.
    [[nodiscard]] Result<double> drain();
    /// Adds silence up to \a end seconds (to a whole AAC frame) and writes what is left.
    [[nodiscard]] Result<void> finish(double end);

private:
    SoundTrack(AacEncoder encoder, const PlannedSound& sound, const SegmentGrid& grid, OutputWriter& writer);
    [[nodiscard]] Result<void> openResampler(const media::AudioView& sound);
    /// Interleaved samples; nullptr drains the resampler.
    [[nodiscard]] Result<void> resample(const float* samples, std::int64_t count);
    [[nodiscard]] Result<void> fillWithSilence(std::int64_t samples);
    [[nodiscard]] Result<void> encodeWholeFrames();
    [[nodiscard]] Result<void> takeFrames(std::vector<QByteArray>& frames);
    [[nodiscard]] Result<void> writeSegment();
    [[nodiscard]] std::int64_t firstFrameOf(int segment) const;

    AacEncoder m_encoder;
    PlannedSound m_sound;
    SegmentGrid m_grid;
    OutputWriter& m_writer;

    SwrPtr m_resampler;
    int m_sourceRate = 0;
    int m_sourceChannels = 0;
    std::int64_t m_sourceSamples = 0; ///< fed since the resampler was opened, at its rate
    double m_sourceStart = 0; ///< seconds at which that began

    std::vector<std::vector<float>> m_waiting; ///< by channel, less than one AAC frame after encodeWholeFrames()
    std::int64_t m_encodedSamples = 0;
    bool m_delayDropped = false;

    int m_segment = 0;
    std::int64_t m_frame = 0; ///< index of the next AAC frame
    std::int64_t m_segmentStart = 0; ///< index of the segment's first frame
    std::vector<std::uint32_t> m_frameBytes;
    QByteArray m_data;
};

} // namespace vidimus::transcode::engine
