#pragma once

#include "core/transcode/encoder_info.h"
#include "core/transcode/engine/av_owners_p.h"
#include "core/transcode/engine/cmaf_init.h"
#include "core/transcode/plan.h"

#include <memory>
#include <vector>

namespace vidimus::transcode::engine {

/// What an encoder run for one segment needs; equal settings and pictures give equal bytes.
struct VideoEncoderSettings {
    PlannedRendition rendition;
    QString preset;
    int timescale = 90'000;
    Rational frameRate {25, 1};
    bool constantRate = true;
    double segmentSeconds = 4;
    ColourTags colour;
};

struct EncodedPicture {
    std::int64_t ticks = 0;
    bool isKey = false;
    QByteArray byteStream; ///< annex B
};

/// An encoder open for one closed run: its first picture is a key frame and nothing refers outside. One thread.
class VideoEncoder {
public:
    virtual ~VideoEncoder() = default;
    /// Parameter sets with start codes; the same for every run with equal settings.
    [[nodiscard]] virtual QByteArray globalHeader() const = 0;
    /// Adds one picture with its time from the start of the run, or nullptr for the end, and appends what is ready.
    [[nodiscard]] virtual Result<void> encode(
        const AVFrame* picture, std::int64_t ticks, std::vector<EncodedPicture>& out)
        = 0;
};

/// An encoder with its code.
struct RegisteredEncoder {
    EncoderInfo info;
    Result<std::unique_ptr<VideoEncoder>> (*create)(const VideoEncoderSettings& settings);
};
/// One row an encoder; the ids are those of knownEncoders().
[[nodiscard]] const std::vector<RegisteredEncoder>& encoderRegistry();

} // namespace vidimus::transcode::engine
