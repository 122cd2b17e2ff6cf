#include "core/media/engine/picture_converter_p.h"

#include "core/media/engine/av_log.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

struct FormatRow {
    AVPixelFormat av;
    PixelFormat ours;
};
constexpr std::array kFormats {
    FormatRow {AV_PIX_FMT_GRAY8, PixelFormat::Gray8},
    FormatRow {AV_PIX_FMT_YUV420P, PixelFormat::Yuv420p},
    FormatRow {AV_PIX_FMT_YUV422P, PixelFormat::Yuv422p},
    FormatRow {AV_PIX_FMT_YUV444P, PixelFormat::Yuv444p},
    FormatRow {AV_PIX_FMT_YUV420P10LE, PixelFormat::Yuv420p10},
    FormatRow {AV_PIX_FMT_YUV422P10LE, PixelFormat::Yuv422p10},
    FormatRow {AV_PIX_FMT_YUV444P10LE, PixelFormat::Yuv444p10},
    FormatRow {AV_PIX_FMT_YUV420P12LE, PixelFormat::Yuv420p12},
    FormatRow {AV_PIX_FMT_YUV422P12LE, PixelFormat::Yuv422p12},
    FormatRow {AV_PIX_FMT_YUV444P12LE, PixelFormat::Yuv444p12},
    FormatRow {AV_PIX_FMT_BGRA, PixelFormat::Bgra},
    // The same layouts under libav's names for full range.
    FormatRow {AV_PIX_FMT_YUVJ420P, PixelFormat::Yuv420p},
    FormatRow {AV_PIX_FMT_YUVJ422P, PixelFormat::Yuv422p},
    FormatRow {AV_PIX_FMT_YUVJ444P, PixelFormat::Yuv444p},
};

AVPixelFormat avFormatOf(PixelFormat format)
{
    for (const FormatRow& row : kFormats) {
        if (row.ours == format)
            return row.av;
    }
    return AV_PIX_FMT_YUV420P;
}

// The planar layout that keeps most of a layout that is none of ours.
PixelFormat nearestPlanar(int avFormat)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(avFormat));
    if (format == nullptr)
        return PixelFormat::Yuv420p;
    const int depth = format->comp[0].depth;
    const bool halfWide = format->log2_chroma_w > 0;
    const bool halfHigh = format->log2_chroma_h > 0;
    if (depth > 10)
        return halfHigh ? PixelFormat::Yuv420p12 : halfWide ? PixelFormat::Yuv422p12 : PixelFormat::Yuv444p12;
    if (depth > 8)
        return halfHigh ? PixelFormat::Yuv420p10 : halfWide ? PixelFormat::Yuv422p10 : PixelFormat::Yuv444p10;
    return halfHigh ? PixelFormat::Yuv420p : halfWide ? PixelFormat::Yuv422p : PixelFormat::Yuv444p;
}

bool isRgb(int avFormat)
{
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(avFormat));
    return format != nullptr && (format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

// The code points of H.273 are what swscale calls its colour spaces; RGB sources have no matrix.
const int* coefficients(int matrix)
{
    return sws_getCoefficients(matrix);
}

// Sets the matrix and range on both sides, because swscale's own guess is BT.601 whatever the size.
void setColors(SwsContext* scaler, const ColorTags& tags, int sourceFormat, int height, PixelFormat target)
{
    constexpr int kOne = 1 << 16;
    const bool rgbSource = isRgb(sourceFormat);
    const int matrix = effectiveMatrix(rgbSource ? ColorTags {} : tags, height);
    const int sourceFull = rgbSource || effectiveRange(tags) == ColorRange::Full ? 1 : 0;
    const int targetFull = target == PixelFormat::Bgra ? 1 : rgbSource ? 0 : sourceFull;
    sws_setColorspaceDetails(scaler, coefficients(matrix), sourceFull, coefficients(matrix), targetFull, 0, kOne, kOne);
}

SwsPtr makeScaler(int width, int height, int sourceFormat, PictureSize size, AVPixelFormat target)
{
    const bool shrinks = size.width < width || size.height < height;
    const int flags = (shrinks ? SWS_AREA : SWS_BILINEAR) | SWS_ACCURATE_RND;
    return SwsPtr(sws_getContext(width, height, static_cast<AVPixelFormat>(sourceFormat), size.width, size.height,
        target, flags, nullptr, nullptr, nullptr));
}

Error cannotScale(int sourceFormat)
{
    const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(sourceFormat));
    return {ErrorCode::Unsupported,
        u"pictures of the layout %1 cannot be converted"_s.arg(QLatin1StringView(name == nullptr ? "?" : name)),
        "pixel_format_not_supported"};
}

int rounded(int value, int shift)
{
    return (value + (1 << shift) - 1) >> shift;
}

constexpr int kAlignBytes = 64;

} // namespace

std::optional<PixelFormat> pixelFormatOf(int avFormat)
{
    for (const FormatRow& row : kFormats) {
        if (row.av == avFormat)
            return row.ours;
    }
    return std::nullopt;
}

void viewPlanes(FrameView& view, PixelFormat format, int width, int height,
    const std::array<const std::uint8_t*, 3>& data, const std::array<int, 3>& strides)
{
    view.format = format;
    view.width = width;
    view.height = height;
    view.planes = {};
    for (int n = 0; n < planeCountOf(format); ++n) {
        const auto at = static_cast<std::size_t>(n);
        view.planes[at] = {.data = reinterpret_cast<const std::byte*>(data[at]),
            .strideBytes = strides[at],
            .width = n == 0 ? width : rounded(width, chromaShiftX(format)),
            .height = n == 0 ? height : rounded(height, chromaShiftY(format))};
    }
}

PictureConverter::PictureConverter(PictureWish wish)
    : m_wish(wish)
{
}

Result<FrameView> PictureConverter::convert(const AVFrame* frame, const FrameView& about)
{
    const PictureSize full {frame->width, frame->height};
    const PictureSize size = m_wish.bounds == PictureSize {} ? full : fitInto(full, m_wish.bounds);
    const auto ours = pixelFormatOf(frame->format);
    switch (m_wish.form) {
    case PictureWish::Form::Native: {
        const bool planar = ours && *ours != PixelFormat::Bgra;
        if (planar && size == full) {
            FrameView view = about;
            viewPlanes(view, *ours, full.width, full.height, {frame->data[0], frame->data[1], frame->data[2]},
                {frame->linesize[0], frame->linesize[1], frame->linesize[2]});
            return view;
        }
        return scale(frame, about, frame->format, planar ? *ours : nearestPlanar(frame->format), size, about.color);
    }
    case PictureWish::Form::Luma:
        return luma(frame, about);
    case PictureWish::Form::Bgra:
        return scale(frame, about, frame->format, PixelFormat::Bgra, size, about.color);
    }
    return cannotScale(frame->format);
}

Result<FrameView> PictureConverter::luma(const AVFrame* frame, const FrameView& about)
{
    const PictureSize full {frame->width, frame->height};
    const PictureSize size = m_wish.bounds == PictureSize {} ? full : fitInto(full, m_wish.bounds);
    const auto ours = pixelFormatOf(frame->format);
    if (!ours || *ours == PixelFormat::Bgra)
        return scale(frame, about, frame->format, PixelFormat::Gray8, size, about.color);
    if (bitDepthOf(*ours) == 8 && size == full) {
        FrameView view = about;
        viewPlanes(view, PixelFormat::Gray8, full.width, full.height, {frame->data[0]}, {frame->linesize[0]});
        return view;
    }
    // Only the luma plane is read; grey to grey keeps the range.
    const int depth = bitDepthOf(*ours);
    const int grey = depth == 8 ? AV_PIX_FMT_GRAY8 : depth == 10 ? AV_PIX_FMT_GRAY10LE : AV_PIX_FMT_GRAY12LE;
    return scale(frame, about, grey, PixelFormat::Gray8, size, {});
}

Result<FrameView> PictureConverter::scale(const AVFrame* frame, const FrameView& about, int sourceFormat,
    PixelFormat target, PictureSize size, const ColorTags& colors)
{
    const std::array<int, 5> key {sourceFormat, frame->width, frame->height, size.width, size.height};
    if (!m_scaler || key != m_scalerKey || colors != m_scalerColors) {
        m_scaler = makeScaler(frame->width, frame->height, sourceFormat, size, avFormatOf(target));
        if (!m_scaler)
            return cannotScale(sourceFormat);
        // Grey to grey needs no matrix, and setting one would make swscale convert ranges.
        if (target != PixelFormat::Gray8 || isRgb(sourceFormat))
            setColors(m_scaler.get(), colors, sourceFormat, frame->height, target);
        m_scalerKey = key;
        m_scalerColors = colors;
    }
    std::array<int, 3> strides {};
    std::array<std::size_t, 3> offsets {};
    std::size_t total = 0;
    for (int n = 0; n < planeCountOf(target); ++n) {
        const auto at = static_cast<std::size_t>(n);
        const int width = n == 0 ? size.width : rounded(size.width, chromaShiftX(target));
        const int height = n == 0 ? size.height : rounded(size.height, chromaShiftY(target));
        strides[at] = (width * bytesPerSampleOf(target) + kAlignBytes - 1) / kAlignBytes * kAlignBytes;
        offsets[at] = total;
        total += static_cast<std::size_t>(strides[at]) * static_cast<std::size_t>(height);
    }
    m_memory.resize(total + kAlignBytes);
    std::array<std::uint8_t*, 4> data {};
    std::array<const std::uint8_t*, 3> views {};
    for (int n = 0; n < planeCountOf(target); ++n) {
        data[static_cast<std::size_t>(n)] = m_memory.data() + offsets[static_cast<std::size_t>(n)];
        views[static_cast<std::size_t>(n)] = data[static_cast<std::size_t>(n)];
    }
    const std::array<int, 4> avStrides {strides[0], strides[1], strides[2], 0};
    if (sws_scale(m_scaler.get(), frame->data, frame->linesize, 0, frame->height, data.data(), avStrides.data()) < 0)
        return cannotScale(sourceFormat);
    FrameView view = about;
    viewPlanes(view, target, size.width, size.height, views, strides);
    return view;
}

Result<PictureBuffer> toBgra(SwsPtr& scaler, const AVFrame* frame, const ColorTags& tags, PictureSize size)
{
    const auto format = static_cast<AVPixelFormat>(frame->format);
    const int flags = (size.width <= frame->width ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND;
    scaler.reset(sws_getCachedContext(scaler.release(), frame->width, frame->height, format, size.width, size.height,
        AV_PIX_FMT_BGRA, flags, nullptr, nullptr, nullptr));
    if (!scaler)
        return cannotScale(frame->format);
    setColors(scaler.get(), tags, frame->format, frame->height, PixelFormat::Bgra);
    PictureBuffer picture;
    picture.width = size.width;
    picture.height = size.height;
    picture.strideBytes = (size.width * 4 + kAlignBytes - 1) / kAlignBytes * kAlignBytes;
    picture.bytes = QByteArray(qsizetype(picture.strideBytes) * size.height, Qt::Uninitialized);
    const std::array<std::uint8_t*, 4> data {reinterpret_cast<std::uint8_t*>(picture.bytes.data())};
    const std::array<int, 4> strides {picture.strideBytes};
    if (sws_scale(scaler.get(), frame->data, frame->linesize, 0, frame->height, data.data(), strides.data()) < 0)
        return cannotScale(frame->format);
    // swscale may write past the width; equal pictures are to have equal bytes.
    const int used = size.width * 4;
    for (int y = 0; used < picture.strideBytes && y < size.height; ++y)
        std::fill_n(
            data[0] + std::ptrdiff_t(y) * picture.strideBytes + used, picture.strideBytes - used, std::uint8_t(0));
    return picture;
}

} // namespace vidimus::media::engine
