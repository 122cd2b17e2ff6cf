#pragma once

#include "core/transcode/encoder_info.h"

#include <QJsonObject>

namespace vidimus::transcode {

struct RenditionResult {
    QString name;
    int width = 0;
    int height = 0;
    QString codec; ///< RFC 6381, "avc1.64001f"
    QString encoder;
    qint64 averageBitRate = 0; ///< bit/s measured over the whole rung, picture only
    qint64 peakBitRate = 0; ///< bit/s of the heaviest segment
    double ssim = 0; ///< mean luma SSIM of the measured frames, 0..1
    double psnr = 0; ///< luma PSNR in dB of the mean squared error over the measured frames, 100 where there was none
    int measuredFrames = 0;

    friend bool operator==(const RenditionResult&, const RenditionResult&) = default;
};

/// What a finished transcode reports; the JSON is that of the command line's `transcode`, without its schema.
struct TranscodeResult {
    QList<RenditionResult> renditions;
    QString hls; ///< path of the master playlist below the folder
    QString poster; ///< empty without picture
    int frames = 0; ///< shown frames of the source
    int segmentsEncoded = 0; ///< video and sound segments made in this run
    int segmentsReused = 0;
    double duration = 0; ///< seconds of the output
    double seconds = 0; ///< wall clock of the run
    QList<EncoderFallback> fallbacks;

    friend bool operator==(const TranscodeResult&, const TranscodeResult&) = default;
};

[[nodiscard]] QJsonObject toJson(const TranscodeResult& result);
/// Errors: Invalid.
[[nodiscard]] Result<TranscodeResult> transcodeResultFromJson(const QJsonObject& object);

} // namespace vidimus::transcode
