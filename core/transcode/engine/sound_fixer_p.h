#pragma once

#include "core/transcode/engine/file_muxer_p.h"
#include "core/transcode/engine/sound_correction.h"

namespace vidimus::transcode::engine {

/// Encodes the programme's sound anew, corrected. Holes become silence and overlaps are dropped, where they pass 50 ms.
/// One thread.
class SoundFixer {
public:
    /// Adds its stream to \a muxer. All must outlive this. Errors: Unsupported, Missing.
    [[nodiscard]] static Result<std::unique_ptr<SoundFixer>> create(const AVStream& source, const SoundFix& fix,
        const std::optional<TrimFix>& trim, double originSeconds, FileMuxer& muxer);

    /// Interleaved samples that begin at \a startSeconds on the file's clock. Errors: Unsupported "sound_changes", Io.
    [[nodiscard]] Result<void> push(std::span<const float> samples, double startSeconds, int channels, int sampleRate);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] int stream() const { return m_stream; }
    [[nodiscard]] const char* encoderName() const;

private:
    SoundFixer(AvCodecContextPtr encoder, const checks::engine::SoundFormat& format, const SoundFix& fix,
        FileMuxer& muxer, int stream);
    [[nodiscard]] Result<void> openConverter(AVSampleFormat dithered);
    [[nodiscard]] Result<void> feed(std::span<const float> samples);
    [[nodiscard]] Result<void> encodeWaiting(bool all);
    [[nodiscard]] Result<void> encode(const float* samples, int count);
    [[nodiscard]] Result<void> takePackets();

    AvCodecContextPtr m_encoder;
    std::size_t m_channels;
    SoundCorrection m_correction;
    FileMuxer& m_muxer;
    int m_stream;
    SwrPtr m_converter;
    AvPacketPtr m_packet;
    double m_from = -1e18; ///< seconds on the file's clock; what is before is dropped
    double m_to = 1e18;
    double m_shift = 0; ///< seconds taken from every time
    bool m_started = false;
    std::int64_t m_expected = 0; ///< sample periods on the file's clock, of the next sample
    std::int64_t m_next = 0; ///< time of the next sample that goes to the encoder, in the new file
    std::vector<float> m_waiting; ///< corrected, interleaved
};

} // namespace vidimus::transcode::engine
