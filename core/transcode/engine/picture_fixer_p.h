#pragma once

#include "core/media/frame_index.h"
#include "core/transcode/engine/file_muxer_p.h"
#include "core/transcode/engine/flash_dimmer_p.h"

#include <map>
#include <optional>

namespace vidimus::transcode::engine {

/// Encodes the programme's picture anew, corrected. One thread.
class PictureFixer {
public:
    /// Adds its stream to \a muxer. All must outlive this. \a dimmer may be null. Errors: Unsupported, Missing.
    [[nodiscard]] static Result<std::unique_ptr<PictureFixer>> create(const AVStream& source,
        const media::FrameIndex& index, const FixPlan& plan, const FlashDimmer* dimmer, FileMuxer& muxer);

    /// Frames outside a trim are left out. Errors: Unsupported "picture_changes", LimitExceeded, Io.
    [[nodiscard]] Result<void> push(const AVFrame& decoded, qint64 number);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] int stream() const { return m_stream; }
    [[nodiscard]] qint64 frames() const { return m_frames; }
    [[nodiscard]] const char* encoderName() const;

private:
    PictureFixer(AvCodecContextPtr encoder, const AVStream& source, const media::FrameIndex& index, const FixPlan& plan,
        const FlashDimmer* dimmer, FileMuxer& muxer, int stream);
    [[nodiscard]] Result<AvFramePtr> corrected(const AVFrame& decoded, qint64 number) const;
    [[nodiscard]] Result<void> takePackets();

    AvCodecContextPtr m_encoder;
    const AVStream& m_source;
    const media::FrameIndex& m_index;
    const FixPlan& m_plan;
    const FlashDimmer* m_dimmer;
    FileMuxer& m_muxer;
    int m_stream;
    std::int64_t m_shift = 0;
    qint64 m_frames = 0;
    AvPacketPtr m_packet;
    std::map<std::int64_t, std::int64_t> m_durations; ///< by time, of what the encoder holds
};

} // namespace vidimus::transcode::engine
