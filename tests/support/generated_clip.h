#pragma once

#include "core/base/result.h"
#include "support/canvas.h"

#include <QString>
#include <cstdint>
#include <functional>
#include <vector>

namespace vidimus::test {

/// Sample \a index of \a channel, −1…1.
using Tone = std::function<float(int channel, std::int64_t index)>;
[[nodiscard]] Tone sine(double hertz, double amplitude, int sampleRate = 48000);

/// Builds one small clip with libav. All fields have useful values: GeneratedClip{}.write(path) gives 2 s of numbered
/// 320×180 H.264 at 25 fps with B-frames, without sound, in MP4.
struct GeneratedClip {
    // Picture
    bool video = true;
    QString videoCodec
        = QStringLiteral("libx264"); ///< libav encoder name: libx264, mpeg4, mpeg2video, libvpx-vp9, ffv1
    int width = 320;
    int height = 180;
    int fpsNum = 25;
    int fpsDen = 1;
    int frames = 50;
    int gop = 48;
    int bFrames = 2;
    bool openGop = false;
    bool interlaced = false; ///< top field first
    int rotationDegrees = 0; ///< clockwise, as display matrix
    int sarNum = 1;
    int sarDen = 1;
    bool tagBt709 = false; ///< writes BT.709 colour tags
    QString pixelFormat = QStringLiteral("yuv420p"); ///< yuv420p10le too: 8-bit values times four
    std::int64_t quality = 18; ///< CRF or quantiser
    std::vector<std::int64_t> frameTimesMs; ///< when not empty: presentation times (variable rate); one for each frame
    Painter painter = paintNumbered;
    // Sound
    int audioTracks = 0;
    QString audioCodec = QStringLiteral("aac"); ///< aac, mp2, flac, pcm_s16le, libopus
    int channels = 2;
    int sampleRate = 48000;
    double audioSeconds = -1; ///< -1: as long as the picture (2 s without picture)
    Tone tone = sine(440, 0.25);
    // File
    QString container; ///< libav muxer name; empty: by the file name
    bool fastStart = true;

    /// Writes the file. Errors: Unsupported (no such encoder or muxer), Io, Internal (libav's text).
    [[nodiscard]] Result<void> write(const QString& path) const;
};

} // namespace vidimus::test
