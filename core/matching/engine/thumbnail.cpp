#include "core/matching/engine/thumbnail.h"

#include <algorithm>

namespace vidimus::matching::engine {

namespace {

/// Where part \a n of \a parts equal parts of \a length begins.
int partStart(int n, int parts, int length)
{
    return static_cast<int>(qint64(n) * length / parts);
}

void addRow(const media::FrameView& frame, int y, std::vector<std::uint32_t>& sums)
{
    const media::PlaneView& plane = frame.planes[0];
    const auto width = static_cast<std::size_t>(frame.width);
    if (frame.format == media::PixelFormat::Bgra) {
        const std::uint8_t* row = plane.row8(y);
        for (std::size_t x = 0; x < width; ++x) // 0.114, 0.587, 0.299 in 1/256
            sums[x] += (29U * row[4 * x] + 150U * row[4 * x + 1] + 77U * row[4 * x + 2]) >> 8;
    } else if (media::bitDepthOf(frame.format) == 8) {
        const std::uint8_t* row = plane.row8(y);
        for (std::size_t x = 0; x < width; ++x)
            sums[x] += row[x];
    } else {
        const int shift = media::bitDepthOf(frame.format) - 8;
        const std::uint16_t* row = plane.row16(y);
        for (std::size_t x = 0; x < width; ++x)
            sums[x] += std::min(255U, static_cast<std::uint32_t>(row[x] >> shift));
    }
}

} // namespace

Thumbnail thumbnailOf(const media::FrameView& frame)
{
    Thumbnail result {std::min(frame.width, Thumbnail::kMaxSide), std::min(frame.height, Thumbnail::kMaxSide), {}};
    result.samples.reserve(std::size_t(result.width) * std::size_t(result.height));
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(frame.width));
    for (int part = 0; part < result.height; ++part) {
        const int top = partStart(part, result.height, frame.height);
        const int bottom = partStart(part + 1, result.height, frame.height);
        std::fill(sums.begin(), sums.end(), 0U);
        for (int y = top; y < bottom; ++y)
            addRow(frame, y, sums);
        for (int column = 0; column < result.width; ++column) {
            const int left = partStart(column, result.width, frame.width);
            const int right = partStart(column + 1, result.width, frame.width);
            std::uint64_t sum = 0;
            for (int x = left; x < right; ++x)
                sum += sums[std::size_t(x)];
            const auto area = static_cast<std::uint64_t>(right - left) * static_cast<std::uint64_t>(bottom - top);
            result.samples.push_back(static_cast<std::uint8_t>((sum + area / 2) / area));
        }
    }
    return result;
}

} // namespace vidimus::matching::engine
