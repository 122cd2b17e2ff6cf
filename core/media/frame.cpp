#include "core/media/frame.h"

#include <algorithm>

namespace vidimus::media {

int bitDepthOf(PixelFormat format)
{
    switch (format) {
    case PixelFormat::Gray8:
    case PixelFormat::Yuv420p:
    case PixelFormat::Yuv422p:
    case PixelFormat::Yuv444p:
    case PixelFormat::Bgra:
        return 8;
    case PixelFormat::Yuv420p10:
    case PixelFormat::Yuv422p10:
    case PixelFormat::Yuv444p10:
        return 10;
    case PixelFormat::Yuv420p12:
    case PixelFormat::Yuv422p12:
    case PixelFormat::Yuv444p12:
        return 12;
    }
    return 8;
}

int bytesPerSampleOf(PixelFormat format)
{
    if (format == PixelFormat::Bgra)
        return 4;
    return bitDepthOf(format) > 8 ? 2 : 1;
}

int planeCountOf(PixelFormat format)
{
    return format == PixelFormat::Gray8 || format == PixelFormat::Bgra ? 1 : 3;
}

int chromaShiftX(PixelFormat format)
{
    switch (format) {
    case PixelFormat::Yuv420p:
    case PixelFormat::Yuv422p:
    case PixelFormat::Yuv420p10:
    case PixelFormat::Yuv422p10:
    case PixelFormat::Yuv420p12:
    case PixelFormat::Yuv422p12:
        return 1;
    case PixelFormat::Gray8:
    case PixelFormat::Yuv444p:
    case PixelFormat::Yuv444p10:
    case PixelFormat::Yuv444p12:
    case PixelFormat::Bgra:
        return 0;
    }
    return 0;
}

int chromaShiftY(PixelFormat format)
{
    return format == PixelFormat::Yuv420p || format == PixelFormat::Yuv420p10 || format == PixelFormat::Yuv420p12 ? 1
                                                                                                                  : 0;
}

PictureSize fitInto(PictureSize source, PictureSize bounds)
{
    if (source.width <= bounds.width && source.height <= bounds.height)
        return source;
    const auto wide = static_cast<qint64>(source.width) * bounds.height;
    const auto high = static_cast<qint64>(source.height) * bounds.width;
    PictureSize size;
    if (wide >= high) {
        size.width = bounds.width;
        size.height = static_cast<int>((high + source.width / 2) / std::max(source.width, 1));
    } else {
        size.height = bounds.height;
        size.width = static_cast<int>((wide + source.height / 2) / std::max(source.height, 1));
    }
    return {std::max(size.width, 1), std::max(size.height, 1)};
}

} // namespace vidimus::media
