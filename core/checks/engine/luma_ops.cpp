#include "core/checks/engine/luma_ops_p.h"

#include <algorithm>

namespace vidimus::checks::engine {

Luma Luma::rows(int first, int count) const
{
    Luma part = *this;
    part.data += stride * first;
    part.height = count;
    return part;
}

cv::Mat toMat(const Luma& luma)
{
    // OpenCV has no view of constant pixels; nothing here writes through it.
    auto* pixels = const_cast<std::byte*>(luma.data); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return {luma.height, luma.width, luma.bits > 8 ? CV_16UC1 : CV_8UC1, pixels, static_cast<std::size_t>(luma.stride)};
}

qint64 countDark(const Luma& luma, int code, qint64 enough)
{
    constexpr int kRows = 32; // the mask of a strip stays in the second-level cache
    qint64 dark = 0;
    cv::Mat mask;
    for (int row = 0; row < luma.height; row += kRows) {
        if (dark + static_cast<qint64>(luma.height - row) * luma.width < enough)
            return dark;
        const Luma strip = luma.rows(row, std::min(kRows, luma.height - row));
        cv::compare(toMat(strip), code, mask, cv::CMP_LE);
        dark += cv::countNonZero(mask);
    }
    return dark;
}

double meanDifference(const cv::Mat& a, const cv::Mat& b, int bits)
{
    const double sum = cv::norm(a, b, cv::NORM_L1);
    return sum / static_cast<double>(a.total()) / static_cast<double>(1 << bits);
}

} // namespace vidimus::checks::engine
