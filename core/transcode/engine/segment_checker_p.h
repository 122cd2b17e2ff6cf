#pragma once

#include "core/transcode/engine/video_encoder_p.h"

#include <map>

namespace vidimus::transcode::engine {

/// Decodes what an encoder gives while it gives it and compares each picture with its source. Holds only the pictures
/// that are on their way. One thread.
class SegmentChecker {
public:
    struct Sums {
        int pictures = 0;
        double ssim = 0;
        double squaredError = 0;
    };

    /// Errors: Missing (no decoder of the codec), Internal.
    [[nodiscard]] static Result<SegmentChecker> create(VideoCodec codec, const QByteArray& globalHeader);

    void expect(std::int64_t ticks, AvFramePtr source);
    /// Errors: Corrupt "segment_undecodable".
    [[nodiscard]] Result<void> check(const EncodedPicture& coded);
    /// Decodes the rest. Errors: Corrupt "segment_undecodable" also when a picture did not come back.
    [[nodiscard]] Result<Sums> finish();

private:
    SegmentChecker(AvCodecContextPtr decoder, AvPacketPtr packet, AvFramePtr picture);
    [[nodiscard]] Result<void> receive();

    AvCodecContextPtr m_decoder;
    AvPacketPtr m_packet;
    AvFramePtr m_picture;
    std::map<std::int64_t, AvFramePtr> m_sources;
    Sums m_sums;
};

} // namespace vidimus::transcode::engine
