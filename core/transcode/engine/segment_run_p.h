#pragma once

#include "core/transcode/engine/cmaf_segment.h"
#include "core/transcode/engine/frame_timeline.h"
#include "core/transcode/engine/segment_checker_p.h"

#include <optional>

namespace vidimus::transcode::engine {

/// A picture of a rung's size with its place on the timeline.
struct TimedPicture {
    AvFramePtr picture;
    Showing showing;
};

/// What a finished segment is, beside its bytes.
struct SegmentFacts {
    std::int64_t startTicks = 0;
    std::int64_t durationTicks = 0;
    int pictures = 0;
    SegmentChecker::Sums quality;
};

/// One closed encoder run: the pictures of one segment of one rung in, the bytes of the segment out. One thread.
class SegmentRun {
public:
    enum class Quality { Measure, Skip };

    [[nodiscard]] static Result<SegmentRun> create(const RegisteredEncoder& encoder,
        const VideoEncoderSettings& settings, const QByteArray& expectedHeader, Quality quality);

    [[nodiscard]] Result<void> add(const TimedPicture& timed);
    /// The whole segment file; \a facts is filled. Errors: Internal when the encoder lost or doubled a picture.
    [[nodiscard]] Result<QByteArray> finish(int segment, std::int64_t reorderTicks, SegmentFacts& facts);

private:
    SegmentRun(std::unique_ptr<VideoEncoder> encoder, std::optional<SegmentChecker> checker);
    [[nodiscard]] Result<void> take(std::vector<EncodedPicture>& coded);

    std::unique_ptr<VideoEncoder> m_encoder;
    std::optional<SegmentChecker> m_checker;
    std::vector<Showing> m_showings;
    std::vector<CmafSample> m_samples;
    QByteArray m_data;
};

} // namespace vidimus::transcode::engine
