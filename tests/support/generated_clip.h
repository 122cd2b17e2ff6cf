#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace vidimus::test {

/// The picture that a test paints: planar 8-bit YUV 4:2:0, limited range; starts as black.
struct Canvas {
    int width = 0;
    int height = 0;
    std::uint8_t* luma = nullptr;
    int lumaStride = 0;
    std::uint8_t* cb = nullptr; ///< half size both ways
    std::uint8_t* cr = nullptr;
    int chromaStride = 0;

    void fill(int y, int u = 128, int v = 128) const;
    /// In luma pixels; clipped to the canvas. Even positions and sizes keep the colour exact.
    void rectangle(int x, int yTop, int w, int h, int y, int u = 128, int v = 128) const;
    /// A field line only (row % 2 == parity) of the rectangle.
    void fieldRectangle(int parity, int x, int yTop, int w, int h, int y) const;
};
using Painter = std::function<void(const Canvas&, int frame)>;
/// Sample \a index of \a channel, −1…1.
using Tone = std::function<float(int channel, std::int64_t index)>;

/// Paints a moving test picture with the frame number in it as 16 squares at the top (see readFrameNumber()).
void paintNumbered(const Canvas& canvas, int frame);
/// The number that paintNumbered() put into a decoded picture (\a luma: at least 8 bits, any scale that keeps the
/// squares larger than a few pixels); -1 when there is none.
[[nodiscard]] int readFrameNumber(
    const std::uint8_t* luma, std::ptrdiff_t strideBytes, int width, int height, int bytesPerPixel = 1);
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
