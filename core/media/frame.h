#pragma once

#include "core/base/rational.h"
#include "core/media/color.h"

#include <QByteArray>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vidimus::media {

/// Memory layouts of a picture. Samples above 8 bits are 16-bit little-endian words with the value in the low bits.
enum class PixelFormat : std::uint8_t {
    Gray8,
    Yuv420p,
    Yuv422p,
    Yuv444p,
    Yuv420p10,
    Yuv422p10,
    Yuv444p10,
    Yuv420p12,
    Yuv422p12,
    Yuv444p12,
    Bgra, ///< bytes B, G, R, A, alpha always 255: QImage::Format_RGB32 on little-endian machines
};
[[nodiscard]] int bitDepthOf(PixelFormat format);
[[nodiscard]] int bytesPerSampleOf(PixelFormat format); ///< 1 or 2; 4 for a pixel of Bgra
[[nodiscard]] int planeCountOf(PixelFormat format);
/// Right shift that turns luma width (height) into chroma width (height), rounding up; 0 for Gray8 and Bgra.
[[nodiscard]] int chromaShiftX(PixelFormat format);
[[nodiscard]] int chromaShiftY(PixelFormat format);

struct PictureSize {
    int width = 0;
    int height = 0;
    friend bool operator==(const PictureSize&, const PictureSize&) = default;
};
/// The largest size with \a source's shape that fits in \a bounds and is no larger than \a source; at least 1×1.
[[nodiscard]] PictureSize fitInto(PictureSize source, PictureSize bounds);

struct PlaneView {
    const std::byte* data = nullptr;
    std::ptrdiff_t strideBytes = 0; ///< may be negative
    int width = 0; ///< samples
    int height = 0;

    [[nodiscard]] const std::uint8_t* row8(int y) const
    {
        return reinterpret_cast<const std::uint8_t*>(data + y * strideBytes);
    }
    [[nodiscard]] const std::uint16_t* row16(int y) const
    {
        return reinterpret_cast<const std::uint16_t*>(data + y * strideBytes);
    }
};

/// One decoded picture that belongs to somebody else; valid during the call that hands it over. Pictures are as coded:
/// neither turned nor stretched (see VideoStream::orientation and sampleAspect).
struct FrameView {
    PixelFormat format = PixelFormat::Gray8;
    int width = 0;
    int height = 0;
    std::array<PlaneView, 3> planes; ///< Y, U, V, or one
    qint64 number = 0; ///< 0-based, presentation order; the same as in FrameIndex
    Rational time; ///< seconds from the start of the media
    Rational duration; ///< seconds until the next frame; 0 when unknown
    ColorTags color;
    bool interlaced = false; ///< as this picture says
    bool topFieldFirst = false;
    bool key = false;
    bool damaged = false; ///< the decoder reported errors in this picture
    bool closedCaptions = false; ///< carries CEA-608/708 data (ATSC A/53)
};

enum class ChannelRole : std::uint8_t {
    FrontLeft,
    FrontRight,
    FrontCenter,
    LowFrequency,
    BackLeft,
    BackRight,
    SideLeft,
    SideRight,
    BackCenter,
    FrontLeftOfCenter,
    FrontRightOfCenter,
    Other,
};

/// A piece of one sound stream; valid during the call that hands it over.
struct AudioView {
    int stream = 0; ///< position in MediaFacts::audio
    int channels = 0;
    int sampleRate = 0; ///< Hz
    std::span<const ChannelRole> roles; ///< one per channel
    std::span<const float> samples; ///< interleaved, full scale is ±1, may exceed it
    qint64 firstSample = 0; ///< counted per stream over what was handed over, silence for gaps not included
    Rational time; ///< seconds from the start of the media, of the first sample

    [[nodiscard]] std::size_t frames() const { return channels > 0 ? samples.size() / std::size_t(channels) : 0; }
};

/// A picture of one's own, one plane (Gray8 or Bgra). Copies share the bytes.
struct PictureBuffer {
    PixelFormat format = PixelFormat::Bgra;
    int width = 0;
    int height = 0;
    int strideBytes = 0;
    QByteArray bytes; ///< strideBytes × height
    qint64 number = 0;
    Rational time; ///< seconds from the start of the media
    bool damaged = false;

    [[nodiscard]] bool isNull() const { return bytes.isEmpty(); }
    [[nodiscard]] const std::uint8_t* row(int y) const
    {
        return reinterpret_cast<const std::uint8_t*>(bytes.constData()) + std::ptrdiff_t(y) * strideBytes;
    }
};

} // namespace vidimus::media
